// What happened, what to do, who helps, and the code for whoever helps.
#include "kiosk/ui/screens/screens.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

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
    if (view.state == State::cabinet_open) return Trouble::cabinet_open;
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
    case Trouble::cabinet_open:
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

// What is being tried; nothing once it is given up for now.
std::optional<std::string_view> rung_text(journey::Rung rung) {
    switch (rung) {
    case journey::Rung::reopening: return "reader_ladder.reopening";
    case journey::Rung::power_cycle: return "reader_ladder.power_cycle";
    case journey::Rung::pcscd_restart: return "reader_ladder.pcscd_restart";
    case journey::Rung::out_of_service: return std::nullopt;
    }
    return std::nullopt;
}

struct Words {
    Icon icon;
    std::string_view title;
    std::string_view what;
    std::string_view remedy;
    std::string_view trying;  // what the kiosk does meanwhile; may be empty
    std::string left;         // and how long that takes; may be empty
    std::string helper;
    std::string code;
    std::string short_code;
};

// The seconds that are left are read with the screen, not each time they change.
void say_what_is_tried(Frame& frame, Column& column, Words const& words, float above) {
    if (words.trying.empty()) return;
    frame.gap(column, above);
    frame.say(column, words.trying, frame.plain(Type::body));
    if (words.left.empty()) return;
    frame.note_passing(words.left);
    frame.say(column, words.left, frame.plain(Type::body));
}

// Narrow: what to do stands under a large drawing, on a ground of its own.
void show_upright(Frame& frame, Words const& words) {
    auto& body = frame.body();
    Wording const remedy{Type::heading, frame.palette().ink, Align::centre};
    auto const padding = frame.px(mm::card_padding);
    auto const inside = body.width - 2 * padding;
    auto const rest = [&](Column& column) {
        say_what_is_tried(frame, column, words, mm::gap);
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
            frame.draw_icon(words.icon, {std::round(panel.centre_x() - (side - padding) / 2),
                                         panel.y + padding, side - padding, side - padding});
        Column column{panel.x + padding, inside, panel.y + side + padding, panel.bottom()};
        frame.say(column, words.remedy, remedy);
        space.y = panel.bottom();
    });
    rest(body);
}

// `your_card`: that it is to be taken stands below, or above the actions if there are any.
void show_beside(Frame& frame, Words const& words, bool your_card) {
    auto& body = frame.body();
    bool const room_beside = frame.has_aside() && frame.aside().width > 0;
    bool const low = frame.flat() || (your_card && !room_beside);
    bool const code_beside = frame.flat() && room_beside;
    bool const code_within = frame.flat() && your_card && !room_beside;
    if (room_beside) {
        auto& aside = frame.aside();
        aside.y = body.y;
        if (code_beside) frame.say(aside, words.short_code, frame.soft(Type::small));
        say_what_is_tried(frame, aside, words, code_beside ? mm::gap : 0);
    }
    auto const say_words = [&](Column& column, float between) {
        frame.say(column, words.remedy, frame.plain(Type::strong));
        if (!room_beside) say_what_is_tried(frame, column, words, between);
        frame.gap(column, between);
        frame.say(column, code_within ? words.helper + " " + words.short_code : words.helper,
                  frame.plain(Type::body));
    };
    auto const drawing_and_words = [&](Column& column) {
        auto const side = frame.px(low ? 28.0F : 40.0F);
        Column beside{column.x + side + frame.px(8), column.width - side - frame.px(8), column.y,
                      column.bottom};
        frame.draw_icon(words.icon, {column.x, column.y, side, side});
        say_words(beside, low ? 1 : 4);
        column.y = std::max(beside.y, column.y + side);
    };
    // Larger text goes on on the next page, without the drawing.
    frame.card(body, [&](Column& column) {
        if (frame.has_aside()) return frame.piece(column, drawing_and_words);
        say_words(column, 4);
    });
    if (code_beside || code_within) return;
    frame.gap(body, low ? 2 : 4);
    frame.say(body, words.code, frame.soft(Type::small));
}

// Nobody can enrol, but the store answers.
bool can_withdraw(State state, Trouble trouble) {
    return state == State::not_open || state == State::reader_trouble ||
           (state == State::cannot_record && trouble == Trouble::store_full);
}

Words words_of(Frame const& frame, View const& view, journey::TroubleRow const& row) {
    auto const id = std::string{row.text};
    auto const place = whole_numbers(view.places().help);
    auto const code = [&](std::string_view wording) {
        return fill(frame.text(wording), {{"code", row.code}});
    };
    auto const helper = [&](Helper who) {
        return fill(frame.text(helper_text(who)), {{"place", place}});
    };
    Words words{icon_of(row.trouble),
                frame.text(id + ".title"),
                frame.text(id + ".what"),
                frame.text(id + ".do"),
                {},
                {},
                helper(row.helper),
                code("trouble.code"),
                code("trouble.short_code")};
    if (view.state != State::reader_trouble || !view.recovery) return words;
    auto const& recovery = *view.recovery;
    if (auto const trying = rung_text(recovery.rung)) {
        words.trying = frame.text(*trying);
        if (recovery.left)
            words.left = frame.texts().counted("reader_ladder.left",
                                               static_cast<int>(recovery.left->count()));
        return words;
    }
    // Who waits would wait in vain.
    words.icon = Icon::wrench;
    words.title = frame.text("reader_ladder.out_of_service");
    words.what = frame.text("reader_ladder.what");
    words.remedy = frame.text("reader_ladder.do");
    words.helper = helper(Helper::technician);
    return words;
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
    bool const take =
        view.state == State::cabinet_open || (farewell && row.helper != Helper::patient);
    if (take) keep_room_for_your_card(frame, view);
    auto const words = words_of(frame, view, row);
    frame.title(words.title);
    frame.lead(words.what);
    if (frame.landscape())
        show_beside(frame, words, take && view.card_present);
    else
        show_upright(frame, words);
    if (take) take_your_card(frame, view);
}

}  // namespace ui::screens
