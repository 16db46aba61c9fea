// What a person types, and looks at again.
#include "kiosk/ui/keyboard.hpp"
#include "kiosk/ui/screens/screens.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <cmath>

namespace ui::screens {
namespace {

using journey::Event;

// The end of a long text stays in sight; the check screen shows it whole.
std::string tail(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return std::string{text};
    auto begin = text.size() - longest;
    while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80)
        ++begin;
    return "…" + std::string{text.substr(begin)};
}

}  // namespace

void draw_field(Frame& frame, Column& column, std::string_view label, std::string_view whole,
                Type type) {
    auto const padding = frame.px(6);
    auto const caret = frame.px(0.9F);
    auto const colours = frame.palette();
    auto const room = column.width - 2 * padding - caret;
    auto content = std::string{whole};
    // One line in landscape, of as much as it holds.
    for (auto longest = whole.size();
         frame.landscape() && longest > 1 &&
         frame.block(content, {type, colours.ink}, room).lines.size() > 1;
         --longest)
        content = tail(whole, longest - 1);
    auto const& what = frame.block(content.empty() ? " " : content, {type, colours.ink}, room);
    Rect const place{column.x, column.y, column.width,
                     std::max(frame.px(20), what.height + frame.px(6))};
    frame.painter().fill(place, colours.card, frame.px(mm::radius));
    frame.painter().outline(place, colours.main, frame.px(mm::radius), frame.px(mm::outline));
    auto const y = std::round(place.centre_y() - what.height / 2);
    frame.painter().words(what, place.x + padding, y);
    frame.note(content, what, place.x + padding, y);
    auto const& line = what.lines.back();
    auto const height = frame.px(type_size(type, frame.text_size()) * 1.1F);
    auto const end = content.empty() ? 0.0F : line.x + line.width + frame.px(1);
    frame.painter().fill(
        {place.x + padding + end, std::round(y + line.baseline - height * 0.85F), caret, height},
        colours.main);
    frame.note_widget({"typed", std::string{label}, Role::text_field, false, place, true, true});
    column.y = place.bottom();
    journey::cleanse(content.data(), content.size());
}

namespace {

// In landscape what is said above the field stands beside its title.
void draw_question(Frame& frame, Column& body, Entry const& wanted) {
    auto const wording = frame.plain(Type::heading);
    auto const title =
        frame.block(wanted.title, wording, body.width).widest_line + frame.px(mm::gap);
    Column beside{body.x + title, body.width - title, body.y, body.bottom};
    frame.say(body, wanted.title, wording);
    wanted.above(beside);
    body.y = std::max(body.y, beside.y);
}

float share_of_field(Keyboard keyboard) {
    switch (keyboard) {
    case Keyboard::digits: return 0.36F;
    case Keyboard::reference: return 0.42F;
    case Keyboard::name:
    case Keyboard::address: return 0.52F;
    }
    return 0.52F;
}

// In landscape field, way on and way back stand in one line.
void draw_entry_line(Frame& frame, Column& body, Entry const& wanted, Action const& go_on) {
    auto const gap = frame.px(mm::gap);
    auto const height = frame.px(mm::main_action);
    auto const size = frame.text_size();
    auto const back = std::round(body.width * 0.2F);
    auto const share = share_of_field(wanted.keyboard);
    Column field{body.x, std::round(body.width * share), body.y, body.bottom};
    wanted.field(field);
    // The two beside the field have no room to grow.
    frame.set_text_size(journey::TextSize::usual);
    auto const x = field.x + field.width + gap;
    auto const right = body.x + body.width;
    frame.draw_button(go_on, {x, body.y, right - back - gap - x, height});
    frame.draw_link(frame.text("action.back"), {right - back, body.y, back, height}, Align::right,
                    Event::back);
    frame.set_text_size(size);
    body.y = std::max(field.y, body.y + height) + frame.px(mm::least_gap);
}

}  // namespace

void entry(Frame& frame, View const& view, Entry const& wanted) {
    frame.keep_whole();
    bool const ready = journey::acceptable(view.state, view.session.typed.view());
    Action const go_on{Action::Look::main, wanted.accept, Event::next, ready};
    if (!frame.landscape()) {
        frame.actions(
            {{go_on}, {{Action::Look::link, std::string{frame.text("action.back")}, Event::back}}});
        frame.title(wanted.title);
    }
    frame.piece(frame.body(), [&](Column& body) {
        if (frame.landscape()) {
            frame.note_title(wanted.title);
            draw_question(frame, body, wanted);
            // In the direction of the keys, in every language.
            frame.unmirrored([&] { draw_entry_line(frame, body, wanted, go_on); });
        } else {
            wanted.above(body);
            wanted.field(body);
            frame.gap(body, 4);
        }
        frame.unmirrored([&] {
            draw_keyboard(frame, body, wanted.keyboard, view.session.symbols,
                          view.session.typed.view().find('@') != std::string_view::npos);
        });
        auto const height = frame.height_of(body.width, [&](Column& column) {
            frame.say(column, wanted.hint, frame.soft(Type::body));
        });
        if (!wanted.hint.empty() && height <= body.left())
            frame.say(body, wanted.hint, frame.soft(Type::body));
    });
}

namespace {

void text_entry(Frame& frame, View const& view, std::string const& id, Keyboard keyboard,
                std::string const& title) {
    auto const typed = view.session.typed.view();
    bool const digits = keyboard == Keyboard::digits;
    constexpr std::size_t longest = 66;  // three lines of portrait
    auto content = digits ? in_pairs(typed) : tail(typed, longest);
    auto const letters = frame.flat() ? Type::strong : Type::heading;
    entry(frame, view,
          {title, std::string{frame.text("action.next")}, std::string{frame.text(id + ".hint")},
           keyboard, [&](Column& column) {
               frame.unmirrored([&] {
                   draw_field(frame, column, title, content, digits ? Type::figures : letters);
               });
           }});
    journey::cleanse(content.data(), content.size());
}

void check(Frame& frame, std::string const& id, std::string_view content, Type type) {
    frame.actions({{{Action::Look::main, std::string{frame.text("check.right")}, Event::next}},
                   {{Action::Look::other, std::string{frame.text("check.correct")}, Event::back}}});
    auto& body = frame.body();
    frame.title(frame.text(id + ".title"));
    frame.card(body, [&](Column& column) { frame.say(column, content, frame.plain(type)); });
    frame.gap(body, 8);
    frame.say(body, frame.text(id + ".lead"), frame.soft(Type::lead));
}

std::string_view given(journey::PrivateText const& typed, journey::PrivateText const& kept) {
    return typed.empty() ? kept.view() : typed.view();
}

}  // namespace

void birth_name_entry(Frame& frame, View const& view) {
    auto const& session = view.session;
    text_entry(frame, view, "birth_name_entry", Keyboard::name,
               session.minor() ? fill(frame.text("birth_name_entry.child"),
                                      {{"child", session.patient().first_name.view()}})
                               : std::string{frame.text("birth_name_entry.title")});
}

void representative_family_name(Frame& frame, View const& view) {
    text_entry(frame, view, "representative_family_name", Keyboard::name,
               std::string{frame.text("representative_family_name.title")});
}

void representative_first_name(Frame& frame, View const& view) {
    text_entry(frame, view, "representative_first_name", Keyboard::name,
               std::string{frame.text("representative_first_name.title")});
}

void mobile_entry(Frame& frame, View const& view) {
    text_entry(frame, view, "mobile_entry", Keyboard::digits,
               std::string{frame.text("mobile_entry.title")});
}

void email_entry(Frame& frame, View const& view) {
    text_entry(frame, view, "email_entry", Keyboard::address,
               std::string{frame.text("email_entry.title")});
}

void mobile_check(Frame& frame, View const& view) {
    auto number = in_pairs(given(view.session.typed, view.session.mobile));
    check(frame, "mobile_check", number, Type::figures);
    journey::cleanse(number.data(), number.size());
}

void email_check(Frame& frame, View const& view) {
    check(frame, "email_check", given(view.session.typed, view.session.email), Type::heading);
}

}  // namespace ui::screens
