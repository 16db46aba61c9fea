#include "kiosk/workers/card_worker.hpp"

#include "tests/kiosk/workers/reader_scene.hpp"

#include <algorithm>

using namespace worker_tests;
using fake_pcsc::Pull;

namespace {

std::string const luc_is_1 = "read 1 LUC 178057599990175";

constexpr int apdus_of_a_reading = 8;
constexpr std::uint32_t not_transacted = 0x80100016;

auto readings_in(Texts const& texts) {
    return std::ranges::count_if(texts, [](auto const& fact) { return fact.starts_with("read "); });
}

}  // namespace

TEST_CASE("a card that is put in is read at once, under its number", "[worker]") {
    ReaderScene scene;
    CHECK(scene.start() == Texts{"ready"});
    scene.put_in(luc());
    CHECK(scene.look() == Texts{"inserted 1", luc_is_1});
    CHECK(scene.slice_ends().empty());
    scene.take_out();
    CHECK(scene.look() == Texts{"removed 1"});
    scene.end();
    CHECK(scene.pcsc->apdus == apdus_of_a_reading);
    CHECK(scene.pcsc->complaints.empty());
    CHECK(scene.pcsc->nothing_open());
}

TEST_CASE("a card that was in before the program is read like any other", "[worker]") {
    ReaderScene scene;
    scene.put_in(luc());
    CHECK(scene.start() == Texts{"ready", "inserted 1", luc_is_1});
}

TEST_CASE("read_again answers with the same number, within a quarter of a second", "[worker]") {
    ReaderScene scene;
    scene.with_luc();
    scene.worker().read_again();
    CHECK(scene.slice_ends() == Texts{luc_is_1});
    REQUIRE_FALSE(scene.pcsc->waits.empty());
    CHECK(scene.pcsc->waits.back() <= 250);
    CHECK(scene.slice_ends().empty());
}

TEST_CASE("read_again without a card, or for a card that left, is forgotten", "[worker]") {
    ReaderScene scene;
    SECTION("no card") {
        scene.start();
        scene.worker().read_again();
        CHECK(scene.slice_ends().empty());
        scene.put_in(luc());
        CHECK(scene.look() == Texts{"inserted 1", luc_is_1});
    }
    SECTION("the next card is read once") {
        scene.with_luc();
        scene.worker().read_again();
        scene.bounce(anne());
        CHECK(scene.look() == Texts{"removed 1", "inserted 2", "read 2 ANNE 283094499690687"});
    }
    CHECK(scene.slice_ends().empty());
}

TEST_CASE("a card pulled at any APDU is never read, only removed", "[worker]") {
    auto const pull = GENERATE(Pull::before, Pull::under);
    auto const apdu = GENERATE(range(1, apdus_of_a_reading + 1));
    CAPTURE(apdu);
    ReaderScene scene;
    scene.start();
    scene.put_in(luc());
    scene.pcsc->pull_at_apdu(apdu, pull);
    CHECK(scene.look() == Texts{"inserted 1", "removed 1"});
    CHECK(scene.slice_ends().empty());
}

TEST_CASE("a card pulled after the last APDU was read", "[worker]") {
    ReaderScene scene;
    scene.start();
    scene.put_in(luc());
    scene.pcsc->pull_at_apdu(apdus_of_a_reading + 1);
    CHECK(scene.look() == Texts{"inserted 1", luc_is_1});
}

TEST_CASE("a card swapped between two APDUs never gives a reading of two persons", "[worker]") {
    auto const apdu = GENERATE(range(1, apdus_of_a_reading + 1));
    CAPTURE(apdu);
    ReaderScene scene;
    scene.start();
    scene.put_in(luc());
    scene.pcsc->before(
        "SCardTransmit", [&] { scene.bounce(anne()); }, apdu);
    CHECK(scene.look() ==
          Texts{"inserted 1", "removed 1", "inserted 2", "read 2 ANNE 283094499690687"});
}

TEST_CASE("a card swapped before it was connected to is not read under the old number",
          "[worker]") {
    ReaderScene scene;
    SECTION("after the insertion was seen") {
        scene.start();
        scene.put_in(luc());
        scene.pcsc->before("SCardConnect", [&] { scene.bounce(anne()); });
        CHECK(scene.look() ==
              Texts{"inserted 1", "removed 1", "inserted 2", "read 2 ANNE 283094499690687"});
    }
    SECTION("and asked for again meanwhile") {
        scene.start();
        scene.put_in(luc());
        scene.pcsc->before("SCardConnect", [&] {
            scene.bounce(anne());
            scene.worker().read_again();
        });
        CHECK(scene.look() ==
              Texts{"inserted 1", "removed 1", "inserted 2", "read 2 ANNE 283094499690687"});
    }
    SECTION("before a second reading") {
        scene.with_luc();
        scene.pcsc->before("SCardConnect", [&] { scene.bounce(anne()); });
        scene.worker().read_again();
        CHECK(scene.slice_ends() ==
              Texts{"removed 1", "inserted 2", "read 2 ANNE 283094499690687"});
    }
    CHECK(scene.slice_ends().empty());
}

TEST_CASE("a bounced card is a new card number", "[worker]") {
    ReaderScene scene;
    scene.with_luc();
    SECTION("the same card back") {
        scene.bounce(luc());
        CHECK(scene.look() == Texts{"removed 1", "inserted 2", "read 2 LUC 178057599990175"});
    }
    SECTION("another card: the old content never stands under the new number") {
        scene.bounce(anne());
        CHECK(scene.look() == Texts{"removed 1", "inserted 2", "read 2 ANNE 283094499690687"});
    }
    SECTION("taken out, and put back after a look") {
        scene.take_out();
        CHECK(scene.look() == Texts{"removed 1"});
        scene.put_in(luc());
        CHECK(scene.look() == Texts{"inserted 2", "read 2 LUC 178057599990175"});
    }
    CHECK(scene.slice_ends().empty());
}

TEST_CASE("twenty bounces end in one reading of the last card", "[worker]") {
    ReaderScene scene;
    SECTION("between two looks") {
        scene.with_luc();
        for (int i = 0; i < 19; ++i)
            scene.bounce(luc());
        scene.bounce(anne());
        CHECK(scene.look() == Texts{"removed 1", "inserted 2", "read 2 ANNE 283094499690687"});
    }
    SECTION("each in the middle of a reading") {
        scene.start();
        scene.put_in(luc());
        for (int i = 1; i <= 20; ++i)
            scene.pcsc->before(
                "SCardTransmit", [&scene, i] { scene.bounce(i == 20 ? anne() : luc()); }, i);
        auto const texts = scene.look();
        CHECK(readings_in(texts) == 1);
        REQUIRE(texts.size() == 42);
        CHECK(texts[texts.size() - 2] == "inserted 21");
        CHECK(texts.back() == "read 21 ANNE 283094499690687");
    }
    CHECK(scene.slice_ends().empty());
}

TEST_CASE("a mute card is said to be mute, and nobody connects to it", "[worker]") {
    ReaderScene scene;
    scene.start();
    scene.put_in(luc());
    scene.pcsc->reader(ours).card->mute = true;
    CHECK(scene.look() == Texts{"inserted 1", "failed 1 card_mute"});
    scene.worker().read_again();
    CHECK(scene.slice_ends() == Texts{"failed 1 card_mute"});
    CHECK(scene.pcsc->count("SCardConnect") == 0);
    scene.pcsc->reader(ours).card->mute = false;
    CHECK(scene.look() == Texts{"removed 1", "inserted 2", "read 2 LUC 178057599990175"});
}

TEST_CASE("what cannot be read says why", "[worker]") {
    ReaderScene scene;
    scene.start();
    SECTION("another kind of card") {
        scene.put_in(test_cards::bank_card());
        CHECK(scene.look() == Texts{"inserted 1", "failed 1 card_unknown"});
    }
    SECTION("contacts that tremble for a while are no reason") {
        scene.put_in(luc());
        scene.pcsc->fail("SCardTransmit", not_transacted, 14);
        CHECK(scene.look() == Texts{"inserted 1", luc_is_1});
    }
    SECTION("contacts that fail too often") {
        scene.put_in(luc());
        // Each command is tried five times, and the whole reading three times.
        scene.pcsc->fail("SCardTransmit", not_transacted, 15);
        CHECK(scene.look() == Texts{"inserted 1", "failed 1 transmission_failed"});
        scene.worker().read_again();
        CHECK(scene.slice_ends() == Texts{luc_is_1});
    }
}

TEST_CASE("a card in another reader is reported once and not read", "[worker]") {
    ReaderScene scene;
    scene.pcsc->plug(another);
    scene.start();
    scene.put_in(luc(), another);
    CHECK(scene.look() == Texts{std::string{"other "} + another});
    CHECK(scene.slice_ends().empty());
    scene.pcsc->remove(another);
    CHECK(scene.look().empty());
    CHECK(scene.pcsc->count("SCardConnect") == 0);
    scene.put_in(luc());
    CHECK(scene.look() == Texts{"inserted 1", luc_is_1});
}
