// A disk that turns read-only under the running spooler, as file systems do after an error.
#include "kiosk/spooler/spooler.hpp"

#include "tests/catch.hpp"
#include "tests/fakes/disk/disk.hpp"
#include "tests/kiosk/spooler/running.hpp"

#include <cerrno>

#include <unistd.h>

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;
using Reason = Availability::Reason;

TEST_CASE("a disk that turns read-only refuses politely, loses nothing, and is taken up again",
          "[read_only]") {
    // What the spooler is doing when it happens.
    auto const state = GENERATE(0, 1, 2, 3, 4, 5);
    CAPTURE(state);
    Running running;
    running.spooler.reset();
    fs::remove_all(running.folder / "data");
    fs::create_directory(running.folder / "data");
    fs::permissions(running.folder / "data", fs::perms::owner_all);
    fake::Disk disk{running.folder / "data"};
    running.restart();
    running.open_day();
    std::vector<SealedRequest> acknowledged;
    for (int i = 0; i < 40; ++i)
        acknowledged.push_back(running.enqueue());
    auto const session = running.spooler->session_started(::getpid());
    REQUIRE(session);
    auto const parcels = running.spooler->to_send();
    REQUIRE(parcels.size() == 32);
    std::vector<Delivery> deliveries;
    for (auto const& parcel : parcels)
        deliveries.push_back({.id = parcel.id, .result = Result::delivered, .receipt = "receipt"});

    disk.set({.fails_at = 1, .goes_on_failing = true, .error = EROFS});
    switch (state) {
    case 0: CHECK(why(running.spooler->enqueue(sealed_request())) == Refusal::failed); break;
    case 1: running.spooler->note(deliveries); break;
    case 2: CHECK_FALSE(running.spooler->session_ended(*session, Outcome::left)); break;
    case 3: CHECK_FALSE(running.spooler->open_day("A2")); break;
    case 4: CHECK_FALSE(running.spooler->close_day()); break;
    case 5: running.advance(5s); break;  // the log is emptied
    default: break;
    }
    // Trying to write is how it learns of it; from then on nobody is led to a consent.
    CHECK_FALSE(running.spooler->enqueue(sealed_request()));
    CHECK(running.spooler->availability().reason == Reason::damaged);
    CHECK(why(running.spooler->session_started(::getpid())) == Refusal::failed);
    for (auto const& request : acknowledged)
        CHECK(running.spooler->find(request.id)->has_value());
    running.advance(1min);
    CHECK(running.spooler->availability().reason == Reason::damaged);

    disk.set({});
    running.advance(5s);
    CHECK_FALSE(running.spooler->availability().reason);
    running.open_day();
    acknowledged.push_back(running.enqueue());
    if (state != 1) running.spooler->note(deliveries);
    // Whatever was not stored comes again, and the receiver knows it.
    for (int round = 0; round < 5; ++round) {
        running.advance(1h);
        running.deliver(Result::delivered);
    }
    for (auto const& request : acknowledged)
        CHECK(running.spooler->find(request.id).value() == RequestState::receipted);
    running.restart();
    auto const now = running.status();
    CHECK(now.balance.balanced());
    CHECK(now.balance.recorded == static_cast<std::int64_t>(acknowledged.size()));
    CHECK(now.losses.lost == 0);
    CHECK(now.ledger.balanced());
    CHECK(now.ledger.started == 1);
    running.spooler.reset();
}
