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
    auto const& person = view.session.patient();
    frame.title(fill(frame.text(view.session.minor() ? "birth_name.child" : "birth_name.title"),
                     {{"name", person.family_name.view()}, {"child", person.first_name.view()}}));
    frame.say(frame.body(), frame.text("birth_name.lead"), frame.soft(Type::lead));
}

void emergency(Frame& frame, View const& view) {
    frame.actions({{{Action::Look::main, std::string{frame.text("action.next")}, Event::next}},
                   {{Action::Look::link, std::string{frame.text("action.back")}, Event::back}}});
    auto& body = frame.body();
    bool const minor = view.session.minor();
    frame.title(minor ? fill(frame.text("emergency.child"),
                             {{"child", view.session.patient().first_name.view()}})
                      : std::string{frame.text("emergency.title")});
    auto const toggles_top = body.y;
    // A hint alone on a page would have nothing to touch: in larger text all stands closer.
    bool const larger = frame.text_size() != journey::TextSize::usual;
    frame.toggle(body, frame.text("emergency.samu"),
                 frame.text(minor ? "emergency.samu_child" : "emergency.samu_detail"),
                 view.session.emergency.samu, journey::Edit{Kind::toggle_samu});
    frame.gap(body, larger ? 3.5F : mm::gap);
    frame.toggle(body, frame.text("emergency.professional"),
                 frame.text("emergency.professional_detail"), view.session.emergency.professional,
                 journey::Edit{Kind::toggle_professional});
    // Beside the choices on a low panel.
    bool const above_actions = frame.flat() && frame.has_aside();
    auto& below = above_actions ? frame.aside() : body;
    if (above_actions)
        below.y = toggles_top;
    else
        frame.gap(body, larger ? 1 : 8);
    frame.say(below, frame.text("emergency.note"), frame.soft(larger ? Type::small : Type::body));
}

}  // namespace ui::screens
