// All that this machine lets anybody ask of root. A verb that has no row here does not exist.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace machine {

enum class Verb : std::uint8_t {
    status,
    open_day,
    close_day,
    restart_application,
    restart,
    power_off,
    switch_slot,
};

// Root may ask for everything.
enum class Askers : std::uint8_t {
    root,
    kiosk,  // dmp-kiosk's user, too: what its page for staff will offer
};

// Who must be named in the request, from the list of authors.
enum class Named : std::uint8_t {
    nobody,
    author,
};

struct Row {
    Verb verb;
    std::string_view name;
    Askers askers;
    Named named;
    std::string_view does;  // for the help of the command
};

inline constexpr std::array verbs{
    Row{Verb::status, "status", Askers::kiosk, Named::nobody,
        "which version runs, what is being done, what waits"},
    Row{Verb::open_day, "open-day", Askers::root, Named::author,
        "lets the kiosk enrol until the closing hour"},
    Row{Verb::close_day, "close-day", Askers::kiosk, Named::author, "stops enrolling now"},
    Row{Verb::restart_application, "restart-application", Askers::kiosk, Named::nobody,
        "starts kiosk and spooler anew"},
    Row{Verb::restart, "restart", Askers::kiosk, Named::nobody, "starts the machine anew"},
    Row{Verb::power_off, "power-off", Askers::kiosk, Named::nobody, "shuts the machine down"},
    Row{Verb::switch_slot, "switch-slot", Askers::kiosk, Named::nobody,
        "starts the machine anew with the installed update, when nobody is served"},
};

constexpr Row const& row_of(Verb verb) { return verbs[static_cast<std::size_t>(verb)]; }

static_assert(
    [] {
        for (std::size_t i = 0; i < verbs.size(); ++i)
            if (static_cast<std::size_t>(verbs[i].verb) != i) return false;
        return true;
    }(),
    "each verb has one row, in order");

constexpr std::optional<Verb> verb_named(std::string_view name) {
    auto const found = std::ranges::find(verbs, name, &Row::name);
    if (found == verbs.end()) return std::nullopt;
    return found->verb;
}

}  // namespace machine
