#include "tests/kiosk/spooler/outage.hpp"

#include "tests/kiosk/spooler/desk.hpp"
#include "tests/kiosk/spooler/pki.hpp"

#include <cstdio>
#include <map>
#include <random>

using namespace spooler_test;

namespace {

constexpr int days = 30;

class BadReceiver {
  public:
    explicit BadReceiver(Share const& share) : share_(share) {}

    IntakeServer::Reply answer(IntakeServer& here, IntakeServer::Request const& request) {
        std::lock_guard const lock{mutex_};
        auto const dice = std::uniform_real_distribution<double>{0, 1}(random_);
        if (dice < share_.busy) {
            ++faults;
            return {.status = 503};
        }
        if (dice < share_.busy + share_.garbage) {
            ++faults, ++cuts;
            return {.status = 200, .raw = "\x01\x02 not an answer of HTTP\r\n\r\n"};
        }
        auto reply = here.take(request);
        ++taken[request.id];
        if (dice < share_.busy + share_.garbage + share_.timeout) {
            ++faults, ++cuts;
            reply.cut = true;
        }
        return reply;
    }

    int faults = 0;
    int cuts = 0;
    std::map<std::string, int> taken;  // how often each was stored

  private:
    Share share_;
    std::mutex mutex_;
    std::mt19937 random_{20260617};
};

// The days of the outage: patients come, nothing goes out.
std::vector<spooler::SealedRequest> thirty_days(Desk& desk, int rows) {
    std::vector<spooler::SealedRequest> recorded;
    for (int day = 0; day < days; ++day) {
        desk.open_day();
        while (static_cast<int>(recorded.size()) < rows * (day + 1) / days) {
            recorded.push_back(desk.enqueue());
            recorded.back().sealed.clear();
        }
        auto const now = desk.status();
        REQUIRE(now["uplink"]["last_success"] == nullptr);
        REQUIRE(now["reason"] == nullptr);
        desk.clock.advance(24h);
    }
    return recorded;
}

}  // namespace

namespace spooler_test {

OutageFindings live_through_an_outage(int rows, Share const& share) {
    Desk desk;
    auto const port = desk.server->port();
    desk.server.reset();
    auto const recorded = thirty_days(desk, rows);
    REQUIRE(desk.status()["waiting"] == rows);

    BadReceiver receiver{share};
    IntakeServer server{{pki().server_key, pki().server_certificate, pki().authority}, port};
    server.forget_bodies();
    server.script([&](IntakeServer& here, IntakeServer::Request const& request) {
        return receiver.answer(here, request);
    });
    OutageFindings found{.rows = rows};
    auto const begin = std::chrono::steady_clock::now();
    REQUIRE(desk.ask(R"({"do":"retry_now"})")["ok"] == true);
    for (auto now = desk.status(); now["waiting"] != 0; now = desk.status()) {
        REQUIRE(std::chrono::steady_clock::now() - begin < 20min);
        if (now["uplink"]["next_try_s"].is_null()) {
            std::this_thread::sleep_for(2ms);  // leaves the processor to the sending
            continue;
        }
        auto const wait = std::chrono::seconds{now["uplink"]["next_try_s"].get<int>() + 1};
        found.waited += wait;
        desk.clock.advance(wait);
    }
    found.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    for (auto const& request : recorded) {
        auto const taken = receiver.taken.find(request.id.text());
        if (taken == receiver.taken.end() || desk.state(request) != "receipted") ++found.lost;
        if (taken != receiver.taken.end() && taken->second > 1) ++found.twice;
    }
    found.doubled = static_cast<int>(server.stored()) - rows;
    found.faults = receiver.faults;
    found.cuts = receiver.cuts;
    found.connections = server.connections();
    CHECK(desk.status()["balance"]["balanced"] == true);
    CHECK(desk.status()["parked"] == 0);
    return found;
}

}  // namespace spooler_test

TEST_CASE("after thirty days without a receiver and with a bad one all is delivered once",
          "[outage]") {
    auto const found = live_through_an_outage(1000, {});
    CHECK(found.lost == 0);
    CHECK(found.doubled == 0);
    CHECK(found.faults > 100);
    // The control: without ids there would be doubles.
    CHECK(found.twice > 20);
    // One connection at a time, and a new one only where the receiver ended it.
    CHECK(found.connections <= 1 + found.cuts);
}

TEST_CASE("from a receiver without faults all is drained over one connection", "[outage]") {
    auto const found = live_through_an_outage(300, {0, 0, 0});
    CHECK(found.lost == 0);
    CHECK(found.doubled == 0);
    CHECK(found.connections == 1);
    CHECK(found.twice == 0);
}

TEST_CASE("requests nobody will ever take are parked and seen, and all others are delivered",
          "[outage]") {
    Desk desk;
    std::map<std::string, int> poison;
    std::mutex mutex;
    desk.server->script([&](IntakeServer& here, IntakeServer::Request const& request) {
        std::lock_guard const lock{mutex};
        if (auto const found = poison.find(request.id); found != poison.end())
            return IntakeServer::Reply{found->second};
        return here.take(request);
    });
    desk.open_day();
    std::vector<spooler::SealedRequest> good;
    std::vector<spooler::SealedRequest> bad;
    int const statuses[] = {400, 409, 413, 422};
    for (int i = 0; i < 200; ++i) {
        auto request = sealed_request();
        if (i % 10 == 0) {
            std::lock_guard const lock{mutex};
            poison.emplace(request.id.text(), statuses[bad.size() % 4]);
            bad.push_back(request);
        } else {
            good.push_back(request);
        }
        REQUIRE(desk.ask(enqueue_line(request))["ok"] == true);
    }
    REQUIRE(desk.eventually(all_sent));
    for (auto const& request : good)
        CHECK(desk.state(request) == "receipted");
    for (auto const& request : bad)
        CHECK(desk.state(request) == "parked");
    CHECK(desk.server->stored() == good.size());
    CHECK(desk.server->requests().size() == 200);  // each was sent once
    auto const now = desk.status();
    CHECK(now["parked"] == 20);
    CHECK(now["conflicts"] == 5);
    CHECK(now["balance"]["balanced"] == true);
}

// Printed by ./tests/bench/run --only outage
TEST_CASE("50,000 requests after thirty days without a receiver", "[.outage_bench]") {
    std::printf("%-34s %7s %8s %7s %9s %7s %12s %5s %8s %14s\n", "receiver", "rows", "seconds",
                "rows/s", "waits, h", "faults", "connections", "lost", "doubled", "without ids");
    for (auto const& [name, share] : {std::pair{"without faults", Share{0, 0, 0}},
                                      {"10 % 503, 5 % lost, 1 % garbage", Share{}}}) {
        auto const found = live_through_an_outage(50000, share);
        std::printf("%-34s %7d %8.1f %7.0f %9.1f %7d %12d %5d %8d %14d\n", name, found.rows,
                    found.seconds, found.rate(), static_cast<double>(found.waited.count()) / 3600,
                    found.faults, found.connections, found.lost, found.doubled, found.twice);
        std::fflush(stdout);
        CHECK(found.lost == 0);
        CHECK(found.doubled == 0);
        CHECK(found.rate() >= 50);
        CHECK(found.connections <= 1 + found.cuts);
    }
}
