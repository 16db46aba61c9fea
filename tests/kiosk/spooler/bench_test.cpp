// Figures, printed on demand: spooler_test "[.bench]" and "[.bench_large]".
#include "tests/kiosk/spooler/desk.hpp"

#include <algorithm>
#include <cstdio>

using namespace spooler;
using namespace spooler_test;

TEST_CASE("bench: enqueue over the socket and drain", "[.bench]") {
    Desk desk;
    desk.server->script([](IntakeServer&, IntakeServer::Request const&) {
        return IntakeServer::Reply{.status = 503, .retry_after = "3000"};
    });
    desk.open_day();
    constexpr int count = 2000;
    std::vector<double> milliseconds;
    for (int i = 0; i < count; ++i) {
        auto const line = enqueue_line(sealed_request());
        auto const begin = std::chrono::steady_clock::now();
        REQUIRE(desk.ask(line)["ok"] == true);
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                .count());
    }
    std::ranges::sort(milliseconds);
    std::printf("enqueue of 8 KiB: p50 %.2f ms, p99 %.2f ms\n", milliseconds[count / 2],
                milliseconds[count * 99 / 100]);
    desk.server->script([](IntakeServer& here, auto const& seen) { return here.take(seen); });
    auto const begin = std::chrono::steady_clock::now();
    REQUIRE(desk.ask(R"({"do":"retry_now"})")["ok"] == true);
    while (desk.server->stored() < count)
        std::this_thread::yield();
    while (!all_sent(desk.status())) {
    }
    auto const seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("drain: %.0f requests/s over %d connection(s)\n", count / seconds,
                desk.server->connections());
}

TEST_CASE("bench: a queue of 50,000 does not slow down", "[.bench_large]") {
    Desk desk;
    desk.loop.reset();
    constexpr int count = 50000;
    {
        auto database = database_in(desk.folder.path() / "data", 524288);
        Outbox outbox{database, desk.clock};
        auto const filled = database.transaction([&]() -> base::Result<void> {
            for (int i = 0; i < count; ++i)
                if (auto done = outbox.enqueue(sealed_request()); !done)
                    return base::failure(done.error());
            return {};
        });
        REQUIRE(filled);
        REQUIRE(database.checkpoint());
    }
    desk.server->script([](IntakeServer&, IntakeServer::Request const&) {
        return IntakeServer::Reply{.status = 503, .retry_after = "3000"};
    });
    using Milliseconds = std::chrono::duration<double, std::milli>;
    auto const since = [](auto begin) {
        return Milliseconds(std::chrono::steady_clock::now() - begin).count();
    };
    auto begin = std::chrono::steady_clock::now();
    desk.start();
    CHECK(desk.status()["waiting"] == count);
    std::printf("start to first status with %d waiting: %.0f ms\n", count, since(begin));
    desk.open_day();
    std::vector<double> milliseconds;
    for (int i = 0; i < 500; ++i) {
        auto const line = enqueue_line(sealed_request());
        begin = std::chrono::steady_clock::now();
        REQUIRE(desk.ask(line)["ok"] == true);
        milliseconds.push_back(since(begin));
    }
    std::ranges::sort(milliseconds);
    std::printf("enqueue with the check of all bodies beside: p50 %.2f ms, p99 %.2f ms\n",
                milliseconds[250], milliseconds[495]);
    begin = std::chrono::steady_clock::now();
    static_cast<void>(desk.status());
    std::printf("status: %.1f ms\n", since(begin));
    desk.server->script([](IntakeServer& here, auto const& seen) { return here.take(seen); });
    begin = std::chrono::steady_clock::now();
    REQUIRE(desk.ask(R"({"do":"retry_now"})")["ok"] == true);
    while (desk.server->stored() < 5000)
        std::this_thread::yield();
    std::printf("drain of the first 5000: %.0f requests/s\n", 5000 / since(begin) * 1000);
}
