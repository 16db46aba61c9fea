// Measured, not judged: run with `intake_program_test "[throughput]"`.
#include "tests/catch.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

#include <algorithm>
#include <thread>

using namespace intake_tests;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds duration{5};
constexpr std::size_t body_size = 4096 + 576;  // a request padded to 4 KiB, signed and sealed

// Milliseconds of each request that one client got through.
std::vector<double> put_for_a_while(RunningIntake const& intake) {
    auto kiosk = intake.kiosk_1();
    std::vector<double> times;
    auto body = random_body(body_size);
    for (auto const end = Clock::now() + duration; Clock::now() < end;) {
        auto const id = crypto::Uuid::random();
        std::ranges::copy(id.bytes(), body.begin());  // another hash each time
        auto const begin = Clock::now();
        if (kiosk.put(id, body).status != 201) throw std::runtime_error("not stored");
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    return times;
}

}  // namespace

TEST_CASE("requests a second, each durable and acknowledged", "[.][throughput]") {
    for (std::size_t const clients : {1U, 8U}) {
        Site const site;
        RunningIntake const intake{site};
        std::vector<std::vector<double>> times(clients);
        std::vector<std::thread> threads;
        for (auto& own : times)
            threads.emplace_back([&] { own = put_for_a_while(intake); });
        for (auto& thread : threads)
            thread.join();
        std::vector<double> all;
        for (auto const& own : times)
            all.insert(all.end(), own.begin(), own.end());
        std::ranges::sort(all);
        WARN(clients << " connection(s): "
                     << all.size() / static_cast<std::size_t>(duration.count()) << " PUT/s, p50 "
                     << all[all.size() / 2] << " ms, p99 " << all[all.size() * 99 / 100] << " ms");
    }
}
