// Birth name and emergency accesses.
#include "kiosk/ui/keyboard.hpp"
#include "kiosk/ui/screens/screens.hpp"
#include "kiosk/ui/texts.hpp"

namespace ui::screens {
namespace {

using journey::Event;
using Kind = journey::Edit::Kind;

}  // namespace

void birth_name(Frame& frame, View const& view) {
    frame.actions(
        {{{Action::Look::main, std::string{frame.text("birth_name.yes")},
           Event::name_is_birth_name}},
         {{Action::Look::other, std::string{frame.text("birth_name.no")}, Event::name_differs}},
         {{Action::Look::link, std::string{frame.text("action.back")}, Event::back}}});
    frame.title(fill(frame.text("birth_name.title"),
                     {{"name", view.session.patient().family_name.view()}}));
    frame.say(frame.body(), frame.text("birth_name.lead"), frame.soft(Type::lead));
}

void emergency(Frame& frame, View const& view) {
    frame.actions({{{Action::Look::main, std::string{frame.text("action.next")}, Event::next}},
                   {{Action::Look::link, std::string{frame.text("action.back")}, Event::back}}});
    auto& body = frame.body();
    frame.title(frame.text("emergency.title"));
    frame.toggle(body, frame.text("emergency.samu"), frame.text("emergency.samu_detail"),
                 view.session.emergency.samu, journey::Edit{Kind::toggle_samu});
    frame.gap(body, mm::gap);
    frame.toggle(body, frame.text("emergency.professional"),
                 frame.text("emergency.professional_detail"), view.session.emergency.professional,
                 journey::Edit{Kind::toggle_professional});
    frame.gap(body, 8);
    frame.say(body, frame.text("emergency.note"), frame.soft(Type::body));
}

}  // namespace ui::screens
