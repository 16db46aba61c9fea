// One function for each screen; screens.cpp chooses among them.
#pragma once

#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/view.hpp"

namespace ui::screens {

void starting(Frame&, View const&);
void trouble(Frame&, View const&);  // every state that says what went wrong
void attract(Frame&, View const&);
void learn(Frame&, View const&);
void reading(Frame&, View const&);
void choose_person(Frame&, View const&);
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
void recording(Frame&, View const&);
void confirming(Frame&, View const&);
void recorded(Frame&, View const&);
void refused(Frame&, View const&);
void thinking(Frame&, View const&);
void cancelled(Frame&, View const&);
void card_taken(Frame&, View const&);
void timed_out(Frame&, View const&);
void take_card(Frame&, View const&);

// --- What several of them share.

// "Take your card", while it is in the reader.
void take_your_card(Frame&, View const&);

// Sections cut into pages that fit; `session.page` is the one shown. The actions turn the pages,
// and `leave` ends them: the way on on the last page, a link on the others.
void pages(Frame&, View const&, std::vector<ConsentSection> const& sections, Action const& leave);

}  // namespace ui::screens
