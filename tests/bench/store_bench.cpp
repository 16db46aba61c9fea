// The spooler alone: its socket with a real commit, and its way to the intake.
#include "tests/bench/bench.hpp"

#include "drivers/base/line_client.hpp"
#include "kiosk/crypto/base64.hpp"
#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/uuid.hpp"

#include <random>

namespace bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t body_size = 8 * 1024;

nlohmann::json random_request(std::mt19937& generator) {
    base::Bytes body(body_size);
    for (auto& byte : body)
        byte = static_cast<std::uint8_t>(generator());
    return {{"do", "enqueue"},
            {"id", crypto::Uuid::random().text()},
            {"kind", "creation"},
            {"key_id", "00"},
            {"sha256", base::to_hex(crypto::sha256(body))},
            {"sealed", crypto::to_base64(body)}};
}

// Milliseconds of each; the connection is the kiosk's own kind.
base::Result<std::vector<double>> enqueue(desk::Desk& desk, int count) {
    auto client = base::LineClient::connect(desk.file("spooler.sock"));
    if (!client) return base::failure(client.error());
    std::mt19937 generator{20260101};
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        auto const line = random_request(generator).dump();
        auto const begun = SteadyClock::now();
        auto answer = client->ask(line, std::chrono::seconds{10});
        if (!answer) return base::failure(answer.error());
        times.push_back(
            std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count());
        if (answer->find("\"ok\":true") == std::string::npos)
            return base::failure(base::Errc::refused, *answer);
    }
    return times;
}

}  // namespace

Figures measure_enqueue(desk::Desk& desk) {
    desk.stop_intake();
    auto times = enqueue(desk, 1000);
    if (!times) return base::failure(times.error());
    return std::vector<Figure>{{"enqueue with commit, p50", percentile(*times, 50), "ms", 5},
                               {"enqueue with commit, p99", percentile(*times, 99), "ms", 50}};
}

Figures measure_drain(desk::Desk& desk) {
    constexpr int count = 500;
    desk.stop_intake();
    if (auto filled = enqueue(desk, count); !filled) return base::failure(filled.error());
    if (auto started = desk.start_intake(); !started) return base::failure(started.error());
    auto const begun = SteadyClock::now();
    if (auto retried = desk.retry_now(); !retried) return base::failure(retried.error());
    if (auto sent = desk.wait_until_sent(std::chrono::seconds{60}); !sent)
        return base::failure(sent.error());
    auto const seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
    return std::vector<Figure>{{"drain", count / seconds, "1/s", 50, Better::higher}};
}

}  // namespace bench
