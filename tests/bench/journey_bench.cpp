// Whole enrolments, timed from outside.
#include "tests/bench/bench.hpp"

#include <array>
#include <cctype>
#include <set>
#include <sstream>

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

// Words a person must read to decide: not the header, nor what is only a way to more, back or help.
int words_on(json const& screen) {
    std::set<std::string> skipped;
    for (auto const& widget : screen["widgets"])
        if (widget["role"] == "link" || widget["id"] == "help")
            skipped.insert(widget["label"].get<std::string>());
    int words = 0;
    for (auto const& entry : screen["texts"]) {
        auto const text = entry.get<std::string>();
        if (skipped.contains(text) || text.starts_with("Étape ")) continue;
        std::istringstream stream{text};
        // A colon or a question mark stands alone in French.
        for (std::string word; stream >> word;)
            if (word.size() > 1 || std::isalnum(static_cast<unsigned char>(word[0])) != 0) ++words;
    }
    return words;
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

Figures measure_budget(desk::Desk& desk) {
    constexpr double words_per_second = 200.0 / 60.0;
    constexpr double seconds_per_tap = 1;
    int words = 0;
    int taps = 0;
    auto const begun = SteadyClock::now();
    if (auto done = insert(desk); !done) return base::failure(done.error());
    auto const read = [&]() -> base::Result<void> {
        auto screen = desk.robot().order(json{{"do", "screen"}});
        if (!screen) return base::failure(screen.error());
        words += words_on(*screen);
        return {};
    };
    if (auto done = read(); !done) return base::failure(done.error());
    std::vector<Step> steps{to_review.begin(), to_review.end()};
    steps.push_back({"send", "recorded"});
    for (auto const& next : steps) {
        if (auto done = step(desk, next); !done) return base::failure(done.error());
        ++taps;
        // What stands on the receipt is read after the recording.
        if (next.state == "recorded") break;
        if (auto done = read(); !done) return base::failure(done.error());
    }
    auto const machine = milliseconds_since(begun) / 1000;
    return std::vector<Figure>{
        {"one adult: words to read", static_cast<double>(words), "words", 200},
        {"one adult: taps", static_cast<double>(taps), "taps", 12},
        {"one adult: machine time", machine, "s", 10},
        {"one adult: card in to recorded",
         words / words_per_second + taps * seconds_per_tap + machine, "s", 75}};
}

}  // namespace bench
