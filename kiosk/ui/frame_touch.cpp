// The part of a frame that is touched: cards, links and buttons.
#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/keyboard.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

std::string id_of(Intent const& intent) {
    if (auto const* event = std::get_if<journey::Event>(&intent))
        return std::string{journey::name(*event)};
    if (auto const* act = std::get_if<FrameAct>(&intent)) return std::string{name(*act)};
    if (auto const* pick = std::get_if<journey::Pick>(&intent))
        return std::string{journey::name(pick->of)} + "_" + std::to_string(pick->index);
    if (auto const* choice = std::get_if<LanguageChoice>(&intent))
        return "language_" + std::string{languages.at(choice->index).id};
    auto const& edit = std::get<journey::Edit>(intent);
    switch (edit.kind) {
    case journey::Edit::Kind::toggle_samu: return "toggle_samu";
    case journey::Edit::Kind::toggle_professional: return "toggle_professional";
    case journey::Edit::Kind::next_page: return "next_page";
    case journey::Edit::Kind::previous_page: return "previous_page";
    case journey::Edit::Kind::show_number: return "show_number";
    case journey::Edit::Kind::type: return key_id(edit.text);
    case journey::Edit::Kind::erase: return "erase";
    case journey::Edit::Kind::symbols: return "symbols";
    case journey::Edit::Kind::remove_mobile: return "remove_mobile";
    case journey::Edit::Kind::remove_email: return "remove_email";
    }
    return {};
}

bool Frame::act(Widget widget, Intent const& intent) {
    if (dry_ || inert_) return false;
    bool pressed = false;
    if (widget.enabled) {
        auto const state = painter_.touch(widget.id, widget.rect);
        widget.focused = widget.id == focus_.id;
        if (widget.focused) focused_ = painter_.placed(widget.rect);
        bool const chosen = widget.focused && focus_.activated;
        if (state.activated || chosen) intents_.push_back(intent);
        pressed = state.pressed || chosen;
    }
    note_widget(std::move(widget));
    return pressed;
}

void Frame::note_widget(Widget widget) {
    if (dry_ || inert_) return;
    widget.rect = painter_.placed(widget.rect);
    (placing_last_ ? shown_last_ : shown_).widgets.push_back(std::move(widget));
}

void Frame::toggle(Column& column, std::string_view heading, std::string_view detail, bool checked,
                   Intent const& intent) {
    auto const padding = px(mm::card_padding);
    auto const box = px(16);
    auto const inside = column.width - 3 * padding - box;
    auto const fill = [&](Column& within) {
        say(within, heading, plain(Type::heading));
        gap(within, 2);
        say(within, detail, soft(Type::body));
    };
    piece(
        column,
        [&](Column& space) {
            Rect const place{space.x, space.y, space.width, height_of(inside, fill) + 2 * padding};
            space.y = place.bottom();
            if (dry_) return;
            bool const pressed = act({id_of(intent), std::string{heading}, Role::toggle, false,
                                      place, true, false, checked},
                                     intent);
            painter_.fill(place, pressed ? palette().main_tint : palette().card, px(mm::radius));
            painter_.outline(place, palette().main, px(mm::radius), px(mm::hairline));
            Rect const square{place.x + padding, place.y + padding, box, box};
            if (checked) {
                painter_.fill(square, palette().main, px(3.5F));
                auto const mark = px(10);
                draw_icon(Icon::check,
                          {square.centre_x() - mark / 2, square.centre_y() - mark / 2, mark, mark});
            } else {
                painter_.fill(square, palette().card, px(3.5F));
                painter_.outline(square, palette().main, px(3.5F), px(0.9F));
            }
            Column within{square.right() + padding, inside, place.y + padding, place.bottom()};
            fill(within);
        },
        true);
}

void Frame::choice(Column& column, std::string_view heading, std::string_view detail,
                   Intent const& intent, std::optional<Icon> icon) {
    auto const padding = px(mm::card_padding);
    auto const side = px(15);
    auto const indent = icon ? side + px(7) : 0;
    auto const inside = column.width - 2 * padding - indent;
    auto const fill = [&](Column& within) {
        say(within, heading, {Type::heading, palette().main});
        if (detail.empty()) return;
        gap(within, 1);
        say(within, detail, soft(Type::body));
    };
    piece(
        column,
        [&](Column& space) {
            Rect const place{space.x, space.y, space.width, height_of(inside, fill) + 2 * px(6)};
            space.y = place.bottom();
            if (dry_) return;
            bool const pressed =
                act({id_of(intent), std::string{heading}, Role::button, false, place}, intent);
            painter_.fill(place, pressed ? palette().main_tint : palette().card, px(mm::radius));
            painter_.outline(place, palette().main, px(mm::radius), px(mm::outline));
            if (icon)
                draw_icon(*icon, {place.x + padding, place.centre_y() - side / 2, side, side});
            Column within{place.x + padding + indent, inside, place.y + px(6), place.bottom()};
            fill(within);
        },
        true);
}

void Frame::draw_link(std::string_view label, Rect place, Align align, Intent const& intent,
                      std::string id) {
    Wording const wording{Type::link, palette().main, align};
    auto const& what = block(label, wording, place.width);
    auto const y = std::round(place.centre_y() - what.height / 2);
    // The finger's target is the words and a little around them, not the whole line.
    float left = what.width;
    for (auto const& line : what.lines)
        left = std::min(left, line.x);
    Rect target{place.x + left, place.y, what.widest_line, place.height};
    auto const least = px(mm::least_target);
    if (target.width < least)
        target = {std::min(target.centre_x() - least / 2, place.right() - least), place.y, least,
                  place.height};
    bool const pressed = act(
        {id.empty() ? id_of(intent) : std::move(id), std::string{label}, Role::link, false, target},
        intent);
    if (pressed) painter_.fill(target, palette().main_tint, px(2));
    painter_.words(what, place.x, y);
    for (auto const& line : what.lines) {
        // Arabic is not struck through below: dots there tell its letters apart.
        auto const below = std::max(line.baseline + px(1.5F),
                                    painter_.mirrored() ? line.ink_bottom + px(0.5F) : 0);
        painter_.fill(
            {std::round(place.x + line.x), std::round(y + below), std::round(line.width), px(0.5F)},
            palette().main);
    }
    note(label, what, place.x, y);
}

void Frame::link(Column& column, std::string_view label, Intent const& intent) {
    piece(
        column,
        [&](Column& space) {
            auto const& what = block(label, {Type::link, palette().main}, space.width);
            auto const height = std::max(what.height, px(mm::link_action));
            draw_link(label, {space.x, space.y, space.width, height}, Align::left, intent);
            space.y += height;
        },
        true);
}

void Frame::draw_button(Action const& action, Rect place) {
    bool const main = action.look == Action::Look::main;
    bool const pressed =
        act({id_of(action.intent), action.label, Role::button, main, place, action.enabled},
            action.intent);
    auto const radius = px(mm::radius);
    auto colour = palette().main;
    if (!action.enabled) {
        painter_.fill(place, palette().main_tint, radius);
        colour = palette().soft_ink;
    } else if (main) {
        painter_.fill(place, pressed ? palette().main_pressed : palette().main, radius);
        colour = palette().on_main;
    } else {
        painter_.fill(place, pressed ? palette().main_tint : palette().card, radius);
        painter_.outline(place, palette().main, radius, px(mm::outline));
    }
    auto const padding = px(5);
    auto const& what =
        block(action.label, {Type::action, colour, Align::centre}, place.width - 2 * padding);
    auto const y = std::round(place.centre_y() - what.height / 2);
    painter_.words(what, place.x + padding, y);
    note(action.label, what, place.x + padding, y);
}

void Frame::button(Column& column, std::string_view label, Intent const& intent) {
    piece(
        column,
        [&](Column& space) {
            auto const height = px(mm::other_action);
            draw_button({Action::Look::other, std::string{label}, intent},
                        {space.x, space.y, space.width, height});
            space.y += height;
        },
        true);
}

}  // namespace ui
