// The kiosk itself, watched through the robot while it stands still and while it is touched.
#include "tests/bench/bench.hpp"

#include "drivers/base/eventually.hpp"

#include <cstdlib>

namespace bench {
namespace {

using nlohmann::json;

base::Result<json> metrics(desk::Desk& desk) { return desk.robot().order(json{{"do", "metrics"}}); }

base::Result<json> half_a_minute(desk::Desk& desk) {
    if (auto begun = metrics(desk); !begun) return begun;
    // The wait for a state that cannot come is what lets 30 s pass without any traffic.
    static_cast<void>(desk.robot().ask(
        json{{"do", "wait"}, {"state", "recorded"}, {"after", 1U << 30U}, {"timeout_ms", 30000}},
        std::chrono::seconds{40}));
    return metrics(desk);
}

// Percent of a core.
double processor(json const& measured) {
    return measured["cpu_ms"].get<double>() / measured["wall_ms"].get<double>() * 100;
}

}  // namespace

Figures measure_idle(desk::Desk& desk) {
    // "not open yet" stands still; attract moves its card.
    if (auto closed = desk.close_day(); !closed) return base::failure(closed.error());
    if (auto there = desk.robot().wait_for("not_open"); !there) return base::failure(there.error());
    auto const still = half_a_minute(desk);
    if (!still) return base::failure(still.error());
    auto const seconds = (*still)["wall_ms"].get<double>() / 1000;
    std::vector<Figure> figures{
        {"idle: processor", processor(*still), "% of core", 0.1},
        {"idle: wake-ups of the UI thread", (*still)["wakeups"]["ui"].get<double>() / seconds,
         "1/s", 2},
        {"idle: wake-ups of the process", (*still)["wakeups"]["process"].get<double>() / seconds,
         "1/s", 5},
        {"memory (PSS), X11 window", (*still)["pss_kb"].get<double>() / 1024, "MiB", 80}};

    if (auto opened = desk.open_day(); !opened) return base::failure(opened.error());
    if (auto there = desk.robot().wait_for("attract"); !there) return base::failure(there.error());
    auto const moving = half_a_minute(desk);
    if (!moving) return base::failure(moving.error());
    auto const minutes = (*moving)["wall_ms"].get<double>() / 60000;
    figures.push_back(
        {"attract: full frames", (*moving)["frames"]["n"].get<double>() / minutes, "1/min", 50});
    figures.push_back({"attract: processor", (*moving)["cpu_ms"].get<double>() / (600 * minutes),
                       "% of core", 1});
    return figures;
}

// Headphones left in: what is shown was read aloud, and then nothing happens.
Figures measure_idle_listening() {
    ::setenv("SDL_AUDIODRIVER", "dummy", 0);
    auto started = start();
    if (!started) return base::failure(started.error());
    auto& desk = **started;
    if (auto closed = desk.close_day(); !closed) return base::failure(closed.error());
    if (auto there = desk.robot().wait_for("not_open"); !there) return base::failure(there.error());
    auto const plugged = desk.robot().order(json{{"do", "device"}, {"headphones", true}});
    if (!plugged) return base::failure(plugged.error());
    auto const audio = [&](std::string_view field) {
        auto const answer = desk.robot().order(json{{"do", "audio"}});
        return answer ? answer->value(field, json{}) : json{};
    };
    if (!base::eventually([&] { return audio("heard") > 0 && audio("speaking") == false; },
                          std::chrono::minutes{2}))
        return base::failure(base::Errc::timed_out, "the screen was not read to its end");
    auto const open = half_a_minute(desk);
    if (!open) return base::failure(open.error());
    if (!base::eventually([&] { return audio("rests") > 0; }, std::chrono::minutes{2}))
        return base::failure(base::Errc::timed_out, "the sound device was not closed");
    auto const closed = half_a_minute(desk);
    if (!closed) return base::failure(closed.error());
    return std::vector<Figure>{
        {"silent, sound device open: processor", processor(*open), "% of core", 1},
        {"silent, sound device closed: processor", processor(*closed), "% of core", 0.1}};
}

Figures measure_touch(desk::Desk& desk) {
    auto const order = [&](json const& line) { return desk.robot().order(line); };
    if (auto in = desk.card().order(json{{"do", "insert"}, {"profile", "P01"}}); !in)
        return base::failure(in.error());
    if (auto there = desk.robot().wait_for("explain"); !there) return base::failure(there.error());
    for (auto const* widget : {"next", "accept", "name_is_birth_name", "next", "give_email"})
        if (auto tapped = desk.robot().tap(widget); !tapped) return base::failure(tapped.error());
    auto const type_and_erase = [&]() -> base::Result<json> {
        if (auto begun = metrics(desk); !begun) return begun;
        for (int round = 0; round < 5; ++round) {
            if (auto typed = order(json{{"do", "type"}, {"text", "luc.exemple"}}); !typed)
                return typed;
            for (int i = 0; i < 11; ++i)
                if (auto erased = order(json{{"do", "tap"}, {"id", "erase"}}); !erased)
                    return erased;
        }
        return metrics(desk);
    };
    auto const silent = type_and_erase();
    if (!silent) return base::failure(silent.error());
    if (auto heard = desk.robot().tap("listen"); !heard) return base::failure(heard.error());
    auto const aloud = type_and_erase();
    if (!aloud) return base::failure(aloud.error());
    auto const frame = [](json const& measured, char const* which) {
        return measured["frames"][which].get<double>();
    };
    return std::vector<Figure>{
        {"frame while typing, p50", frame(*silent, "p50_ms"), "ms", 16},
        {"frame while typing, p99", frame(*silent, "p99_ms"), "ms", 33},
        {"frame while typing, read aloud, p50", frame(*aloud, "p50_ms"), "ms", 16},
        {"frame while typing, read aloud, p99", frame(*aloud, "p99_ms"), "ms", 33}};
}

// The page that holds most words, in each size of text.
Figures measure_pages(desk::Desk& desk) {
    if (auto in = desk.card().order(json{{"do", "insert"}, {"profile", "P01"}}); !in)
        return base::failure(in.error());
    if (auto there = desk.robot().wait_for("explain"); !there) return base::failure(there.error());
    for (auto const* widget : {"next", "more"})
        if (auto tapped = desk.robot().tap(widget); !tapped) return base::failure(tapped.error());
    std::vector<Figure> figures;
    for (auto const* const size : {"usual", "larger", "large", "largest"}) {
        if (auto begun = metrics(desk); !begun) return base::failure(begun.error());
        for (auto const* const turn : {"next_page", "previous_page"})
            for (int i = 0; i < 3; ++i)
                if (auto tapped = desk.robot().tap(turn); !tapped)
                    return base::failure(tapped.error());
        auto const measured = metrics(desk);
        if (!measured) return base::failure(measured.error());
        for (auto const* const which : {"p50", "p99"})
            figures.push_back({std::string{"frame of a long text, "} + size + ", " + which,
                               (*measured)["frames"][std::string{which} + "_ms"].get<double>(),
                               "ms", 33});
        if (auto grown = desk.robot().tap("text_size"); !grown) return base::failure(grown.error());
    }
    return figures;
}

}  // namespace bench
