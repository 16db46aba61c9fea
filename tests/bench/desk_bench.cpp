// The kiosk itself, watched through the robot while it stands still and while it is touched.
#include "tests/bench/bench.hpp"

namespace bench {
namespace {

using nlohmann::json;

base::Result<json> metrics(desk::Desk& desk) { return desk.robot().order(json{{"do", "metrics"}}); }

}  // namespace

Figures measure_idle(desk::Desk& desk) {
    // "not open yet" stands still; attract moves its card.
    if (auto closed = desk.close_day(); !closed) return base::failure(closed.error());
    if (auto there = desk.robot().wait_for("not_open"); !there) return base::failure(there.error());
    if (auto begun = metrics(desk); !begun) return base::failure(begun.error());
    // The wait for a state that cannot come is what lets 30 s pass without any traffic.
    static_cast<void>(desk.robot().ask(
        json{{"do", "wait"}, {"state", "recorded"}, {"after", 1U << 30U}, {"timeout_ms", 30000}},
        std::chrono::seconds{40}));
    auto const still = metrics(desk);
    if (!still) return base::failure(still.error());
    auto const seconds = (*still)["wall_ms"].get<double>() / 1000;
    std::vector<Figure> figures{
        {"idle: processor", (*still)["cpu_ms"].get<double>() / (10 * seconds), "% of core", 0.1},
        {"idle: wake-ups of the UI thread", (*still)["wakeups"]["ui"].get<double>() / seconds,
         "1/s", 2},
        {"idle: wake-ups of the process", (*still)["wakeups"]["process"].get<double>() / seconds,
         "1/s", 5},
        {"memory (PSS), X11 window", (*still)["pss_kb"].get<double>() / 1024, "MiB", 80}};

    if (auto opened = desk.open_day(); !opened) return base::failure(opened.error());
    if (auto there = desk.robot().wait_for("attract"); !there) return base::failure(there.error());
    if (auto begun = metrics(desk); !begun) return base::failure(begun.error());
    static_cast<void>(desk.robot().ask(
        json{{"do", "wait"}, {"state", "recorded"}, {"after", 1U << 30U}, {"timeout_ms", 30000}},
        std::chrono::seconds{40}));
    auto const moving = metrics(desk);
    if (!moving) return base::failure(moving.error());
    auto const minutes = (*moving)["wall_ms"].get<double>() / 60000;
    figures.push_back(
        {"attract: full frames", (*moving)["frames"]["n"].get<double>() / minutes, "1/min", 50});
    figures.push_back({"attract: processor", (*moving)["cpu_ms"].get<double>() / (600 * minutes),
                       "% of core", 1});
    return figures;
}

Figures measure_touch(desk::Desk& desk) {
    auto const order = [&](json const& line) { return desk.robot().order(line); };
    if (auto in = desk.card().order(json{{"do", "insert"}, {"profile", "P01"}}); !in)
        return base::failure(in.error());
    if (auto there = desk.robot().wait_for("explain"); !there) return base::failure(there.error());
    for (auto const* widget : {"next", "accept", "name_is_birth_name", "next", "give_email"})
        if (auto tapped = desk.robot().tap(widget); !tapped) return base::failure(tapped.error());
    if (auto begun = metrics(desk); !begun) return base::failure(begun.error());
    for (int round = 0; round < 5; ++round) {
        if (auto typed = order(json{{"do", "type"}, {"text", "luc.exemple"}}); !typed)
            return base::failure(typed.error());
        for (int i = 0; i < 11; ++i)
            if (auto erased = order(json{{"do", "tap"}, {"id", "erase"}}); !erased)
                return base::failure(erased.error());
    }
    auto const measured = metrics(desk);
    if (!measured) return base::failure(measured.error());
    return std::vector<Figure>{
        {"frame while typing, p50", (*measured)["frames"]["p50_ms"].get<double>(), "ms", 16},
        {"frame while typing, p99", (*measured)["frames"]["p99_ms"].get<double>(), "ms", 33}};
}

}  // namespace bench
