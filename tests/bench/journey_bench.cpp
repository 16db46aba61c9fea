// Whole enrolments, timed from outside.
#include "tests/bench/bench.hpp"

#include <array>
#include <cctype>
#include <set>
#include <sstream>
#include <vector>

namespace bench {
namespace {

using nlohmann::json;
using SteadyClock = std::chrono::steady_clock;

constexpr int enrolments = 20;
constexpr std::string_view mobile_number = "0612345678";

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

namespace {

// What one enrolment asks of a person.
struct Budget {
    int words = 0;
    int taps = 0;
    double machine_seconds = 0;

    // 200 words a minute, one second a tap.
    double seconds() const { return words * 60.0 / 200.0 + taps + machine_seconds; }
};

base::Result<void> read_screen(desk::Desk& desk, Budget& budget) {
    auto screen = desk.robot().order(json{{"do", "screen"}});
    if (!screen) return base::failure(screen.error());
    budget.words += words_on(*screen);
    return {};
}

base::Result<Budget> walk(desk::Desk& desk, std::vector<Step> const& steps) {
    Budget budget;
    auto const begun = SteadyClock::now();
    if (auto done = insert(desk); !done) return base::failure(done.error());
    for (auto const& next : steps) {
        if (auto done = read_screen(desk, budget); !done) return base::failure(done.error());
        if (auto done = step(desk, next); !done) return base::failure(done.error());
        ++budget.taps;
        if (next.state != "mobile_entry") continue;
        auto typed = desk.robot().order(json{{"do", "type"}, {"text", mobile_number}});
        if (!typed) return base::failure(typed.error());
        budget.taps += static_cast<int>(mobile_number.size());
    }
    budget.machine_seconds = milliseconds_since(begun) / 1000;
    if (auto done = leave(desk); !done) return base::failure(done.error());
    return budget;
}

}  // namespace

// The receipt itself is read after the recording, so it does not count.
Figures measure_budget(desk::Desk& desk) {
    std::vector<Step> plain{to_review.begin(), to_review.end()};
    plain.push_back({"send", "recorded"});
    std::vector<Step> mobile{to_review.begin(), to_review.end() - 1};
    for (auto const& next :
         {Step{"give_mobile", "mobile_entry"}, Step{"next", "mobile_check"},
          Step{"next", "contact"}, Step{"next", "review"}, Step{"send", "recorded"}})
        mobile.push_back(next);
    auto const without = walk(desk, plain);
    if (!without) return base::failure(without.error());
    auto const with = walk(desk, mobile);
    if (!with) return base::failure(with.error());
    return std::vector<Figure>{
        {"one adult: words to read", static_cast<double>(without->words), "words", 200},
        {"one adult: taps", static_cast<double>(without->taps), "taps", 12},
        {"one adult: machine time", without->machine_seconds, "s", 10},
        {"one adult: card in to recorded", without->seconds(), "s", 75},
        {"with a mobile: card in to recorded", with->seconds(), "s", 120}};
}

}  // namespace bench
