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
    Icon icon;
};

void draw_way(Frame& frame, Column& column, Way const& way, std::string_view given) {
    if (given.empty()) {
        frame.choice(column, frame.text(way.add), frame.text(way.purpose), way.give, way.icon);
        return;
    }
    auto const fill = [&](Column& within) {
        auto const side = frame.px(15);
        auto const indent = side + frame.px(7);
        Column beside{within.x + indent, within.width - indent, within.y, within.bottom};
        frame.draw_icon(way.icon, {within.x, within.y, side, side});
        // A very long address is written smaller.
        auto type = frame.flat() ? Type::strong : Type::heading;
        if (frame.block(given, frame.plain(type), beside.width).lines.size() > 2)
            type = Type::small;
        frame.say(beside, given, frame.plain(type));
        frame.gap(beside, 1);
        auto const change = [&](Column& space) {
            frame.link(space, frame.text(way.change), way.give);
        };
        auto const remove = [&](Column& space) {
            frame.link(space, frame.text("contact.remove"), journey::Edit{way.remove});
        };
        // One under the other where larger text leaves no room beside.
        if (frame.text_size() == journey::TextSize::usual) {
            frame.side_by_side(beside, mm::gap, change, remove, 0.4F);
        } else {
            change(beside);
            beside.y += frame.px(mm::least_gap);
            remove(beside);
        }
        within.y = beside.y;
    };
    frame.card(column, [&](Column& within) { frame.piece(within, fill, true); });
}

}  // namespace

void contact(Frame& frame, View const& view) {
    auto const& session = view.session;
    bool const none = session.mobile.empty() && session.email.empty();
    frame.actions(
        {{{Action::Look::main, std::string{frame.text(none ? "contact.without" : "action.next")},
           Event::next}},
         {{Action::Look::link, std::string{frame.text("action.back")}, Event::back}}});
    auto& body = frame.body();
    frame.title(frame.text("contact.title"));
    frame.lead(frame.text(session.minor() ? "contact.child" : "contact.lead"));
    draw_way(frame, body,
             {"contact.mobile", "contact.mobile_purpose", "contact.change", Event::give_mobile,
              Kind::remove_mobile, Icon::phone},
             in_pairs(session.mobile.view()));
    frame.gap(body, mm::gap);
    draw_way(frame, body,
             {"contact.email", "contact.email_purpose", "contact.change", Event::give_email,
              Kind::remove_email, Icon::letter},
             session.email.view());
}

}  // namespace ui::screens
