// What a screen is given, and what it may answer.
#pragma once

#include "kiosk/journey/edit.hpp"
#include "kiosk/journey/event.hpp"
#include "kiosk/journey/session.hpp"
#include "kiosk/journey/state.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace ui {

// What only the operator of this kiosk can say; configuration.
struct Site {
    std::string help_place;       // "guichet 3, à votre gauche"
    std::string come_back_place;  // "à cette borne, au guichet ou en pharmacie"
    std::string controller;       // who answers for the processing of the data
    std::string controller_address;
    std::string data_protection_contact;
    std::string dmp_url;  // as encoded in the QR codes
    std::string app_url;
};

struct View {
    journey::State state;
    journey::Session const& session;
    Site const& site;
    bool card_present = false;
    bool warning = false;  // the time is nearly over
    bool help = false;     // the help panel is open
    // Step of the attract screen's movement: the app adds one each time next_frame_in() has passed.
    unsigned motion = 0;
};

enum class FrameAct : std::uint8_t { more_time, help, close_help };

constexpr std::string_view name(FrameAct act) {
    switch (act) {
    case FrameAct::more_time: return "more_time";
    case FrameAct::help: return "help";
    case FrameAct::close_help: return "close_help";
    }
    return "";
}

using Intent = std::variant<journey::Event, journey::Edit, FrameAct>;

// When to draw again though nothing happened; never, on every screen that stands still.
std::optional<std::chrono::milliseconds> next_frame_in(View const& view);

}  // namespace ui
