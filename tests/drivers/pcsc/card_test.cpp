#include "drivers/pcsc/card.hpp"

#include "drivers/pcsc/readers.hpp"
#include "drivers/vitale/read_card.hpp"
#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"
#include "tests/fakes/pcsc/fake_pcsc.hpp"

#include <type_traits>

#include <winscard.h>

using namespace std::chrono_literals;
using namespace pcsc;
using base::Errc;
using fake_pcsc::Fresh;
using test_cards::hex;

namespace {

constexpr char const* name = "Virtual PCD 00 00";
constexpr std::uint32_t not_transacted = 0x80100016;

Readers with_card(Fresh& pcsc, fake_pcsc::Card card) {
    pcsc->plug(name);
    pcsc->insert(name, std::move(card));
    auto readers = Readers::open(name);
    REQUIRE(readers);
    REQUIRE(readers->wait_for_change(1s));
    return std::move(*readers);
}

fake_pcsc::Card one_select() {
    return fake_pcsc::scripted(hex("3B751300004B09EA9000"), {{hex("00A40000023F00"), hex("9000")}});
}

fake_pcsc::Card of(test_cards::ModelCard& model) {
    return {model.atr, [&model](base::ByteView command) { return model.exchange(command); }};
}

Errc code_of(auto const& result) {
    REQUIRE_FALSE(result);
    return result.error().code;
}

}  // namespace

TEST_CASE("a command goes to the card within a transaction, and the card is reset after",
          "[pcsc]") {
    Fresh pcsc;
    auto readers = with_card(pcsc, one_select());
    {
        auto const card = readers.connect();
        REQUIRE(card);
        CHECK(card->atr() == hex("3B751300004B09EA9000"));
        auto const transaction = card->transaction();
        REQUIRE(transaction);
        auto const response = transaction->transmit(iso7816::select_file(iso7816::master_file));
        REQUIRE(response);
        CHECK(response->sw == iso7816::success);
    }
    CHECK(pcsc->complaints.empty());
    CHECK(pcsc->dispositions == std::vector<unsigned long>{SCARD_RESET_CARD});
    CHECK(pcsc->calls.end()[-2] == "SCardEndTransaction");
    CHECK(pcsc->calls.back() == "SCardDisconnect");
}

TEST_CASE("only a transaction can transmit", "[pcsc]") {
    STATIC_REQUIRE_FALSE(std::is_constructible_v<Transaction, long, unsigned long>);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Transaction>);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Card>);
}

TEST_CASE("a failed exchange is repeated, but not for ever", "[pcsc]") {
    Fresh pcsc;
    auto readers = with_card(pcsc, one_select());
    auto const card = readers.connect();
    REQUIRE(card);
    auto const transaction = card->transaction();
    REQUIRE(transaction);
    auto const select = iso7816::select_file(iso7816::master_file);

    SECTION("four failures are healed") {
        pcsc->fail("SCardTransmit", not_transacted, transmit_retries);
        CHECK(transaction->transmit(select));
        CHECK(pcsc->count("SCardTransmit") == 5);
        CHECK(pcsc->apdus == 1);
    }
    SECTION("five are not") {
        pcsc->fail("SCardTransmit", not_transacted, transmit_retries + 1);
        CHECK(code_of(transaction->transmit(select)) == Errc::transmission_failed);
        CHECK(pcsc->count("SCardTransmit") == 5);
        CHECK(pcsc->apdus == 0);
        CHECK(pcsc->count("SCardReconnect") == 1);
    }
    SECTION("and a reset that fails says why") {
        pcsc->fail("SCardTransmit", not_transacted, transmit_retries + 1);
        pcsc->fail("SCardReconnect", 0x80100066);
        CHECK(code_of(transaction->transmit(select)) == Errc::card_mute);
    }
    SECTION("what says why is not repeated") {
        auto const [code, expected] = GENERATE(table<std::uint32_t, Errc>({
            {0x80100069, Errc::card_removed},
            {0x80100068, Errc::card_reset},
            {0x80100013, Errc::context_lost},
            {0x8010001E, Errc::no_service},
            {0x80100017, Errc::reader_missing},
        }));
        pcsc->fail("SCardTransmit", code);
        CHECK(code_of(transaction->transmit(select)) == expected);
        CHECK(pcsc->count("SCardTransmit") == 1);
    }
    SECTION("and without failure there is one exchange") {
        CHECK(transaction->transmit(select));
        CHECK(pcsc->count("SCardTransmit") == 1);
    }
}

TEST_CASE("an answer that is none is asked for again, and then given up", "[pcsc]") {
    Fresh pcsc;
    auto readers = with_card(pcsc, {hex("3B00"), [](base::ByteView) { return hex("90"); }});
    auto const card = readers.connect();
    auto const transaction = card->transaction();
    CHECK(code_of(transaction->transmit(iso7816::select_file(0x3F00))) ==
          Errc::transmission_failed);
    CHECK(pcsc->apdus == 1 + transmit_retries);
}

TEST_CASE("what keeps us from the card is named", "[pcsc]") {
    Fresh pcsc;
    SECTION("a mute card") {
        auto card = one_select();
        card.mute = true;
        auto readers = with_card(pcsc, card);
        CHECK(code_of(readers.connect()) == Errc::card_mute);
    }
    SECTION("no card") {
        auto readers = with_card(pcsc, one_select());
        pcsc->remove(name);
        CHECK(code_of(readers.connect()) == Errc::card_removed);
    }
    SECTION("a card held by another program") {
        auto readers = with_card(pcsc, one_select());
        pcsc->fail("SCardConnect", 0x8010000B);
        CHECK(code_of(readers.connect()) == Errc::card_busy);
    }
    SECTION("a card that leaves while it is connected to is given back") {
        auto readers = with_card(pcsc, one_select());
        pcsc->fail("SCardStatus", 0x80100069);
        CHECK(code_of(readers.connect()) == Errc::card_removed);
        CHECK(pcsc->count("SCardDisconnect") == 1);
    }
    SECTION("a card swapped before the transaction") {
        auto readers = with_card(pcsc, one_select());
        auto const card = readers.connect();
        REQUIRE(card);
        pcsc->remove(name);
        pcsc->insert(name, one_select());
        CHECK(code_of(card->transaction()) == Errc::card_removed);
    }
    SECTION("a reader that left") {
        auto readers = with_card(pcsc, one_select());
        pcsc->unplug(name);
        CHECK(code_of(readers.connect()) == Errc::reader_missing);
    }
    SECTION("readers that never looked") {
        pcsc->plug(name);
        auto const readers = Readers::open(name);
        CHECK(code_of(readers->connect()) == Errc::reader_missing);
    }
}

TEST_CASE("a card reset by another program says card_reset", "[pcsc]") {
    Fresh pcsc;
    auto readers = with_card(pcsc, one_select());
    auto const card = readers.connect();
    REQUIRE(card);
    auto const transaction = card->transaction();
    REQUIRE(transaction);
    pcsc->reset_card();
    CHECK(code_of(transaction->transmit(iso7816::select_file(0x3F00))) == Errc::card_reset);
}

TEST_CASE("a carte Vitale is read through PC/SC", "[pcsc]") {
    Fresh pcsc;
    auto model = test_cards::luc_exemple();
    model.strict_t0 = true;
    auto readers = with_card(pcsc, of(model));
    auto const card = readers.connect();
    REQUIRE(card);
    auto const transaction = card->transaction();
    REQUIRE(transaction);

    SECTION("in eight commands") {
        auto const read_out = vitale::read_card(transaction->as_transmit(), {}, card->atr());
        REQUIRE(read_out);
        CHECK(read_out->beneficiaries.at(0).first_name.utf8 == "LUC");
        CHECK(pcsc->apdus == 8);
    }
    SECTION("also when the first exchange fails") {
        pcsc->fail("SCardTransmit", not_transacted);
        CHECK(vitale::read_card(transaction->as_transmit(), {}, card->atr()));
    }
    SECTION("a card pulled during reading says card_removed") {
        pcsc->pull_at_apdu(GENERATE(range(1, 9)),
                           GENERATE(fake_pcsc::Pull::before, fake_pcsc::Pull::under));
        CHECK(code_of(vitale::read_card(transaction->as_transmit(), {}, card->atr())) ==
              Errc::card_removed);
    }
    SECTION("a card pulled after the last command was read") {
        pcsc->pull_at_apdu(9);
        CHECK(vitale::read_card(transaction->as_transmit(), {}, card->atr()));
    }
    CHECK(pcsc->complaints.empty());
}

TEST_CASE("the fake notes what it should not have been asked", "[pcsc]") {
    Fresh pcsc;
    auto readers = with_card(pcsc, one_select());
    auto const card = readers.connect();
    auto const transaction = card->transaction();
    auto const select = iso7816::select_file(iso7816::master_file);
    CHECK(transaction->transmit(select)->sw == iso7816::success);
    CHECK(pcsc->complaints.empty());
    // The script is over and does not start again.
    CHECK(transaction->transmit(select)->sw == iso7816::StatusWord{0x6F00});
    CHECK(pcsc->complaints.size() == 1);
}
