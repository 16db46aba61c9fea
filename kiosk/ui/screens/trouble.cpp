// What happened, what to do, who helps, and the code for whoever helps.
#include "kiosk/ui/screens/screens.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <cmath>

namespace ui::screens {
namespace {

using journey::Helper;
using journey::State;
using journey::Trouble;

// The app names the trouble; where it did not, the state says enough.
Trouble trouble_of(View const& view) {
    if (view.session.trouble) return *view.session.trouble;
    if (view.state == State::not_open) return Trouble::not_open;
    if (view.state == State::cannot_record) return Trouble::store_unreachable;
    if (view.state == State::reader_trouble) return Trouble::reader_resting;
    if (view.state == State::not_recorded) return Trouble::not_saved;
    if (view.state == State::unconfirmed) return Trouble::not_confirmed;
    if (view.state == State::card_trouble) return Trouble::card_unreadable;
    if (view.state == State::withdrawal_closed) return Trouble::withdrawal_closed;
    if (view.state == State::withdrawal_unconfirmed) return Trouble::withdrawal_unconfirmed;
    if (view.state == State::card_taken) return Trouble::card_removed;
    return Trouble::card_damaged;
}

Icon icon_of(Trouble trouble) {
    switch (trouble) {
    case Trouble::card_mute: return Icon::card_turn;
    case Trouble::card_unreadable:
    case Trouble::card_removed: return Icon::card;
    case Trouble::card_vitale_1:
    case Trouble::card_professional:
    case Trouble::card_unknown:
    case Trouble::another_card:
    case Trouble::test_number: return Icon::card_wrong;
    case Trouble::reader_resting:
    case Trouble::reader_hung:
    case Trouble::store_unreachable:
    case Trouble::store_full:
    case Trouble::not_open:
    case Trouble::withdrawal_closed:
    case Trouble::withdrawal_unconfirmed:
    case Trouble::not_confirmed: return Icon::clock;
    case Trouble::reader_missing:
    case Trouble::certificate_missing: return Icon::wrench;
    case Trouble::number_missing:
    case Trouble::number_refused:
    case Trouble::number_wrong_key:
    case Trouble::lists_differ:
    case Trouble::number_class:
    case Trouble::no_representative:
    case Trouble::no_authority:
    case Trouble::guardianship:
    case Trouble::other_person:
    case Trouble::birth_date_unusable:
    case Trouble::clock_untrusted:
    case Trouble::card_damaged:
    case Trouble::not_saved: return Icon::desk;
    }
    return Icon::desk;
}

std::string_view helper_text(Helper helper) {
    switch (helper) {
    case Helper::patient: return "trouble.helper_patient";
    case Helper::desk: return "trouble.helper_desk";
    case Helper::staff: return "trouble.helper_staff";
    case Helper::technician: return "trouble.helper_technician";
    }
    return "trouble.helper_desk";
}

struct Words {
    std::string_view remedy;
    std::string helper;
    std::string code;
    std::string short_code;
};

// Narrow: what to do stands under a large drawing, on a ground of its own.
void show_upright(Frame& frame, Icon icon, Words const& words) {
    auto& body = frame.body();
    Wording const remedy{Type::heading, frame.palette().ink, Align::centre};
    auto const padding = frame.px(mm::card_padding);
    auto const inside = body.width - 2 * padding;
    auto const rest = [&](Column& column) {
        frame.gap(column, 7);
        frame.say(column, words.helper, frame.plain(Type::body));
        frame.gap(column, 1);
        frame.say(column, words.code, frame.soft(Type::small));
    };
    auto const after = frame.height_of(body.width, rest);
    frame.piece(body, [&](Column& space) {
        auto const height = frame.block(words.remedy, remedy, inside).height;
        auto const room = space.left() - after - height - 3 * padding;
        auto const least = frame.px(30);
        // What to do comes on the first page, if need be without its drawing.
        bool const drawn = frame.text_size() == journey::TextSize::usual || room + after >= least;
        auto const side = drawn ? std::clamp(room, least, frame.px(72)) + padding : 0;
        Rect const panel{space.x, space.y, space.width, side + height + 2 * padding};
        frame.painter().fill(panel, frame.palette().main_tint, frame.px(8));
        if (drawn)
            frame.draw_icon(icon, {std::round(panel.centre_x() - (side - padding) / 2),
                                   panel.y + padding, side - padding, side - padding});
        Column column{panel.x + padding, inside, panel.y + side + padding, panel.bottom()};
        frame.say(column, words.remedy, remedy);
        space.y = panel.bottom();
    });
    rest(body);
}

void show_beside(Frame& frame, Icon icon, Words const& words) {
    auto& body = frame.body();
    bool const low = frame.flat();
    // On a low panel the code stands above the actions, if there are any.
    bool const code_beside = low && frame.has_aside() && frame.aside().width > 0;
    if (code_beside) {
        auto& aside = frame.aside();
        aside.y = body.y;
        frame.say(aside, words.short_code, frame.soft(Type::small));
    }
    auto const drawing_and_words = [&](Column& column) {
        auto const side = frame.px(low ? 28.0F : 40.0F);
        Column beside{column.x + side + frame.px(8), column.width - side - frame.px(8), column.y,
                      column.bottom};
        frame.draw_icon(icon, {column.x, column.y, side, side});
        frame.say(beside, words.remedy, frame.plain(Type::strong));
        frame.gap(beside, low ? 1 : 4);
        frame.say(beside, words.helper, frame.plain(Type::body));
        column.y = std::max(beside.y, column.y + side);
    };
    // Larger text goes on on the next page, without the drawing.
    frame.card(body, [&](Column& column) {
        if (frame.has_aside()) return frame.piece(column, drawing_and_words);
        frame.say(column, words.remedy, frame.plain(Type::strong));
        frame.gap(column, 4);
        frame.say(column, words.helper, frame.plain(Type::body));
    });
    if (code_beside) return;
    frame.gap(body, low ? 2 : 4);
    frame.say(body, words.code, frame.soft(Type::small));
}

// Nobody can enrol, but the store answers.
bool can_withdraw(State state, Trouble trouble) {
    return state == State::not_open || state == State::reader_trouble ||
           (state == State::cannot_record && trouble == Trouble::store_full);
}

}  // namespace

void trouble(Frame& frame, View const& view) {
    auto const& row = journey::row(trouble_of(view));
    bool const farewell = journey::phase(view.state) == journey::Phase::farewell;
    Actions rows;
    if (farewell)
        rows.push_back(
            {{Action::Look::main, std::string{frame.text("action.done")}, journey::Event::done}});
    if (can_withdraw(view.state, row.trouble))
        rows.push_back({{Action::Look::link, std::string{frame.text("attract.withdraw")},
                         journey::Event::withdraw}});
    frame.actions(rows);
    // Who can mend it alone is already told to take the card out, and to put one in again.
    bool const take = farewell && row.helper != Helper::patient;
    if (take) keep_room_for_your_card(frame, view);
    auto const id = std::string{row.text};
    Words const words{
        frame.text(id + ".do"),
        fill(frame.text(helper_text(row.helper)), {{"place", whole_numbers(view.places().help)}}),
        fill(frame.text("trouble.code"), {{"code", row.code}}),
        fill(frame.text("trouble.short_code"), {{"code", row.code}})};
    frame.title(frame.text(id + ".title"));
    frame.lead(frame.text(id + ".what"));
    if (frame.landscape())
        show_beside(frame, icon_of(row.trouble), words);
    else
        show_upright(frame, icon_of(row.trouble), words);
    if (take) take_your_card(frame, view);
}

}  // namespace ui::screens
