// Mobile and e-mail: both optional, and what each is for.
#include "kiosk/ui/screens/screens.hpp"
#include "kiosk/ui/written.hpp"

namespace ui::screens {
namespace {

using journey::Event;
using Kind = journey::Edit::Kind;

struct Way {
    std::string_view add;
    std::string_view purpose;
    std::string_view change;
    Event give;
    Kind remove;
};

void draw_way(Frame& frame, Column& column, Way const& way, std::string_view given) {
    if (given.empty()) {
        frame.choice(column, std::string{journey::name(way.give)}, frame.text(way.add),
                     frame.text(way.purpose), way.give);
        return;
    }
    frame.card(column, [&](Column& within) {
        frame.say(within, given, frame.plain(Type::heading));
        frame.gap(within, 1);
        frame.side_by_side(
            within, mm::gap,
            [&](Column& left) { frame.link(left, frame.text(way.change), way.give); },
            [&](Column& right) {
                frame.link(right, frame.text("contact.remove"), journey::Edit{way.remove});
            });
    });
}

} // namespace

void contact(Frame& frame, View const& view) {
    auto const& session = view.session;
    bool const none = session.mobile.empty() && session.email.empty();
    frame.actions(
        {{{Action::Look::main, std::string{frame.text(none ? "contact.without" : "action.next")},
           Event::next}},
         {{Action::Look::link, std::string{frame.text("action.back")}, Event::back}}});
    auto& body = frame.body();
    frame.title(frame.text("contact.title"));
    frame.lead(frame.text("contact.lead"));
    draw_way(frame, body,
             {"contact.mobile", "contact.mobile_purpose", "contact.change", Event::give_mobile,
              Kind::remove_mobile},
             in_pairs(session.mobile.view()));
    frame.gap(body, mm::gap);
    draw_way(frame, body,
             {"contact.email", "contact.email_purpose", "contact.change", Event::give_email,
              Kind::remove_email},
             session.email.view());
}

} // namespace ui::screens
