// What went wrong, as a value. Every layer maps its own codes into this one closed list, so that a
// switch over it (without default) is the proof that nothing was forgotten.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace base {

enum class Errc : std::uint8_t {
    // PC/SC and the reader
    no_service,    // pcscd is not running or not reachable
    context_lost,  // pcscd went away under us: the context must be opened again
    reader_missing,
    reader_failed,  // the reader or its driver answers nonsense
    reader_hung,    // no answer in time and no way to interrupt it
    // The card in the reader
    card_removed,
    card_reset,  // another program reset it, or it was swapped: the reading starts again
    card_mute,   // no answer to reset: upside down, not a smart card, or broken
    card_busy,   // another program holds it
    transmission_failed,
    // What the card says
    card_vitale_1,
    card_professional,  // CPS, CPE: a health professional's card
    card_unknown,       // a smart card, but not a carte Vitale
    file_missing,
    access_denied,  // 6982 and its kin
    malformed,      // bytes that do not follow the standard
    // Files, configuration, keys
    configuration_invalid,
    file_unreadable,
    permissions_unsafe,
    key_unusable,
    // Cryptography
    crypto_failed,
    not_authentic,  // signature, tag or identity does not verify
    // Talking to other programs
    connection_lost,
    protocol_violated,
    timed_out,
    conflict,  // same identifier, other content
    refused,
    // Keeping things
    storage_full,
    storage_damaged,
    storage_failed,
    // The operating system
    system_failed,
};

std::string_view name(Errc code);

struct Error {
    Errc code;
    // For staff and logs: which file, key, status word or system error. Never patient data.
    std::string detail;
};

// "configuration_invalid: kiosk.toml: reader.name: missing"
std::string describe(Error const& error);

// "open /etc/x: Permission denied" from errno, as system_failed unless told otherwise.
Error system_error(std::string_view what, Errc code = Errc::system_failed);

}  // namespace base
