// The ends of a session. Nothing on them names the person.
#include "kiosk/ui/screens/screens.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <cmath>

namespace ui::screens {
namespace {

using journey::Event;

void done_action(Frame& frame, View const& view) {
    frame.actions({{{Action::Look::main, std::string{frame.text("action.done")}, Event::done}}});
    keep_room_for_your_card(frame, view);
}

// A title beside a large disc with a drawing.
void title_with_disc(Frame& frame, std::string_view title, Icon icon) {
    bool const room = frame.has_aside() || !frame.landscape();
    if (frame.continued() || !room) return frame.title(title);
    auto& body = frame.body();
    auto const radius = frame.px(13.5F);
    auto const indent = 2 * radius + frame.px(7);
    Column words{body.x + indent, body.width - indent, body.y, body.bottom};
    auto const height = frame.height_of(
        words.width, [&](Column& column) { frame.say(column, title, frame.plain(Type::title)); });
    auto const top = body.y;
    words.y += std::max(0.0F, std::round(radius - height / 2));
    frame.note_title(title);
    frame.say(words, title, frame.plain(Type::title));
    frame.painter().disc(body.x + radius, top + radius, radius, frame.palette().main);
    auto const side = frame.px(17);
    frame.draw_icon(icon, {body.x + radius - side / 2, top + radius - side / 2, side, side});
    body.y = std::max(words.y, top + 2 * radius) + frame.px(5);
}

// A QR code with what it leads to, the code on the left. Larger text goes on below it, and on the
// next page; what the code is for always stands beside it.
void code_beside(Frame& frame, Column& column, std::string_view url,
                 std::function<void(Column&)> const& heading,
                 std::function<void(Column&)> const& words) {
    bool const below = frame.text_size() != journey::TextSize::usual;
    auto const beside_it = [&](Column& beside) {
        heading(beside);
        if (!below) words(beside);
    };
    frame.piece(column, [&](Column& space) {
        auto const side = frame.px(44);
        auto const gap = frame.px(mm::card_padding);
        Column beside{space.x + side + gap, space.width - side - gap, space.y, space.bottom};
        auto const height = frame.height_of(beside.width, beside_it);
        auto const whole = std::max(side, height);
        frame.qr_code({space.x, std::round(space.y + (whole - side) / 2), side, side}, url,
                      Align::left);
        beside.y += std::round((whole - height) / 2);
        beside_it(beside);
        space.y += whole;
    });
    if (!below) return;
    frame.gap(column, 4);
    words(column);
}

void code_above(Frame& frame, Column& column, std::string_view url, std::string_view caption) {
    // Height is short on a small panel; a telephone still reads it from 20 cm.
    auto const side = std::min(column.width, frame.px(frame.flat() ? 30 : 38));
    frame.qr_code({std::round(column.x + (column.width - side) / 2), column.y, side, side}, url);
    column.y += side + frame.px(3);
    auto wording = frame.plain(Type::strong);
    wording.align = Align::centre;
    frame.say_whole(column, caption, wording);
}

// Where to go on, later and elsewhere.
void page_to_keep(Frame& frame, View const& view, std::string_view heading) {
    auto& body = frame.body();
    // A minor's record cannot be opened online.
    bool const minor = view.session.for_minor;
    auto const purpose = [&](Column& column) {
        frame.say(column, heading, frame.plain(Type::heading));
        frame.gap(column, 2);
    };
    auto const places = [&](Column& column) {
        if (minor) return frame.say(column, frame.text("farewell.minor"), frame.plain(Type::body));
        frame.say(column, frame.text("farewell.online"), frame.plain(Type::body));
        frame.gap(column, 2);
        frame.say(column,
                  fill(frame.text("farewell.come_back"), {{"place", view.places().come_back}}),
                  frame.plain(Type::body));
    };
    frame.card(body, [&](Column& column) {
        if (!minor) return code_beside(frame, column, view.site.dmp_url, purpose, places);
        purpose(column);
        places(column);
    });
}

void end_to_keep(Frame& frame, View const& view, std::string const& id) {
    done_action(frame, view);
    frame.title(frame.text(id + ".title"));
    frame.lead(frame.text(id + ".lead"));
    page_to_keep(frame, view, frame.text(id + ".later"));
    take_your_card(frame, view);
}

void plain_end(Frame& frame, View const& view, std::string const& id, Icon icon) {
    done_action(frame, view);
    frame.title(frame.text(id + ".title"));
    frame.lead(frame.text(id + ".lead"));
    take_your_card(frame, view);
    frame.picture(frame.body(), icon, 84);
}

}  // namespace

void recorded(Frame& frame, View const& view) {
    done_action(frame, view);
    auto& body = frame.body();
    title_with_disc(frame, frame.text("recorded.title"), Icon::check);
    if (frame.has_aside()) {
        // Not across: what stands beside it needs the room.
        frame.say(body, frame.text("recorded.lead"), frame.plain(Type::lead));
        frame.gap(body, mm::gap);
    } else {
        frame.lead(frame.text("recorded.lead"));
    }
    auto const reference = [&](Column& column) {
        auto small = frame.soft(Type::small);
        auto large = frame.plain(Type::reference);
        if (!frame.has_aside()) small.align = large.align = Align::centre;
        frame.say(column, frame.text("recorded.reference"), small);
        frame.say(column, left_to_right(reference_in_groups(view.session.reference)), large);
    };
    auto const codes = [&](Column& column) {
        frame.side_by_side(
            column, mm::gap,
            [&](Column& left) {
                code_above(frame, left, view.site.dmp_url, frame.text("recorded.site"));
            },
            [&](Column& right) {
                code_above(frame, right, view.site.app_url, frame.text("recorded.app"));
            });
    };
    // Nobody can know here whether there was one. The answer stays with its question.
    auto const already = [&](Column& column) {
        frame.piece(column, [&](Column& together) {
            frame.say(together, frame.text("recorded.already"), frame.soft(Type::body));
        });
    };
    // Beside, where its ten characters stay in one line.
    bool room_beside = false;
    if (frame.has_aside()) {
        Column aside = frame.aside();
        reference(aside);
        frame.gap(aside, 3);
        room_beside = frame.height_of(aside.width, already) <= aside.left();
        if (room_beside) already(aside);
    }
    frame.card(body, [&](Column& column) {
        if (view.session.for_minor) {
            if (!frame.has_aside()) {
                reference(column);
                frame.gap(column, 5);
            }
            frame.say(column, frame.text("recorded.minor"), frame.plain(Type::body));
            return;
        }
        if (frame.has_aside()) return codes(column);
        auto wording = frame.soft(Type::small);
        wording.align = Align::centre;
        auto const photo = [&] { frame.say(column, frame.text("recorded.photo"), wording); };
        // Larger text goes on on the next page, and the number is what the picture is for.
        bool const with_number = frame.text_size() != journey::TextSize::usual;
        reference(column);
        if (with_number) photo();
        frame.gap(column, 3);
        codes(column);
        if (with_number) return;
        frame.gap(column, 2);
        photo();
    });
    frame.gap(body, mm::gap);
    if (!room_beside) already(body);
    take_your_card(frame, view);
}

void refused(Frame& frame, View const& view) { end_to_keep(frame, view, "refused"); }
void thinking(Frame& frame, View const& view) { end_to_keep(frame, view, "thinking"); }

void cancelled(Frame& frame, View const& view) {
    plain_end(frame, view, "cancelled", Icon::cleared);
}
void withdrawn(Frame& frame, View const& view) {
    plain_end(frame, view, "withdrawn", Icon::cleared);
}

void withdrawal_sent(Frame& frame, View const& view) {
    end_to_keep(frame, view, "withdrawal_sent");
}

void timed_out(Frame& frame, View const& view) {
    plain_end(frame, view, "timed_out", Icon::cleared);
}

}  // namespace ui::screens
