// What an enrolment asks of a person: words to read, taps, time. For each path and language.
#include "tests/bench/bench.hpp"
#include "tests/words_to_read.hpp"

#include <vector>

namespace bench {
namespace {

using nlohmann::json;
using SteadyClock = std::chrono::steady_clock;

struct Step {
    std::string_view widget;
    std::string_view state;
    std::string_view typed = {};  // in the state reached
};
using Steps = std::vector<Step>;

struct Path {
    std::string_view name;
    std::string_view profile;
    std::string_view first_state;
    Steps steps;
    double words;  // goals
    double seconds;
};

Steps operator+(Steps first, Steps const& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<Path> paths() {
    Steps const to_contact{{"next", "consent"},
                           {"accept", "birth_name"},
                           {"name_is_birth_name", "emergency"},
                           {"next", "contact"}};
    Steps const without{{"next", "review"}};
    Steps const mobile{{"give_mobile", "mobile_entry", "0612345678"},
                       {"next", "mobile_check"},
                       {"next", "contact"},
                       {"next", "review"}};
    Steps const child{{"person_2", "representative"},
                      {"representative_1", "relationship"},
                      {"relationship_0", "authority"},
                      {"declare_authority", "childs_word"},
                      {"child_agrees", "explain"}};
    return {{"adult", "P18", "explain", to_contact + without, 200, 75},
            {"adult, mobile", "P18", "explain", to_contact + mobile, 260, 120},
            {"child", "P05", "choose_person", child + to_contact + without, 360, 150}};
}

struct Budget {
    int words = 0;
    int taps = 0;
    double machine_seconds = 0;

    // 200 words a minute, one second a tap.
    double seconds() const { return words * 60.0 / 200.0 + taps + machine_seconds; }
};

base::Result<json> look(desk::Desk& desk) { return desk.robot().order({{"do", "screen"}}); }

base::Result<void> take(desk::Desk& desk, Step const& step, Budget& budget) {
    auto const screen = look(desk);
    if (!screen) return base::failure(screen.error());
    budget.words += words_to_read(*screen, (*screen)["language"] == "en" ? "Step " : "Étape ");
    ++budget.taps;
    if (auto tapped = desk.robot().tap(step.widget); !tapped) return tapped;
    if (step.state.empty()) return {};  // another page of the same state
    if (auto reached = desk.robot().wait_for(step.state); !reached) return reached;
    if (step.typed.empty()) return {};
    auto typed = desk.robot().order({{"do", "type"}, {"text", step.typed}});
    if (!typed) return base::failure(typed.error());
    budget.taps += static_cast<int>(step.typed.size());
    return {};
}

// All that is sent is read before it is: every page of the review.
base::Result<void> send(desk::Desk& desk, Budget& budget) {
    for (;;) {
        auto const screen = look(desk);
        if (!screen) return base::failure(screen.error());
        bool more = false;
        for (auto const& widget : (*screen)["widgets"])
            more = more || widget["id"] == "next_page";
        if (!more) return take(desk, {"send", "recorded"}, budget);
        if (auto done = take(desk, {"next_page", {}}, budget); !done) return done;
    }
}

base::Result<Budget> walk(desk::Desk& desk, Path const& path, bool english) {
    Budget budget;
    auto const begun = SteadyClock::now();
    auto inserted = desk.card().order({{"do", "insert"}, {"profile", path.profile}});
    if (!inserted) return base::failure(inserted.error());
    if (auto read = desk.robot().wait_for(path.first_state); !read)
        return base::failure(read.error());
    if (english) {
        for (auto const* const id : {"language", "language_en"}) {
            if (auto tapped = desk.robot().tap(id); !tapped) return base::failure(tapped.error());
            ++budget.taps;
        }
    }
    for (auto const& step : path.steps)
        if (auto done = take(desk, step, budget); !done) return base::failure(done.error());
    if (auto done = send(desk, budget); !done) return base::failure(done.error());
    budget.machine_seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
    auto removed = desk.card().order({{"do", "remove"}});
    if (!removed) return base::failure(removed.error());
    if (auto tapped = desk.robot().tap("done"); !tapped) return base::failure(tapped.error());
    if (auto left = desk.robot().wait_for("attract"); !left) return base::failure(left.error());
    return budget;
}

}  // namespace

// The receipt itself is read after the recording, so it does not count.
Figures measure_words(desk::Desk& desk) {
    std::vector<Figure> figures;
    for (bool const english : {false, true})
        for (auto const& path : paths()) {
            auto const budget = walk(desk, path, english);
            if (!budget) return base::failure(budget.error());
            auto const name = std::string{path.name} + (english ? " in English: " : " in French: ");
            figures.push_back({name + "words", static_cast<double>(budget->words), "", path.words});
            figures.push_back({name + "taps", static_cast<double>(budget->taps), "",
                               path.profile == "P05"   ? 20.0
                               : path.steps.size() > 6 ? 24.0
                                                       : 12.0});
            figures.push_back({name + "time", budget->seconds(), "s", path.seconds});
        }
    return figures;
}

}  // namespace bench
