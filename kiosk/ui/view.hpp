// What a screen is given, and what it may answer.
#pragma once

#include "kiosk/journey/edit.hpp"
#include "kiosk/journey/event.hpp"
#include "kiosk/journey/reader_ladder.hpp"
#include "kiosk/journey/session.hpp"
#include "kiosk/journey/state.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ui {

// In the words of one language.
struct Places {
    std::string help;       // "guichet 3, à votre gauche"
    std::string come_back;  // "à cette borne, au guichet ou en pharmacie"
};

// What only the operator of this kiosk can say; configuration.
struct Site {
    std::map<std::string, Places, std::less<>> places;  // by language; the usual one is there
    std::string controller;  // who answers for the processing of the data
    std::string controller_address;
    std::string data_protection_contact;
    std::string dmp_url;  // as encoded in the QR codes
    std::string app_url;
    std::vector<std::string> relationships;  // offered to a representative: ids of texts
    std::vector<std::string> checkers;       // of the staff, who confirm identities: their names
    // From the floor to the panel's lower edge; without it nobody knows how high it hangs.
    std::optional<double> lower_edge_mm = std::nullopt;

    // In the usual language where the operator gave none in this one.
    Places const& in(std::string_view language) const {
        auto const found = places.find(language);
        return found == places.end() ? places.at(std::string{journey::default_language})
                                     : found->second;
    }
};

// The qualities of a representative that have a text.
inline constexpr std::array<std::string_view, 4> relationship_ids{"mother", "father", "guardian",
                                                                  "other"};

struct Language {
    std::string_view id;
    std::string_view own_name;
};

// In the order in which they are offered.
inline constexpr std::array<Language, 5> languages{{{"fr", "Français"},
                                                    {"en", "English"},
                                                    {"es", "Español"},
                                                    {"pt", "Português"},
                                                    {"ar", "العربية"}}};

// The texts there are: one deck for each language, and easy-to-read French.
inline constexpr std::string_view easy_deck = "fr-falc";
inline constexpr std::array<std::string_view, languages.size() + 1> decks{"fr", "en", "es",
                                                                          "pt", "ar", easy_deck};

constexpr std::string_view deck_of(journey::Session const& session) {
    return session.comfort.easy ? easy_deck : std::string_view{session.language};
}

constexpr bool right_to_left(std::string_view deck) { return deck == "ar"; }

// How it stands with getting a lost reader back.
struct Recovery {
    journey::Rung rung;
    std::optional<std::chrono::seconds> left;
};

struct View {
    journey::State state;
    journey::Session const& session;
    Site const& site;
    bool card_present = false;
    bool warning = false;     // the time is nearly over
    bool help = false;        // the help panel is open
    bool start_over = false;  // so is the one that asks whether to begin again
    bool languages = false;   // and the one that offers the languages
    // Step of the attract screen's movement: the app adds one each time next_frame_in() has passed.
    unsigned motion = 0;
    bool deserted = false;  // the question for more time is "is anybody there?"
    bool covered = false;   // nobody is to read what is on the screen
    std::optional<Recovery> recovery = std::nullopt;

    Places const& places() const { return site.in(session.language); }
};

enum class FrameAct : std::uint8_t {
    more_time,
    help,
    close_help,
    language,   // offers them
    contrast,   // the next one
    text_size,  // likewise
    listen,     // on and off
    easy,       // likewise
    low,        // likewise
    slower,     // the voice
    faster,
    start_over,  // asks first
    keep_going,  // closes what was offered or asked
};

constexpr std::string_view name(FrameAct act) {
    switch (act) {
    case FrameAct::more_time: return "more_time";
    case FrameAct::help: return "help";
    case FrameAct::close_help: return "close_help";
    case FrameAct::language: return "language";
    case FrameAct::contrast: return "contrast";
    case FrameAct::text_size: return "text_size";
    case FrameAct::listen: return "listen";
    case FrameAct::easy: return "easy";
    case FrameAct::low: return "low";
    case FrameAct::slower: return "slower";
    case FrameAct::faster: return "faster";
    case FrameAct::start_over: return "start_over";
    case FrameAct::keep_going: return "keep_going";
    }
    return "";
}

// One of `languages` was chosen.
struct LanguageChoice {
    std::size_t index;
};

using Intent = std::variant<journey::Event, journey::Edit, journey::Pick, FrameAct, LanguageChoice>;

// When to draw again though nothing happened; never, on every screen that stands still.
std::optional<std::chrono::milliseconds> next_frame_in(View const& view);

}  // namespace ui
