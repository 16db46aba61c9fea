#include "drivers/pcsc/readers.hpp"

#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"
#include "tests/fakes/pcsc/fake_pcsc.hpp"

using namespace std::chrono_literals;
using namespace pcsc;
using base::Errc;
using fake_pcsc::Fresh;
using test_cards::hex;

namespace {

constexpr char const* our_name = "Ingenico HCR 331 [CCID Interface] (0001) 00 00";
constexpr char const* other_name = "Other Reader 01 00";

base::Bytes const vitale_atr = hex("3B751300004B09EA9000");

fake_pcsc::Card card() { return fake_pcsc::scripted(vitale_atr, {}); }

fake_pcsc::Card mute_card() {
    auto mute = card();
    mute.mute = true;
    return mute;
}

std::string text(Change const& change) {
    struct Describe {
        std::string operator()(ReaderPresent const& c) const { return "present " + c.reader; }
        std::string operator()(ReaderAbsent const& c) const { return "absent " + c.reader; }
        std::string operator()(CardInserted const& c) const {
            return "inserted " + std::to_string(c.counter) + " " +
                   (c.mute ? "mute" : base::to_hex(c.atr));
        }
        std::string operator()(CardRemoved const& c) const {
            return "removed " + std::to_string(c.counter);
        }
        std::string operator()(ForeignCard const& c) const {
            return "foreign " + c.reader + (c.present ? " in" : " out");
        }
    };
    return std::visit(Describe{}, change);
}

using Texts = std::vector<std::string>;

Texts next(Readers& readers) {
    auto const changes = readers.wait_for_change(1s);
    REQUIRE(changes);
    Texts texts;
    for (auto const& change : *changes)
        texts.push_back(text(change));
    return texts;
}

Readers open(std::string pattern = "*Ingenico*") {
    auto readers = Readers::open(std::move(pattern));
    REQUIRE(readers);
    return std::move(*readers);
}

std::string const present = std::string{"present "} + our_name;
std::string const absent = std::string{"absent "} + our_name;

}  // namespace

TEST_CASE("the first call tells what is there, without waiting", "[pcsc]") {
    Fresh pcsc;
    SECTION("no reader at all") {
        auto readers = open();
        CHECK(next(readers) == Texts{"absent "});
    }
    SECTION("only another reader") {
        pcsc->plug(other_name);
        auto readers = open();
        CHECK(next(readers) == Texts{"absent "});
    }
    SECTION("an empty reader") {
        pcsc->plug(our_name);
        auto readers = open();
        CHECK(next(readers) == Texts{present});
    }
    SECTION("a reader with a card") {
        pcsc->plug(our_name);
        pcsc->insert(our_name, card());
        auto readers = open();
        CHECK(next(readers) == Texts{present, "inserted 1 3b751300004b09ea9000"});
    }
    SECTION("a reader with a mute card") {
        pcsc->plug(our_name);
        pcsc->insert(our_name, mute_card());
        auto readers = open();
        CHECK(next(readers) == Texts{present, "inserted 1 mute"});
    }
    CHECK(pcsc->waits.empty());
    CHECK(pcsc->complaints.empty());
}

TEST_CASE("a slice without change ends empty, and lasts no longer than asked", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    auto readers = open();
    next(readers);
    CHECK(next(readers).empty());
    REQUIRE(pcsc->waits.size() == 1);
    CHECK(pcsc->waits.front() <= 1000);
    CHECK(pcsc->waits.front() > 900);
}

TEST_CASE("a quiet slice is one wait and no other call", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    auto readers = open();
    next(readers);
    next(readers);
    pcsc->calls.clear();
    next(readers);
    CHECK(pcsc->calls == Texts{"SCardGetStatusChange"});
}

TEST_CASE("insertion and removal are told when they happen", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    auto readers = open();
    next(readers);
    pcsc->while_waiting([&] { pcsc->insert(our_name, card()); });
    CHECK(next(readers) == Texts{"inserted 1 3b751300004b09ea9000"});
    CHECK(next(readers).empty());
    pcsc->while_waiting([&] { pcsc->remove(our_name); });
    CHECK(next(readers) == Texts{"removed 2"});
}

TEST_CASE("a swap between two looks is a removal and an insertion", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    pcsc->insert(our_name, card());
    auto readers = open();
    next(readers);
    auto const swap = [&] {
        pcsc->remove(our_name);
        pcsc->insert(our_name, fake_pcsc::scripted(hex("3B00"), {}));
    };
    SECTION("while waiting") { pcsc->while_waiting(swap); }
    SECTION("between two waits") { swap(); }
    CHECK(next(readers) == Texts{"removed 2", "inserted 3 3b00"});
}

TEST_CASE("the event counter may pass its highest value", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    pcsc->reader(our_name).counter = 0xFFFE;
    pcsc->insert(our_name, card());
    auto readers = open();
    CHECK(next(readers).back() == "inserted 65535 3b751300004b09ea9000");
    pcsc->remove(our_name);
    pcsc->insert(our_name, card());
    CHECK(next(readers) == Texts{"removed 0", "inserted 1 3b751300004b09ea9000"});
}

TEST_CASE("a mute card that starts to answer is a new card", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    pcsc->insert(our_name, mute_card());
    auto readers = open();
    next(readers);
    pcsc->while_waiting([&] { pcsc->reader(our_name).card->mute = false; });
    CHECK(next(readers) == Texts{"removed 0", "inserted 1 3b751300004b09ea9000"});
}

TEST_CASE("somebody using the card is no change", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    pcsc->insert(our_name, card());
    auto readers = open();
    next(readers);
    pcsc->while_waiting([&] { pcsc->reader(our_name).in_use = true; });
    CHECK(next(readers).empty());
    CHECK(pcsc->waits.size() == 1);
}

TEST_CASE("our reader may come, go, and come back", "[pcsc]") {
    Fresh pcsc;
    auto readers = open();
    CHECK(next(readers) == Texts{"absent "});
    pcsc->while_waiting([&] { pcsc->plug(our_name); });
    CHECK(next(readers) == Texts{present});
    pcsc->insert(our_name, card());
    CHECK(next(readers).size() == 1);
    SECTION("while waiting") {
        pcsc->while_waiting([&] { pcsc->unplug(our_name); });
    }
    SECTION("between two waits") { pcsc->unplug(our_name); }
    CHECK(next(readers) == Texts{"removed 2", absent});
    CHECK(next(readers).empty());
    pcsc->plug(our_name);
    pcsc->insert(our_name, card());
    pcsc->while_waiting([&] { pcsc->plug(other_name); });
    CHECK(next(readers) == Texts{present, "inserted 1 3b751300004b09ea9000"});
}

TEST_CASE("a failing reader is absent until it is well again", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    pcsc->insert(our_name, card());
    auto readers = open();
    next(readers);
    pcsc->while_waiting([&] { pcsc->reader(our_name).failing = true; });
    CHECK(next(readers) == Texts{"removed 2", absent});
    CHECK_FALSE(readers.connect());
    pcsc->while_waiting([&] { pcsc->reader(our_name).failing = false; });
    CHECK(next(readers) == Texts{present, "inserted 1 3b751300004b09ea9000"});
}

TEST_CASE("a card in another reader is told as foreign, and never connected to", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(other_name);
    pcsc->plug(our_name);
    auto readers = open();
    next(readers);
    pcsc->while_waiting([&] { pcsc->insert(other_name, card()); });
    CHECK(next(readers) == Texts{std::string{"foreign "} + other_name + " in"});
    auto const connected = readers.connect();
    REQUIRE_FALSE(connected);
    CHECK(connected.error().code == Errc::card_removed);
    pcsc->while_waiting([&] { pcsc->unplug(other_name); });
    CHECK(next(readers) == Texts{std::string{"foreign "} + other_name + " out"});
}

TEST_CASE("the reader is found by its name or a pattern, in any case of letters", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug("Virtual PCD 00 00");
    pcsc->plug("Virtual PCD 00 01");
    pcsc->plug(our_name);
    auto const found = [&](std::string const& pattern) {
        auto readers = open(pattern);
        return next(readers).front();
    };
    CHECK(found("Virtual PCD 00 01") == "present Virtual PCD 00 01");
    CHECK(found("virtual pcd*") == "present Virtual PCD 00 00");
    CHECK(found("*ingenico*") == present);
    CHECK(found(our_name) == present);  // though its brackets would be a pattern
    CHECK(found("Virtual PCD") == "absent ");
    CHECK(found("") == "absent ");
}

TEST_CASE("of two that match, the first is ours until it leaves", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug("Virtual PCD 00 00");
    pcsc->plug("Virtual PCD 00 01");
    pcsc->insert("Virtual PCD 00 01", card());
    auto readers = open("Virtual PCD*");
    CHECK(next(readers) == Texts{"present Virtual PCD 00 00", "foreign Virtual PCD 00 01 in"});
    pcsc->while_waiting([&] { pcsc->unplug("Virtual PCD 00 00"); });
    CHECK(next(readers) == Texts{"absent Virtual PCD 00 00"});
    CHECK(next(readers) == Texts{"present Virtual PCD 00 01", "inserted 1 3b751300004b09ea9000"});
}

TEST_CASE("more readers than pcscd can watch at once leave ours in sight", "[pcsc]") {
    Fresh pcsc;
    for (int i = 0; i < 15; ++i)
        pcsc->plug("Other " + std::to_string(i));
    pcsc->plug(our_name);
    auto readers = open();
    CHECK(next(readers) == Texts{present});
}

TEST_CASE("a reader that leaves between listing and waiting is not waited for", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    auto readers = open();
    pcsc->fail("SCardGetStatusChange", 0x80100009);
    CHECK(next(readers) == Texts{present});
    SECTION("and one that is always listed and never known is a failure, not a loop") {
        pcsc->fail("SCardGetStatusChange", 0x80100009, 1000);
        auto const changes = readers.wait_for_change(1s);
        REQUIRE_FALSE(changes);
        CHECK(changes.error().code == Errc::reader_failed);
        CHECK(pcsc->count("SCardGetStatusChange") < 20);
    }
}

TEST_CASE("a service that is away or dies says so", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    SECTION("at the start") {
        pcsc->fail("SCardEstablishContext", 0x8010001D);
        auto const readers = Readers::open("*");
        REQUIRE_FALSE(readers);
        CHECK(readers.error().code == Errc::no_service);
    }
    SECTION("while waiting") {
        auto readers = open();
        next(readers);
        auto const [code, expected] = GENERATE(table<std::uint32_t, Errc>({
            {0x80100013, Errc::context_lost},
            {0x80100003, Errc::context_lost},
            {0x8010001D, Errc::no_service},
            {0x8010001E, Errc::no_service},
            {0x80100001, Errc::reader_failed},
        }));
        pcsc->fail("SCardGetStatusChange", code);
        auto const changes = readers.wait_for_change(1s);
        REQUIRE_FALSE(changes);
        CHECK(changes.error().code == expected);
    }
    SECTION("while listing") {
        auto readers = open();
        pcsc->fail("SCardListReaders", 0x80100013);
        auto const changes = readers.wait_for_change(1s);
        REQUIRE_FALSE(changes);
        CHECK(changes.error().code == Errc::context_lost);
    }
    CHECK(pcsc->nothing_open());
}

TEST_CASE("new readers after a lost service tell everything again", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    pcsc->insert(our_name, card());
    auto const first = Texts{present, "inserted 1 3b751300004b09ea9000"};
    {
        auto readers = open();
        CHECK(next(readers) == first);
        pcsc->fail("SCardGetStatusChange", 0x80100013);
        CHECK_FALSE(readers.wait_for_change(1s));
    }
    auto readers = open();
    CHECK(next(readers) == first);
}

TEST_CASE("nothing is ever cancelled, and the context is given back", "[pcsc]") {
    Fresh pcsc;
    pcsc->plug(our_name);
    {
        auto readers = open();
        next(readers);
        next(readers);
        CHECK_FALSE(pcsc->nothing_open());
    }
    CHECK(pcsc->count("SCardCancel") == 0);
    CHECK(pcsc->nothing_open());
}
