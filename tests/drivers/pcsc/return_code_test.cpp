#include "drivers/pcsc/return_code.hpp"

#include "tests/catch.hpp"

#include <winscard.h>

using base::Errc;

namespace {

Errc meaning(LONG code) { return pcsc::error_of("f", static_cast<std::uint32_t>(code)).code; }

}  // namespace

TEST_CASE("return codes that mean something to a person have their own error", "[pcsc]") {
    CHECK(meaning(SCARD_W_UNRESPONSIVE_CARD) == Errc::card_mute);
    CHECK(meaning(SCARD_W_UNPOWERED_CARD) == Errc::card_mute);
    CHECK(meaning(SCARD_W_REMOVED_CARD) == Errc::card_removed);
    CHECK(meaning(SCARD_E_NO_SMARTCARD) == Errc::card_removed);
    CHECK(meaning(SCARD_W_RESET_CARD) == Errc::card_reset);
    CHECK(meaning(SCARD_E_SHARING_VIOLATION) == Errc::card_busy);
    CHECK(meaning(SCARD_E_NO_SERVICE) == Errc::no_service);
    CHECK(meaning(SCARD_E_SERVICE_STOPPED) == Errc::no_service);
    CHECK(meaning(SCARD_F_COMM_ERROR) == Errc::context_lost);
    CHECK(meaning(SCARD_E_INVALID_HANDLE) == Errc::context_lost);
    CHECK(meaning(SCARD_E_UNKNOWN_READER) == Errc::reader_missing);
    CHECK(meaning(SCARD_E_READER_UNAVAILABLE) == Errc::reader_missing);
    CHECK(meaning(SCARD_E_NO_READERS_AVAILABLE) == Errc::reader_missing);
    CHECK(meaning(SCARD_E_NOT_TRANSACTED) == Errc::transmission_failed);
    CHECK(meaning(SCARD_E_TIMEOUT) == Errc::timed_out);
}

TEST_CASE("every detail names the function and the code", "[pcsc]") {
    CHECK(base::describe(pcsc::error_of("SCardConnect", 0x80100067)) ==
          "card_mute: SCardConnect: 0x80100067");
    CHECK(base::describe(pcsc::error_of("SCardTransmit", 0x8010BEEF)) ==
          "reader_failed: SCardTransmit: 0x8010BEEF");
    CHECK(base::describe(pcsc::error_of("SCardTransmit", 5)) ==
          "reader_failed: SCardTransmit: 0x00000005");
}

TEST_CASE("success is no error", "[pcsc]") {
    CHECK(pcsc::check("f", SCARD_S_SUCCESS));
    CHECK_FALSE(pcsc::check("f", SCARD_F_INTERNAL_ERROR));
}
