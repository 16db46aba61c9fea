#include "drivers/pcsc/return_code.hpp"

#include <array>
#include <cstdio>

#include <winscard.h>

namespace pcsc {
namespace {

using base::Errc;

constexpr std::uint32_t value(LONG code) { return static_cast<std::uint32_t>(code); }

// Every code that pcsclite.h names. Those about certificates, PINs and files inside cards are never
// given to us; they stand here so that the list is whole.
Errc meaning(std::uint32_t code) {
    switch (code) {
    case value(SCARD_E_NO_SERVICE):
    case value(SCARD_E_SERVICE_STOPPED):
    case value(SCARD_E_SERVER_TOO_BUSY):
    case value(SCARD_E_SYSTEM_CANCELLED):
    case value(SCARD_P_SHUTDOWN):
    // The service's access rules (polkit) do not let us in.
    case value(SCARD_W_SECURITY_VIOLATION):
    case value(SCARD_E_NO_ACCESS): return Errc::no_service;

    // A pcscd that was killed answers COMM_ERROR from then on; nobody of ours cancels.
    case value(SCARD_F_COMM_ERROR):
    case value(SCARD_E_INVALID_HANDLE):
    case value(SCARD_E_CANCELLED):
    case value(SCARD_W_CANCELLED_BY_USER): return Errc::context_lost;

    case value(SCARD_E_UNKNOWN_READER):
    case value(SCARD_E_READER_UNAVAILABLE):
    case value(SCARD_E_NO_READERS_AVAILABLE): return Errc::reader_missing;

    case value(SCARD_F_INTERNAL_ERROR):
    case value(SCARD_E_INVALID_PARAMETER):
    case value(SCARD_E_INVALID_TARGET):
    case value(SCARD_E_INVALID_VALUE):
    case value(SCARD_E_INSUFFICIENT_BUFFER):
    case value(SCARD_E_CANT_DISPOSE):
    case value(SCARD_E_NOT_READY):
    case value(SCARD_E_PCI_TOO_SMALL):
    case value(SCARD_E_READER_UNSUPPORTED):
    case value(SCARD_E_DUPLICATE_READER):
    case value(SCARD_E_UNSUPPORTED_FEATURE):  // the same value as SCARD_E_UNEXPECTED
    case value(SCARD_E_UNKNOWN_RES_MNG):
    case value(SCARD_E_ICC_INSTALLATION):
    case value(SCARD_E_ICC_CREATEORDER):
    case value(SCARD_E_DIR_NOT_FOUND):
    case value(SCARD_E_FILE_NOT_FOUND):
    case value(SCARD_E_NO_DIR):
    case value(SCARD_E_NO_FILE):
    case value(SCARD_E_WRITE_TOO_MANY):
    case value(SCARD_E_BAD_SEEK):
    case value(SCARD_E_INVALID_CHV):
    case value(SCARD_E_NO_SUCH_CERTIFICATE):
    case value(SCARD_E_CERTIFICATE_UNAVAILABLE):
    case value(SCARD_E_NO_KEY_CONTAINER):
    case value(SCARD_W_WRONG_CHV):
    case value(SCARD_W_CHV_BLOCKED):
    case value(SCARD_W_EOF):
    case value(SCARD_W_CARD_NOT_AUTHENTICATED): return Errc::reader_failed;

    case value(SCARD_F_WAITED_TOO_LONG): return Errc::reader_hung;
    case value(SCARD_E_TIMEOUT): return Errc::timed_out;

    case value(SCARD_E_NO_SMARTCARD):
    case value(SCARD_W_REMOVED_CARD): return Errc::card_removed;
    case value(SCARD_W_RESET_CARD): return Errc::card_reset;
    // pcscd says UNPOWERED where a card does not answer to reset, other services UNRESPONSIVE.
    case value(SCARD_W_UNRESPONSIVE_CARD):
    case value(SCARD_W_UNPOWERED_CARD):
    case value(SCARD_E_INVALID_ATR): return Errc::card_mute;
    case value(SCARD_E_SHARING_VIOLATION): return Errc::card_busy;
    case value(SCARD_E_PROTO_MISMATCH):
    case value(SCARD_E_UNKNOWN_CARD):
    case value(SCARD_E_CARD_UNSUPPORTED):
    case value(SCARD_W_UNSUPPORTED_CARD): return Errc::card_unknown;

    // pcsc-lite reports a failed exchange with the card as NOT_TRANSACTED.
    case value(SCARD_E_NOT_TRANSACTED):
    case value(SCARD_E_COMM_DATA_LOST):
    case value(SCARD_F_UNKNOWN_ERROR): return Errc::transmission_failed;

    case value(SCARD_E_NO_MEMORY): return Errc::system_failed;
    default: return Errc::reader_failed;  // numbers, not an enumeration: a code from the future
    }
}

}  // namespace

base::Error error_of(std::string_view function, std::uint32_t code) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%08X", static_cast<unsigned>(code));
    return {meaning(code), std::string{function} + ": " + text.data()};
}

base::Result<void> check(std::string_view function, long code) {
    if (code == SCARD_S_SUCCESS) return {};
    return base::failure(error_of(function, value(code)));
}

}  // namespace pcsc
