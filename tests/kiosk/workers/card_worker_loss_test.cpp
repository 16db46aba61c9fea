// What the worker does when reader, service or its own thread are lost.
#include "kiosk/workers/card_worker.hpp"

#include "tests/kiosk/workers/reader_scene.hpp"

#include <algorithm>

using namespace std::chrono_literals;
using namespace worker_tests;

namespace {

std::string const luc_is_1 = "read 1 LUC 178057599990175";

constexpr std::uint32_t comm_error = 0x80100013;
constexpr std::uint32_t invalid_handle = 0x80100003;
constexpr std::uint32_t no_service = 0x8010001D;

bool is_reading(std::string const& fact) { return fact.starts_with("read "); }

}  // namespace

TEST_CASE("a reader that leaves takes its card along, and comes back", "[worker]") {
    ReaderScene scene;
    scene.with_luc();
    scene.pcsc->unplug(ours);
    CHECK(scene.look() == Texts{"removed 1", "lost reader_missing"});
    scene.pcsc->plug(ours);
    CHECK(scene.look() == Texts{"ready"});
    scene.put_in(luc());
    CHECK(scene.look() == Texts{"inserted 2", "read 2 LUC 178057599990175"});
}

TEST_CASE("a lost context is opened again, and what is there is news", "[worker]") {
    auto const [code, name] = GENERATE(table<std::uint32_t, std::string>({
        {comm_error, "context_lost"},
        {invalid_handle, "context_lost"},
        {no_service, "no_service"},
    }));
    ReaderScene scene;
    scene.with_luc();
    scene.pcsc->fail("SCardGetStatusChange", code);
    CHECK(scene.slice_ends() ==
          Texts{"lost " + name, "ready", "inserted 2", "read 2 LUC 178057599990175"});
    CHECK(scene.pcsc->contexts == 1);
    CHECK(scene.pcsc->count("SCardEstablishContext") == 2);
}

TEST_CASE("a context lost in the middle of a reading is opened again", "[worker]") {
    ReaderScene scene;
    scene.start();
    scene.put_in(luc());
    scene.pcsc->before("SCardTransmit", [&] {
        scene.pcsc->fail("SCardTransmit", comm_error);
        scene.pcsc->fail("SCardGetStatusChange", comm_error);
    });
    auto const texts = scene.look();
    CHECK(std::ranges::count_if(texts, is_reading) == 1);
    CHECK(texts.back() == "read 2 LUC 178057599990175");
    CHECK(std::ranges::count(texts, "lost context_lost") == 1);
}

TEST_CASE("the same trouble again and again is told once", "[worker]") {
    ReaderScene scene;
    SECTION("a service that is away") {
        scene.pcsc->fail("SCardEstablishContext", no_service, 2);
        CHECK(scene.start() == Texts{"lost no_service", "ready"});
    }
    SECTION("a service that lets us in and then says nothing") {
        scene.pcsc->fail("SCardGetStatusChange", comm_error, 2);
        CHECK(scene.start() == Texts{"lost context_lost", "ready"});
    }
    SECTION("but anew after it was mended") {
        scene.pcsc->fail("SCardEstablishContext", no_service);
        CHECK(scene.start() == Texts{"lost no_service", "ready"});
        scene.pcsc->fail("SCardGetStatusChange", no_service);
        CHECK(scene.slice_ends() == Texts{"lost no_service", "ready"});
    }
}

TEST_CASE("a worker declared lost says nothing of that time, and reports anew", "[worker]") {
    ReaderScene scene;
    scene.with_luc();
    SECTION("hung while it waited, the card swapped meanwhile") {
        scene.worker().disown();
        scene.bounce(anne());
        CHECK(scene.look() == Texts{"ready", "inserted 3", "read 3 ANNE 283094499690687"});
    }
    SECTION("hung in the middle of a second reading") {
        scene.pcsc->before(
            "SCardTransmit", [&] { scene.hang(); }, 4);
        scene.worker().read_again();
        CHECK(scene.slice_ends().empty());
        scene.worker().disown();
        CHECK(scene.look() == Texts{"ready", "inserted 2", "read 2 LUC 178057599990175"});
    }
    SECTION("which it would have told, had nobody declared it lost") {
        scene.pcsc->before(
            "SCardTransmit", [&] { scene.hang(); }, 4);
        scene.worker().read_again();
        CHECK(scene.slice_ends().empty());
        CHECK(scene.look() == Texts{luc_is_1});
    }
    CHECK(scene.slice_ends().empty());
}

TEST_CASE("a trouble that nobody heard, being declared lost, is told when it goes on", "[worker]") {
    ReaderScene scene;
    scene.pcsc->fail("SCardEstablishContext", no_service, 3);
    scene.pcsc->before(
        "SCardEstablishContext", [&] { scene.hang(); }, 2);
    CHECK(scene.start() == Texts{"lost no_service"});
    scene.worker().disown();
    CHECK(scene.look() == Texts{"lost no_service", "ready"});
}

TEST_CASE("lost_after moves while PC/SC answers and stands still while it hangs", "[worker]") {
    ReaderScene scene;
    scene.start();
    auto const hangs_since = std::chrono::steady_clock::now();
    auto const lost_after = scene.worker().lost_after();
    CHECK(lost_after <= hangs_since + 5s);
    REQUIRE(std::chrono::steady_clock::now() > hangs_since);
    CHECK(scene.worker().lost_after() == lost_after);
    scene.slice_ends();
    CHECK(scene.worker().lost_after() > lost_after);
    CHECK(scene.worker().lost_after() <= std::chrono::steady_clock::now() + 5s);

    auto const before_reading = scene.worker().lost_after();
    scene.pcsc->before(
        "SCardTransmit", [&] { scene.hang(); }, 4);
    scene.put_in(luc());
    CHECK(scene.look() == Texts{"inserted 1"});
    CHECK(scene.worker().lost_after() > before_reading);
    CHECK(scene.look() == Texts{luc_is_1});
}

TEST_CASE("a worker whose owner left posts nothing more and gives everything back", "[worker]") {
    ReaderScene scene;
    scene.with_luc();
    scene.end();
    CHECK(scene.pcsc->nothing_open());
    CHECK(scene.pcsc->count("SCardCancel") == 0);
}
