// What one receiver takes: the real program on its embedded store, over mutual TLS, with as many
// kept connections as there are kiosks sending at once. Clients and server share this machine.
#include "tests/bench/bench.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

#include <algorithm>
#include <thread>

namespace bench {
namespace {

using namespace intake_tests;
using Clock = std::chrono::steady_clock;

constexpr std::size_t connections = 32;
constexpr std::chrono::seconds duration{10};
constexpr std::size_t body_size = 6361;  // an adult's request, sealed

// Milliseconds of each request that one kiosk got a receipt for.
std::vector<double> put_for_a_while(RunningIntake const& intake) {
    auto kiosk = intake.kiosk_1();
    std::vector<double> times;
    auto body = random_body(body_size);
    for (auto const end = Clock::now() + duration; Clock::now() < end;) {
        auto const id = crypto::Uuid::random();
        std::ranges::copy(id.bytes(), body.begin());  // another hash each time
        auto const begin = Clock::now();
        if (kiosk.put(id, body).status != 201) break;
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    return times;
}

// Of all connections together; empty when one of them did not get its receipts.
std::vector<double> put_from_all(RunningIntake const& intake) {
    std::vector<std::vector<double>> times(connections);
    std::vector<std::thread> kiosks;
    for (auto& own : times)
        kiosks.emplace_back([&] { own = put_for_a_while(intake); });
    for (auto& kiosk : kiosks)
        kiosk.join();
    std::vector<double> all;
    for (auto const& own : times) {
        if (own.empty()) return {};
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

std::string const without_limit = "[limits]\nrequests_per_minute = 1000000\n";

}  // namespace

Figures measure_intake() {
    std::vector<Figure> figures;
    for (auto const& [name, settings] :
         {std::pair<std::string, std::string>{"intake", without_limit},
          {"intake with audit log", without_limit + "[audit]\nfile = \"audit.log\"\n"}}) {
        Site const site{settings};
        RunningIntake const intake{site};
        auto const times = put_from_all(intake);
        if (times.empty())
            return base::failure(base::Errc::refused, "a kiosk got no receipt: " + intake.log());
        figures.push_back({name + ": requests with receipt",
                           static_cast<double>(times.size()) / duration.count(), "1/s", 1000,
                           Better::higher});
        figures.push_back({name + ": answer, p50", percentile(times, 50), "ms", 50});
        figures.push_back({name + ": answer, p99", percentile(times, 99), "ms", 250});
    }
    return figures;
}

}  // namespace bench
