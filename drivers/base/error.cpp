#include "drivers/base/error.hpp"

#include <cerrno>
#include <cstring>

namespace base {

std::string_view name(Errc code) {
    switch (code) {
    case Errc::no_service: return "no_service";
    case Errc::context_lost: return "context_lost";
    case Errc::reader_missing: return "reader_missing";
    case Errc::reader_failed: return "reader_failed";
    case Errc::reader_hung: return "reader_hung";
    case Errc::card_removed: return "card_removed";
    case Errc::card_reset: return "card_reset";
    case Errc::card_mute: return "card_mute";
    case Errc::card_busy: return "card_busy";
    case Errc::transmission_failed: return "transmission_failed";
    case Errc::card_vitale_1: return "card_vitale_1";
    case Errc::card_professional: return "card_professional";
    case Errc::card_unknown: return "card_unknown";
    case Errc::file_missing: return "file_missing";
    case Errc::access_denied: return "access_denied";
    case Errc::malformed: return "malformed";
    case Errc::configuration_invalid: return "configuration_invalid";
    case Errc::file_unreadable: return "file_unreadable";
    case Errc::permissions_unsafe: return "permissions_unsafe";
    case Errc::key_unusable: return "key_unusable";
    case Errc::crypto_failed: return "crypto_failed";
    case Errc::not_authentic: return "not_authentic";
    case Errc::connection_lost: return "connection_lost";
    case Errc::protocol_violated: return "protocol_violated";
    case Errc::timed_out: return "timed_out";
    case Errc::conflict: return "conflict";
    case Errc::refused: return "refused";
    case Errc::storage_full: return "storage_full";
    case Errc::storage_damaged: return "storage_damaged";
    case Errc::storage_failed: return "storage_failed";
    case Errc::system_failed: return "system_failed";
    }
    return "unknown";
}

std::string describe(Error const& error) {
    std::string text{name(error.code)};
    if (!error.detail.empty()) text.append(": ").append(error.detail);
    return text;
}

Error system_error(std::string_view what, Errc code) {
    return {code, std::string{what} + ": " + std::strerror(errno)};
}

}  // namespace base
