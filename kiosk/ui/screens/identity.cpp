// The page of the staff: an identity document was seen, and who says so.
#include "kiosk/ui/keyboard.hpp"
#include "kiosk/ui/screens/screens.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/written.hpp"

#include <cmath>

namespace ui::screens {
namespace {

using journey::Event;
using journey::Pick;

// Whose document is to be seen: the person who acts.
std::string name_to_compare(journey::Session const& session) {
    return session.minor() ? full_name(session.representative) : full_name(session.patient());
}

std::string answer(Frame& frame, journey::PinAnswer const& answer) {
    using Kind = journey::PinAnswer::Kind;
    switch (answer.kind) {
    case Kind::none: return {};
    case Kind::wrong: return std::string{frame.text("identity_pin.wrong")};
    case Kind::waiting:
        return frame.texts().counted("identity_pin.waiting", static_cast<int>(answer.wait.count()));
    case Kind::locked: return std::string{frame.text("identity_pin.locked")};
    case Kind::failed: return std::string{frame.text("identity_pin.failed")};
    }
    return {};
}

// One dot for each digit: what was typed is not on the screen.
void draw_dots(Frame& frame, Column& column, std::size_t count, std::string_view label) {
    Rect const place{column.x, column.y, column.width, frame.px(20)};
    auto const& colours = frame.palette();
    frame.painter().fill(place, colours.card, frame.px(mm::radius));
    frame.painter().outline(place, colours.main, frame.px(mm::radius), frame.px(mm::outline));
    auto const radius = frame.px(2.4F);
    auto const step = frame.px(9);
    for (std::size_t i = 0; i < count; ++i)
        frame.painter().disc(place.x + frame.px(9) + step * static_cast<float>(i), place.centre_y(),
                             radius, colours.ink);
    frame.note_widget({"typed", std::string{label}, Role::text_field, false, place, true, true});
    column.y = place.bottom();
}

}  // namespace

void identity_author(Frame& frame, View const& view) {
    frame.actions(
        {{{Action::Look::link, std::string{frame.text("action.back")}, Event::back},
          {Action::Look::link, std::string{frame.text("review.cancel")}, Event::cancel}}});
    auto& body = frame.body();
    frame.title(frame.text("identity_author.title"));
    frame.lead(
        fill(frame.text("identity_author.lead"), {{"place", whole_numbers(view.places().help)}}));
    frame.say(body, frame.text("identity_author.staff"), frame.soft(Type::body));
    frame.gap(body, mm::gap);
    choices(frame, view.site.checkers.size(), [&](Column& column, std::size_t i) {
        frame.choice(column, view.site.checkers[i], {}, Pick{Pick::Of::author, i});
    });
}

namespace {

struct Comparing {
    std::string words;
    Wording wording;
};

// The name to compare stays above the keys however long it is.
Comparing comparing(Frame& frame, journey::Session const& session) {
    Comparing result{fill(frame.text("identity_pin.lead"), {{"name", name_to_compare(session)}}),
                     frame.plain(Type::small)};
    result.wording.marked = true;
    for (auto const type : {Type::lead, Type::body}) {
        auto wording = result.wording;
        wording.type = type;
        auto const most = frame.flat() ? 9.0F : frame.landscape() ? 14.0F : 27.0F;
        if (frame.block(result.words, wording, frame.body().width).height > frame.px(most))
            continue;
        result.wording = wording;
        break;
    }
    return result;
}

}  // namespace

void identity_pin(Frame& frame, View const& view) {
    auto const& session = view.session;
    auto const& checker = view.site.checkers.at(session.identity_author.value_or(0));
    auto const title = std::string{frame.text("identity_pin.title")};
    auto const compare = comparing(frame, view.session);
    entry(frame, view,
          {title, std::string{frame.text("identity_pin.confirm")},
           fill(frame.text("identity_pin.code"), {{"author", checker}}), Keyboard::digits,
           [&](Column& column) { draw_dots(frame, column, session.typed.view().size(), title); },
           [&](Column& column) {
               auto const said = answer(frame, session.pin_answer);
               auto const gap = frame.landscape() ? 1.0F : mm::gap;
               // In landscape there is room for one of the two, and the keys.
               if (said.empty() || !frame.landscape()) {
                   frame.say(column, compare.words, compare.wording);
                   frame.gap(column, gap);
               }
               if (said.empty()) return;
               frame.say(column, said, {Type::strong, frame.palette().stop});
               frame.gap(column, gap);
           }});
}

void identity_checking(Frame& frame, View const&) {
    frame.title(frame.text("identity_checking.title"));
    frame.lead(frame.text("recording.lead"));
    frame.picture(frame.body(), Icon::lock, 96);
}

}  // namespace ui::screens
