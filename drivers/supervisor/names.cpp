#include "drivers/supervisor/names.hpp"

#include <array>

namespace supervisor {
namespace {

using namespace std::string_view_literals;

// From a table by number; what is not in it comes from a later version.
template <std::size_t size>
std::string named(std::array<std::string_view, size> const& names, unsigned number) {
    if (number < size && !names[number].empty()) return std::string{names[number]};
    return "unknown (" + std::to_string(number) + ")";
}

template <class Enum>
unsigned number(Enum value) {
    return static_cast<unsigned>(value);
}

constexpr std::array power_states{"unwatched"sv, "watched"sv, "asked"sv, "saving"sv,
                                  "cut"sv,       "booting"sv, "fault"sv};
constexpr std::array pc_starts{
    "unknown"sv,       "power_returned"sv, "cut_for_silence"sv, "cut_while_starting"sv,
    "cut_requested"sv, "restarted"sv,      "updated"sv,         "unannounced"sv,
    "same"sv};
constexpr std::array board_resets{""sv, "power_on"sv, "external"sv, "brown_out"sv, "watchdog"sv};
constexpr std::array counters{
    "power_on"sv, "brown_out"sv,    "watchdog"sv,    "cut_for_silence"sv, "cut_requested"sv,
    "fault"sv,    "reader_cycle"sv, "door_opened"sv, "tilted"sv,          "hours"sv};
static_assert(counters.size() == counter_count);
constexpr std::array leavings{""sv, "shutdown"sv, "restart"sv, "update"sv};
constexpr std::array happenings{""sv,
                                "board_started"sv,
                                "pc_started"sv,
                                "pc_left"sv,
                                "cut"sv,
                                "fault"sv,
                                "fault_cleared"sv,
                                "reader_cycled"sv,
                                "door"sv,
                                "tilt"sv,
                                "key"sv,
                                "supply_bad"sv,
                                "supply_good"sv,
                                "too_hot"sv,
                                "cool_again"sv,
                                "loader_entered"sv};
constexpr std::array requests{
    ""sv,         "hello"sv,       "beat"sv,         "status"sv,     "arm"sv,
    "disarm"sv,   "power_cycle"sv, "reader_cycle"sv, "lights"sv,     "backlight"sv,
    "counters"sv, "events"sv,      "clear_fault"sv,  "boot_loader"sv};
constexpr std::array refusals{""sv,
                              "unknown to this firmware"sv,
                              "too short"sv,
                              "a value out of range"sv,
                              "the board started anew and wants a hello"sv,
                              "another version of the protocol"sv,
                              "not now: in a fault, during a cut, or while watched"sv,
                              "only while the staff key is turned"sv};

std::string in_tenths(std::uint16_t value) {
    auto const tenths = static_cast<std::int16_t>(value);
    return std::to_string(tenths / 10) + "." + std::to_string(std::abs(tenths % 10)) + " C";
}

}  // namespace

std::string name(PowerState state) { return named(power_states, number(state)); }
std::string name(PcStart start) { return named(pc_starts, number(start)); }
std::string name(BoardReset reset) { return named(board_resets, number(reset)); }
std::string name(Counter counter) { return named(counters, number(counter)); }

std::string name(Version version) {
    return std::to_string(version.major) + "." + std::to_string(version.minor) + "." +
           std::to_string(version.patch);
}

std::string describe(EventRecord const& event) {
    auto const what = named(happenings, number(event.happened));
    switch (event.happened) {
    case Happened::board_started: return what + ": " + named(board_resets, event.detail);
    case Happened::pc_started:
    case Happened::cut: return what + ": " + named(pc_starts, event.detail);
    case Happened::pc_left: return what + ": " + named(leavings, event.detail);
    case Happened::door: return what + (event.detail != 0 ? ": open" : ": closed");
    case Happened::tilt: return what + (event.detail != 0 ? ": tilted" : ": upright");
    case Happened::key: return what + (event.detail != 0 ? ": turned" : ": not turned");
    case Happened::supply_bad:
    case Happened::supply_good: return what + ": " + std::to_string(event.value) + " mV";
    case Happened::too_hot:
    case Happened::cool_again: return what + ": " + in_tenths(event.value);
    case Happened::fault:
    case Happened::fault_cleared:
    case Happened::reader_cycled:
    case Happened::loader_entered: return what;
    }
    return what;
}

std::string describe_refusal(Request request, std::uint8_t refusal) {
    return named(requests, number(request)) + ": " + named(refusals, refusal);
}

}  // namespace supervisor
