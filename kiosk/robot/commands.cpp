#include "kiosk/robot/commands.hpp"

#include "drivers/base/whole_number.hpp"
#include "kiosk/robot/answers.hpp"
#include "kiosk/robot/values.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace robot {
namespace {

using kiosk::Loop;
using nlohmann::json;

constexpr int protocol = 1;
constexpr std::int64_t longest_advance = std::chrono::milliseconds{std::chrono::days{7}}.count();
// What the system's clock, which counts nanoseconds, can hold.
constexpr std::chrono::year first_year{1970};
constexpr std::chrono::year last_year{2199};

json hello(Loop& loop) {
    auto states = json::array();
    for (auto const& row : journey::states)
        states.push_back(row.name);
    return success({{"protocol", protocol},
                    {"states", states},
                    {"width", static_cast<int>(loop.window().size().width)},
                    {"height", static_cast<int>(loop.window().size().height)},
                    {"mm_per_pixel", loop.settings().mm_per_pixel}});
}

json describe(ui::Widget const& widget) {
    return {{"id", widget.id},
            {"label", widget.label},
            {"role", ui::name(widget.role)},
            {"main", widget.main},
            {"rect", {widget.rect.x, widget.rect.y, widget.rect.width, widget.rect.height}},
            {"enabled", widget.enabled},
            {"focused", widget.focused},
            {"checked", widget.checked ? json(*widget.checked) : json(nullptr)}};
}

json spoken(kiosk::Voice const& voice, std::uint64_t since) {
    auto list = json::array();
    auto const& said = voice.said();
    auto const fresh = std::min<std::uint64_t>(voice.said_count() - since, said.size());
    for (auto i = said.size() - fresh; i < said.size(); ++i)
        list.push_back(
            {{"text", said[i].text},
             {"language", said[i].language},
             {"outlet", said[i].outlet == speech::Outlet::headphones ? "headphones" : "speaker"}});
    return list;
}

json audio(Loop& loop) {
    auto const& voice = loop.voice();
    auto const figures = voice.figures();
    json answer{{"decibels_above_lowest", voice.volume().decibels_above_lowest()},
                {"outlet", loop.app().headphones() ? "headphones" : "speaker"},
                {"chimes", voice.chime_count()},
                {"listening", loop.app().session().comfort.listen}};
    if (!voice.said().empty()) answer["text"] = voice.said().back().text;
    if (figures) {
        answer["speaking"] = voice.speaking();
        answer["refused"] = figures->refused;
        answer["heard"] = figures->heard;
        answer["gaps"] = figures->gaps;
        answer["rests"] = figures->rests;
        if (figures->latency) answer["latency_us"] = figures->latency->count();
    }
    return success(std::move(answer));
}

json screen(Loop& loop, std::uint64_t& said) {
    auto const words = spoken(loop.voice(), std::exchange(said, loop.voice().said_count()));
    auto const& shown = loop.shown();
    auto widgets = json::array();
    for (auto const& widget : shown.widgets)
        widgets.push_back(describe(widget));
    return success({{"state", journey::name(loop.app().journey().state())},
                    {"seq", loop.app().journey().sequence()},
                    {"language", loop.app().session().language},
                    {"title", shown.title},
                    {"texts", shown.texts},
                    {"widgets", widgets},
                    {"spoken", words}});
}

json finger(Loop& loop, json const& line) {
    struct Name {
        std::string_view name;
        ui::Window::Phase phase;
    };
    constexpr std::array names{Name{"down", ui::Window::Phase::down},
                               Name{"move", ui::Window::Phase::move},
                               Name{"up", ui::Window::Phase::up}};
    auto const wanted = line.at("phase").get<std::string>();
    for (auto const& entry : names) {
        if (entry.name != wanted) continue;
        auto const at = point_of(line);
        auto const number =
            base::whole_number(line, "finger", std::numeric_limits<std::int32_t>::max(), 0);
        if (!at || !number)
            return refusal("bad_request", "finger needs \"at\":[x,y], and a number");
        loop.window().push_finger(entry.phase, *number, at->x, at->y);
        return success();
    }
    return refusal("bad_request", "phase is down, move or up");
}

std::optional<std::chrono::year_month_day> parse_day(std::string const& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    auto const number = [&](std::size_t from, std::size_t size, auto& value) {
        auto const* begin = text.data() + from;
        return std::from_chars(begin, begin + size, value).ptr == begin + size;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !number(0, 4, year) ||
        !number(5, 2, month) || !number(8, 2, day))
        return std::nullopt;
    std::chrono::year_month_day const result{std::chrono::year{year}, std::chrono::month{month},
                                             std::chrono::day{day}};
    bool const held = result.ok() && result.year() >= first_year && result.year() <= last_year;
    return held ? std::optional{result} : std::nullopt;
}

json clock(Loop& loop, json const& line) {
    auto& app = loop.app();
    auto const advance = base::whole_number(line, "advance_ms", longest_advance, 0);
    if (!advance) return refusal("bad_request", "advance_ms is a whole number, a week at most");
    if (line.contains("freeze")) app.clock().freeze(line.at("freeze").get<bool>());
    if (line.contains("advance_ms")) app.advance_clock(journey::Time{*advance});
    if (line.contains("date")) {
        auto const day = parse_day(line.at("date").get<std::string>());
        if (!day) return refusal("bad_request", "date is YYYY-MM-DD, from 1970 to 2199");
        app.clock().set_day(*day);
    }
    if (line.contains("trusted")) app.clock().set_trusted(line.at("trusted").get<bool>());
    loop.redraw();
    return success({{"now_ms", app.clock().now().count()}});
}

json screenshot(Loop& loop, json const& line) {
    std::filesystem::path const path{line.at("path").get<std::string>()};
    if (!path.is_absolute()) return refusal("bad_request", "path must be absolute");
    auto const saved = loop.window().save_png(path);
    if (!saved) return refusal("bad_request", base::describe(saved.error()));
    return success();
}

// As the worker that watches this device would say it.
struct Device {
    std::string_view name;
    workers::Fact (*fact)(bool level);
};
constexpr std::array devices{
    Device{"network", [](bool up) -> workers::Fact { return workers::NetworkLevel{up}; }},
    Device{"headphones", [](bool in) -> workers::Fact { return workers::HeadphonesLevel{in}; }},
    Device{"presence", [](bool there) -> workers::Fact { return workers::PresenceLevel{there}; }},
    Device{"door", [](bool open) -> workers::Fact { return workers::DoorLevel{open}; }},
    Device{"tilt", [](bool tilted) -> workers::Fact { return workers::TiltLevel{tilted}; }},
    Device{"key_switch", [](bool on) -> workers::Fact { return workers::KeySwitchLevel{on}; }}};

json device(Loop& loop, json const& line) {
    for (auto const& [name, fact] : devices) {
        if (!line.contains(name)) continue;
        bool const level = line.at(std::string{name}).get<bool>();
        loop.post(fact(level));
        return success({{std::string{name}, level}});
    }
    return refusal("bad_request", "the kiosk has no such device");
}

}  // namespace

json answer_at_once(Loop& loop, std::string_view command, json const& line, std::uint64_t& said) {
    if (command == "hello") return hello(loop);
    if (command == "screen") return screen(loop, said);
    if (command == "finger") return finger(loop, line);
    if (command == "clock") return clock(loop, line);
    if (command == "screenshot") return screenshot(loop, line);
    if (command == "device") return device(loop, line);
    if (command == "audio") return audio(loop);
    if (command == "quit") {
        loop.stop();
        return success();
    }
    return refusal("bad_request", "unknown command");
}

json describe_metrics(kiosk::Metrics::Snapshot const& since, kiosk::Metrics::Snapshot const& now,
                      std::optional<workers::ReadingCost> const& reading) {
    auto const frames = now.frames_since(since);
    json answer{
        {"frames",
         {{"n", frames.count}, {"p50_ms", frames.p50.count()}, {"p99_ms", frames.p99.count()}}},
        {"wakeups",
         {{"ui", now.ui_wakeups - since.ui_wakeups},
          {"process", now.process_wakeups - since.process_wakeups}}},
        {"cpu_ms", (now.cpu - since.cpu).count()},
        {"wall_ms", (now.wall - since.wall).count()},
        {"pss_kb", now.pss_kb}};
    if (reading)
        answer["card"] = {{"event_to_screen_ms", now.event_to_screen.count()},
                          {"apdus", reading->apdus},
                          {"card_ms", static_cast<double>(reading->card_time.count()) / 1000.0}};
    return answer;
}

}  // namespace robot
