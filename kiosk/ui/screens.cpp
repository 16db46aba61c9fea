#include "kiosk/ui/screens.hpp"

#include "kiosk/ui/chrome.hpp"
#include "kiosk/ui/screens/screens.hpp"

#include <cmath>

namespace ui {
namespace {

void draw_screen(Frame& frame, View const& view) {
    using enum journey::State;
    switch (view.state) {
    case starting: return screens::starting(frame, view);
    case not_open:
    case cannot_record:
    case reader_trouble:
    case cabinet_open:
    case desk:
    case card_trouble:
    case card_taken:
    case not_recorded:
    case unconfirmed:
    case withdrawal_closed:
    case withdrawal_unconfirmed: return screens::trouble(frame, view);
    case attract: return screens::attract(frame, view);
    case learn: return screens::learn(frame, view);
    case reference_entry: return screens::reference_entry(frame, view);
    case reading: return screens::reading(frame, view);
    case choose_person: return screens::choose_person(frame, view);
    case birth_century: return screens::birth_century(frame, view);
    case other_adult: return screens::other_adult(frame, view);
    case representative: return screens::representative(frame, view);
    case representative_family_name: return screens::representative_family_name(frame, view);
    case representative_first_name: return screens::representative_first_name(frame, view);
    case relationship: return screens::relationship(frame, view);
    case authority: return screens::authority(frame, view);
    case childs_word: return screens::childs_word(frame, view);
    case explain: return screens::explain(frame, view);
    case explain_more: return screens::explain_more(frame, view);
    case consent: return screens::consent(frame, view);
    case consent_details: return screens::consent_details(frame, view);
    case birth_name: return screens::birth_name(frame, view);
    case birth_name_entry: return screens::birth_name_entry(frame, view);
    case emergency: return screens::emergency(frame, view);
    case contact: return screens::contact(frame, view);
    case mobile_entry: return screens::mobile_entry(frame, view);
    case mobile_check: return screens::mobile_check(frame, view);
    case email_entry: return screens::email_entry(frame, view);
    case email_check: return screens::email_check(frame, view);
    case checking_card: return screens::checking_card(frame, view);
    case review: return screens::review(frame, view);
    case identity_author: return screens::identity_author(frame, view);
    case identity_pin: return screens::identity_pin(frame, view);
    case identity_checking: return screens::identity_checking(frame, view);
    case recording: return screens::recording(frame, view);
    case confirming: return screens::confirming(frame, view);
    case withdrawing: return screens::withdrawing(frame, view);
    case recorded: return screens::recorded(frame, view);
    case refused: return screens::refused(frame, view);
    case thinking: return screens::thinking(frame, view);
    case cancelled: return screens::cancelled(frame, view);
    case timed_out: return screens::timed_out(frame, view);
    case withdrawn: return screens::withdrawn(frame, view);
    case withdrawal_sent: return screens::withdrawal_sent(frame, view);
    case take_card: return screens::take_card(frame, view);
    }
}

// EN 301 549 8.3.2 and 8.3.3: what a seated person reaches over an obstruction.
constexpr double seated_reach_mm = 1120;
// Where nobody said how high the panel hangs, its lower part.
constexpr float lower_part = 0.6F;

float reach(Frame const& frame, Site const& site) {
    auto const height = frame.window().height;
    if (!site.lower_edge_mm) return std::round(height * (1 - lower_part));
    return height - frame.real_px(seated_reach_mm - *site.lower_edge_mm);
}

// Not a panel that is within reach as a whole, nor one that a keyboard fills.
bool can_be_lowered(Frame const& frame, Site const& site) {
    return !frame.flat() && reach(frame, site) > frame.top_margin();
}

}  // namespace

bool can_warn(journey::State state) {
    auto const& limit = journey::row(state).limit;
    return limit && limit->warned;
}

std::vector<Intent> draw(Frame& frame, View const& view) {
    bool const warning = view.warning && can_warn(view.state);
    bool const panel = warning || view.help || view.start_over || view.languages;
    auto const size = view.session.comfort.text_size;
    bool const lowered = can_be_lowered(frame, view.site);
    if (view.session.comfort.low && lowered) frame.set_reach(reach(frame, view.site));
    frame.set_inert(panel);
    draw_header(frame, view);
    frame.set_text_size(size);
    frame.lay_out(view.session.page, view.session.place, [&] {
        if (view.covered) return draw_cover(frame);
        draw_screen(frame, view);
    });
    frame.set_text_size(journey::TextSize::usual);
    frame.at_the_end([&] { draw_comfort_strip(frame, view, lowered); });
    frame.set_inert(false);
    frame.set_text_size(size);
    // The question for more time comes first: it is the one that cannot wait.
    if (warning)
        draw_warning(frame, view);
    else if (view.help)
        draw_help(frame, view);
    else if (view.start_over)
        draw_start_over(frame);
    else if (view.languages)
        draw_languages(frame);
    frame.draw_focus();
    return frame.take_intents();
}

}  // namespace ui
