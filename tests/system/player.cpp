#include "tests/system/player.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>

namespace system_tests {
namespace {

using namespace std::chrono_literals;

// The way on from this screen; nothing where the journey ends or works by itself.
std::optional<std::string> way_on(json const& screen, Choices const& choices) {
    struct Way {
        std::string_view state;
        std::string widget;
    };
    auto const state = screen["state"].get<std::string>();
    for (auto const& way :
         {Way{"choose_person", "person_" + std::to_string(choices.person)},
          Way{"birth_century", "century_" + std::to_string(choices.century)},
          Way{"other_adult", "confirm_person"}, Way{"relationship", "relationship_0"},
          Way{"authority", "declare_authority"}, Way{"childs_word", "child_agrees"},
          Way{"explain", "next"}, Way{"consent", "accept"}, Way{"birth_name", "name_is_birth_name"},
          Way{"emergency", "next"}, Way{"contact", "next"},
          Way{"representative_family_name", "next"}, Way{"representative_first_name", "next"},
          Way{"review", "send"}})
        if (way.state == state && shows(screen, way.widget)) return way.widget;
    // Somebody of the card acts, or who is not on it.
    if (state == "representative") {
        for (auto const& widget : screen["widgets"])
            if (auto const id = widget["id"].get<std::string>();
                id.starts_with("representative_") || id == "type_representative")
                return id;
    }
    // The way on may stand on a later page, above all in the larger letters that somebody chose
    // before the card went in.
    if (shows(screen, "next_page")) return "next_page";
    return std::nullopt;
}

bool is_end(std::string_view state) {
    constexpr std::array ends{"recorded",      "refused",        "desk",         "card_trouble",
                              "card_taken",    "timed_out",      "not_recorded", "unconfirmed",
                              "cannot_record", "reader_trouble", "not_open"};
    return std::ranges::find(ends, state) != ends.end();
}

// Ends of which the screen names a trouble.
bool has_code(std::string_view state) {
    constexpr std::array without{"recorded", "refused", "timed_out"};
    return std::ranges::find(without, state) == without.end();
}

bool is_special(std::string_view state) {
    constexpr std::array special{"choose_person", "birth_century", "other_adult", "representative",
                                 "representative_family_name"};
    return std::ranges::find(special, state) != special.end();
}

// Taps until the screen is another one: another state, or another page.
void step(desk::Desk& desk, json const& before, std::string const& widget) {
    if (before["state"] == "representative_family_name") type(desk, "REPRESENTANT");
    if (before["state"] == "representative_first_name") type(desk, "CLAUDE");
    tap(desk, widget);
}

}  // namespace

bool shows(json const& screen, std::string_view widget) {
    return std::ranges::any_of(screen["widgets"],
                               [&](json const& each) { return each["id"] == widget; });
}

std::string code_on(json const& screen) {
    static std::regex const code{"([CDS][0-9][0-9])$"};
    std::smatch found;
    for (auto const& text : screen["texts"]) {
        auto const words = text.get<std::string>();
        if (std::regex_search(words, found, code)) return found[1];
    }
    return {};
}

End play(desk::Desk& desk, std::string_view profile, Choices const& choices) {
    auto const begun = screen(desk)["seq"].get<std::uint64_t>();
    insert(desk, profile);
    End end;
    REQUIRE(
        base::eventually([&] { return screen(desk)["seq"].get<std::uint64_t>() > begun; }, 10s));
    // No card of any profile leads through more screens.
    for (int steps = 0; steps < 60; ++steps) {
        auto const now = screen(desk);
        auto const state = now["state"].get<std::string>();
        if (is_special(state) && (end.asked.empty() || end.asked.back() != state))
            end.asked.push_back(state);
        if (is_end(state)) {
            end.state = state;
            if (has_code(state))
                REQUIRE(base::eventually(
                    [&] { return !(end.code = code_on(screen(desk))).empty(); }, 5s));
            return end;
        }
        if (auto const widget = way_on(now, choices)) {
            if (*widget == "next_page") ++end.pages_turned;
            step(desk, now, *widget);
            continue;
        }
        // Reading, recording: the kiosk goes on by itself. Or the state's first frame is to come.
        INFO(profile << " in " << state);
        auto const goes_on = [&] {
            auto const later = screen(desk);
            return later["seq"] != now["seq"] || way_on(later, choices);
        };
        REQUIRE(base::eventually(goes_on, 30s));
    }
    FAIL(profile << " does not come to an end");
    return end;
}

void leave(desk::Desk& desk) {
    static_cast<void>(desk.card().order(json{{"do", "remove"}}));  // it may be out already
    auto const attract = [&] {
        auto const now = screen(desk);
        // Who taps here is not there any more when the card is seen to be out.
        if (now["state"] == "attract") return true;
        // Panels may be open, larger text has "done" on its last page, and a reference is left by
        // going back.
        for (auto const* const id : {"close_help", "keep_going", "done", "next_page", "back"})
            if (shows(now, id)) {
                static_cast<void>(desk.robot().tap(id));
                break;
            }
        return false;
    };
    REQUIRE(base::eventually(attract, 40s));
}

}  // namespace system_tests
