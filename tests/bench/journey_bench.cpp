// Whole enrolments, timed from outside.
#include "tests/bench/bench.hpp"

#include <array>
#include <vector>

namespace bench {
namespace {

using nlohmann::json;
using SteadyClock = std::chrono::steady_clock;

constexpr int enrolments = 20;

struct Step {
    std::string_view widget;
    std::string_view state;
};

constexpr std::array to_review{Step{"next", "consent"}, Step{"accept", "birth_name"},
                               Step{"name_is_birth_name", "emergency"}, Step{"next", "contact"},
                               Step{"next", "review"}};

double milliseconds_since(SteadyClock::time_point begun) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count();
}

base::Result<void> step(desk::Desk& desk, Step const& step) {
    if (auto tapped = desk.robot().tap(step.widget); !tapped) return tapped;
    return desk.robot().wait_for(step.state);
}

base::Result<void> insert(desk::Desk& desk) {
    auto inserted = desk.card().order(json{{"do", "insert"}, {"profile", "P18"}});
    if (!inserted) return base::failure(inserted.error());
    return desk.robot().wait_for("explain");
}

base::Result<void> leave(desk::Desk& desk) {
    auto removed = desk.card().order(json{{"do", "remove"}});
    if (!removed) return base::failure(removed.error());
    return step(desk, {"done", "attract"});
}

}  // namespace

Figures measure_enrolments(desk::Desk& desk) {
    std::vector<double> to_recorded;
    std::vector<double> to_frame;
    double apdus = 0;
    for (int i = 0; i < enrolments; ++i) {
        if (auto done = insert(desk); !done) return base::failure(done.error());
        auto const metrics = desk.robot().order(json{{"do", "metrics"}});
        if (!metrics) return base::failure(metrics.error());
        auto const& card = (*metrics)["card"];
        to_frame.push_back(card["event_to_screen_ms"].get<double>() -
                           card["card_ms"].get<double>());
        apdus = card["apdus"].get<double>();
        for (auto const& next : to_review)
            if (auto done = step(desk, next); !done) return base::failure(done.error());
        // A touch beside every widget waits out the lock after the change, which is not measured.
        if (auto waited = desk.robot().order(json{{"do", "tap"}, {"at", {2, 2}}}); !waited)
            return base::failure(waited.error());
        auto const begun = SteadyClock::now();
        if (auto done = step(desk, {"send", "recorded"}); !done) return base::failure(done.error());
        to_recorded.push_back(milliseconds_since(begun));
        if (auto done = leave(desk); !done) return base::failure(done.error());
    }
    if (auto sent = desk.wait_until_sent(std::chrono::seconds{30}); !sent)
        return base::failure(sent.error());
    auto const size = desk.largest_received();
    if (!size) return base::failure(size.error());
    return std::vector<Figure>{
        {"card event to frame, p50", percentile(to_frame, 50), "ms", 100},
        {"card event to frame, p99", percentile(to_frame, 99), "ms", 100},
        {"APDUs of a strict card", apdus, "", 8},
        {"last touch to recorded, p50", percentile(to_recorded, 50), "ms", 150},
        {"last touch to recorded, p99", percentile(to_recorded, 99), "ms", 150},
        {"sealed request", static_cast<double>(*size) / 1024, "KiB", 12}};
}

}  // namespace bench
