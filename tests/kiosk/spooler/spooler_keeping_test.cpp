// What is taken, kept, and told of it.
#include "tests/kiosk/spooler/running.hpp"

#include <unistd.h>

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;
using Reason = Availability::Reason;

TEST_CASE("nothing new is taken when the queue is full, and again when there is room",
          "[spooler]") {
    Running running{"quota_mib = 2"};
    running.open_day();
    std::size_t recorded = 0;
    while (running.spooler->enqueue(sealed_request()) && recorded < 1000)
        ++recorded;
    CHECK(recorded > 50);
    CHECK(recorded < 200);
    CHECK(running.spooler->availability().reason == Reason::full);
    CHECK(why(running.spooler->enqueue(sealed_request())) == Refusal::full);
    CHECK(why(running.spooler->session_started(::getpid())) == Refusal::full);
    CHECK(running.status().percent_used >= 80);
    while (running.deliver(Result::delivered) > 0) {
    }
    CHECK_FALSE(running.spooler->availability().reason);
    CHECK(running.spooler->enqueue(sealed_request()));
    CHECK(running.status().counts.receipted == static_cast<std::int64_t>(recorded));
}

TEST_CASE("nothing new is taken when the oldest has waited too long", "[spooler]") {
    Running running{"warn_after_hours = 24\nrefuse_after_days = 3"};
    running.open_day();
    running.enqueue();
    running.advance(23h);
    CHECK_FALSE(running.status().waiting_too_long);
    running.advance(1h);
    CHECK(running.status().waiting_too_long);
    CHECK_FALSE(running.spooler->availability().reason);
    running.advance(2 * 24h);
    CHECK_FALSE(running.spooler->availability().reason);  // three days
    running.advance(24h);
    CHECK(running.spooler->availability().reason == Reason::too_old);
    running.open_day();
    CHECK(why(running.spooler->session_started(::getpid())) == Refusal::full);
    CHECK(running.deliver(Result::delivered) == 1);
    running.advance(5s);
    CHECK_FALSE(running.spooler->availability().reason);
    CHECK(running.spooler->session_started(::getpid()));
}

TEST_CASE("an idle spooler moves its log into the file", "[spooler]") {
    Running running;
    running.open_day();
    running.enqueue();
    auto const log = running.folder.path() / "data" / "outbox.db-wal";
    CHECK(fs::file_size(log) > 0);
    CHECK(running.spooler->until_next_tick() <= 2s);
    running.advance(2s);
    CHECK(fs::file_size(log) == 0);
    CHECK(running.spooler->until_next_tick() > 2s);
}

TEST_CASE("an id that may still be restored is not called unknown", "[spooler]") {
    Running running;
    running.open_day();
    std::vector<SealedRequest> requests;
    for (int i = 0; i < 100; ++i)
        requests.push_back(running.enqueue());
    running.spooler->finish();
    running.spooler.reset();
    auto const file = running.folder.path() / "data" / "outbox.db";
    auto content = content_of(file);
    content.replace(content.size() / 8192 * 4096, 4096, std::string(4096, '\x5A'));
    write(file, content);
    running.restart();
    CHECK(why(running.spooler->find(requests.back().id)) == Refusal::failed);
    CHECK(running.status().salvaging);
    while (running.spooler->has_background_work())
        running.spooler->background_step();
    CHECK(running.spooler->find(sealed_request().id).value() == std::nullopt);
    int lost = 0;
    for (auto const& request : requests)
        lost += *running.spooler->find(request.id) ? 0 : 1;
    CHECK(lost == running.status().losses.lost);
}
