// One function for each screen; screens.cpp chooses among them.
#pragma once

#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/keyboard.hpp"
#include "kiosk/ui/view.hpp"

#include <functional>
#include <string>

namespace ui::screens {

void starting(Frame&, View const&);
void trouble(Frame&, View const&);  // every state that says what went wrong
void attract(Frame&, View const&);
void learn(Frame&, View const&);
void reference_entry(Frame&, View const&);
void reading(Frame&, View const&);
void choose_person(Frame&, View const&);
void birth_century(Frame&, View const&);
void other_adult(Frame&, View const&);
void representative(Frame&, View const&);
void representative_family_name(Frame&, View const&);
void representative_first_name(Frame&, View const&);
void relationship(Frame&, View const&);
void authority(Frame&, View const&);
void childs_word(Frame&, View const&);
void explain(Frame&, View const&);
void explain_more(Frame&, View const&);
void consent(Frame&, View const&);
void consent_details(Frame&, View const&);
void birth_name(Frame&, View const&);
void birth_name_entry(Frame&, View const&);
void emergency(Frame&, View const&);
void contact(Frame&, View const&);
void mobile_entry(Frame&, View const&);
void mobile_check(Frame&, View const&);
void email_entry(Frame&, View const&);
void email_check(Frame&, View const&);
void checking_card(Frame&, View const&);
void review(Frame&, View const&);
void identity_author(Frame&, View const&);
void identity_pin(Frame&, View const&);
void identity_checking(Frame&, View const&);
void recording(Frame&, View const&);
void confirming(Frame&, View const&);
void withdrawing(Frame&, View const&);
void recorded(Frame&, View const&);
void refused(Frame&, View const&);
void thinking(Frame&, View const&);
void cancelled(Frame&, View const&);
void timed_out(Frame&, View const&);
void withdrawn(Frame&, View const&);
void withdrawal_sent(Frame&, View const&);
void take_card(Frame&, View const&);

// --- What several of them share.

// "Take your card", while it is in the reader: on every page, above the actions, or beside the
// body. The room is kept after the actions and before the words.
void keep_room_for_your_card(Frame&, View const&);
void take_your_card(Frame&, View const&);

// A screen on which something is typed.
struct Entry {
    std::string title;
    std::string accept;  // label of the way on
    std::string hint;    // below the field where there is room; may be empty
    Keyboard keyboard;
    std::function<void(Column&)> field;                   // what was typed
    std::function<void(Column&)> above = [](Column&) {};  // words between title and field
};
void entry(Frame&, View const&, Entry const&);
// What was typed, in its frame.
void draw_field(Frame&, Column&, std::string_view label, std::string_view content, Type);

// "LUC EXEMPLE", as on the card.
std::string full_name(journey::Person const&);
std::string full_name(journey::Representative const&);

// Choices one under the other; `draw` adds one to the column.
void choices(Frame&, std::size_t count, std::function<void(Column&, std::size_t)> const& draw);

// Each section begins a page. `leave` ends them: the way on on the last page, a link on the others.
void pages(Frame&, View const&, std::vector<ConsentSection> const& sections, Action const& leave);

}  // namespace ui::screens
