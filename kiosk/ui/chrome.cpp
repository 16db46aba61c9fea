#include "kiosk/ui/chrome.hpp"

#include "kiosk/journey/state.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ui {
namespace {

// Bars, and below them the same in words: beside them is room for what can be touched.
void draw_steps(Frame& frame, int step) {
    auto const bar = Size{frame.px(5), frame.px(2)};
    auto const gap = frame.px(2);
    auto const middle = frame.top_margin() + frame.px(mm::header) / 2;
    auto const words = step_of(step, frame.texts());
    auto const& what = frame.block(words, frame.soft(Type::small), frame.px(60));
    auto const between = frame.px(1.5F);
    auto const top = std::round(middle - (bar.height + between + what.height) / 2);
    float x = frame.px(mm::margin);
    for (int i = 1; i <= journey::step_count; ++i) {
        frame.painter().fill({x, top, bar.width, bar.height},
                             i <= step ? frame.palette().main : frame.palette().hairline,
                             bar.height / 2);
        x += bar.width + gap;
    }
    auto const y = top + bar.height + between;
    frame.painter().words(what, frame.px(mm::margin), y);
    frame.note(words, what, frame.px(mm::margin), y);
}

// An outlined pill whose right edge is at `right`, with a mark in a disc before the words if given;
// returns its left edge.
float draw_pill(Frame& frame, float right, float y, std::string_view words, FrameAct act,
                std::string_view mark = {}) {
    auto const& what = frame.block(words, {Type::link, frame.palette().main}, frame.px(70));
    auto const height = frame.px(mm::header);
    auto const disc = std::min(frame.px(5.4F), height * 0.36F);
    auto const before = mark.empty() ? frame.px(6) : frame.px(5) + 2 * disc + frame.px(3.5F);
    auto const width = std::round(before + what.widest_line + frame.px(6.5F));
    Rect const pill{std::round(right - width), y, width, height};
    bool const pressed =
        frame.act({std::string{name(act)}, std::string{words}, Role::button, false, pill}, act);
    auto const& colours = frame.palette();
    frame.painter().fill(pill, pressed ? colours.main_tint : colours.card, height / 2);
    frame.painter().outline(pill, colours.main, height / 2, frame.px(mm::outline));
    if (!mark.empty()) {
        auto const x = pill.x + frame.px(5) + disc;
        frame.painter().disc(x, pill.centre_y(), disc, colours.main);
        auto const& sign =
            frame.block(mark, {Type::link, colours.on_main, Align::centre}, 2 * disc);
        frame.painter().words(sign, x - disc, pill.centre_y() - sign.height / 2);
    }
    frame.painter().words(what, pill.x + before, pill.centre_y() - what.height / 2);
    frame.note(words, what, pill.x + before, pill.centre_y() - what.height / 2);
    return pill.x;
}

struct Comfort {
    Icon icon;
    std::string_view words;
    FrameAct act;
    std::optional<bool> on = std::nullopt;
};

// Drawing over word in a field of the comfort strip, in landscape beside it; what is on has a
// stronger edge and a tick.
void draw_comfort(Frame& frame, Rect place, Comfort const& item) {
    auto const& colours = frame.palette();
    auto const words = frame.text(item.words);
    bool const pressed =
        frame.act({std::string{name(item.act)}, std::string{words},
                   item.on ? Role::toggle : Role::button, false, place, true, false, item.on},
                  item.act);
    bool const on = item.on.value_or(false);
    auto const radius = frame.px(3);
    frame.painter().fill(place, pressed ? colours.main_tint : colours.card, radius);
    frame.painter().outline(place, colours.main, radius, frame.px(on ? 1.4F : mm::hairline));
    auto const side = frame.px(9);
    auto const between = frame.px(2);
    bool const beside = frame.landscape();
    auto const& what = frame.block(words, {Type::caption, colours.main},
                                   place.width - (beside ? side + between : 0));
    auto const whole = beside ? side + between + what.widest_line : what.widest_line;
    auto const left = std::round(place.centre_x() - whole / 2);
    Rect const icon{beside ? left : std::round(place.centre_x() - side / 2),
                    beside ? std::round(place.centre_y() - side / 2) : place.y + frame.px(2.2F),
                    side, side};
    auto const x = beside ? left + side + between : left;
    auto const y = beside ? std::round(place.centre_y() - what.height / 2)
                          : place.bottom() - what.height - frame.px(1.8F);
    frame.draw_icon(item.icon, icon);
    if (on) {
        auto const tick = frame.px(5);
        frame.draw_icon(Icon::check_mark, {beside ? place.right() - tick - frame.px(1)
                                                  : icon.right() + frame.px(0.5F),
                                           beside ? place.y + frame.px(1) : icon.y, tick, tick});
    }
    frame.painter().words(what, x, y);
    frame.note(words, what, x, y);
}

// Somebody is asked something: there is a beginning to go back to.
bool can_start_over(journey::State state) {
    return journey::phase(state) == journey::Phase::session && journey::row(state).step > 0 &&
           state != journey::State::checking_card && state != journey::State::identity_checking;
}

// A white sheet over the lower part of the veiled screen, at the height of the hands. Its text is
// as large as lets all of it fit.
void draw_sheet(Frame& frame, std::string_view title, std::function<void(Column&)> const& fill,
                Actions const& rows) {
    auto const window = frame.window();
    frame.painter().fill({0, 0, window.width, window.height}, frame.palette().veil);
    auto const margin = frame.px(mm::margin);
    auto const inside = std::min(window.width - 2 * margin, frame.px(200));
    auto const gap = frame.px(mm::gap);
    auto const height_of_row = [&](std::vector<Action> const& row) {
        bool const main = row.back().look == Action::Look::main;
        return frame.px(main ? mm::main_action : mm::other_action);
    };
    float buttons = -gap;
    for (auto const& row : rows)
        buttons += height_of_row(row) + gap;
    auto const above = frame.px(14);
    auto const words = [&](Column& column) {
        frame.say(column, title, frame.plain(Type::title));
        frame.gap(column, mm::gap);
        fill(column);
        frame.gap(column, mm::gap);
    };
    auto const height = [&] { return above + frame.height_of(inside, words) + buttons + margin; };
    auto const width_in = [&](std::vector<Action> const& row) {
        auto const count = static_cast<float>(row.size());
        return std::floor((inside - gap * (count - 1)) / count);
    };
    auto const label_breaks = [&](std::vector<Action> const& row) {
        return std::ranges::any_of(row, [&](Action const& action) {
            auto const room = width_in(row) - 2 * frame.px(5);
            return frame.block(action.label, frame.plain(Type::action), room).lines.size() > 1;
        });
    };
    while ((height() > window.height || std::ranges::any_of(rows, label_breaks)) &&
           frame.text_size() != journey::TextSize::usual)
        frame.set_text_size(journey::size_before(frame.text_size()));
    auto const radius = frame.px(8);
    auto const top = window.height - height();
    // Its lower corners are out of sight.
    Rect const sheet{0, top, window.width, height() + radius};
    frame.painter().fill(sheet, frame.palette().card, radius);
    frame.painter().outline(sheet, frame.palette().hairline, radius, frame.px(mm::outline));
    Column column{std::round((window.width - inside) / 2), inside, top + above, window.height};
    frame.note_title(title);
    words(column);
    auto y = window.height - margin - buttons;
    for (auto const& row : rows) {
        auto x = column.x;
        for (auto const& action : row) {
            frame.draw_button(action, {x, y, width_in(row), height_of_row(row)});
            x += width_in(row) + gap;
        }
        y += height_of_row(row) + gap;
    }
}

std::string_view warning_text(View const& view) {
    switch (journey::phase(view.state)) {
    case journey::Phase::farewell: return "warning.farewell";
    case journey::Phase::session: return view.covered ? "warning.covered" : "warning.session";
    case journey::Phase::closed:
    case journey::Phase::idle:
    case journey::Phase::withdrawal:
    case journey::Phase::saving: return "warning.idle";
    }
    return "warning.idle";
}

}  // namespace

void draw_header(Frame& frame, View const& view) {
    if (auto const step = journey::row(view.state).step; step > 0) {
        draw_steps(frame, step);
    } else {
        auto const middle = frame.top_margin() + frame.px(mm::header) / 2;
        auto const words = frame.text("frame.brand");
        auto const& what = frame.block(words, frame.plain(Type::strong), frame.px(120));
        frame.painter().words(what, frame.px(mm::margin), middle - what.height / 2);
        frame.note(words, what, frame.px(mm::margin), middle - what.height / 2);
    }
    auto const between = frame.px(mm::gap);
    auto const top = frame.header_top();
    auto right = frame.window().width - frame.px(mm::margin);
    auto const pill = [&](std::string_view words, FrameAct act, std::string_view mark = {}) {
        right = draw_pill(frame, right, top, frame.text(words), act, mark) - between;
    };
    pill("frame.help", FrameAct::help, "?");
    if (can_start_over(view.state)) pill("frame.start_over", FrameAct::start_over);
}

void draw_comfort_strip(Frame& frame, View const& view, bool lowered) {
    auto const& comfort = view.session.comfort;
    std::vector<Comfort> items{
        Comfort{Icon::language, "frame.other_language", FrameAct::language},
        Comfort{Icon::text_size, "frame.text_size", FrameAct::text_size},
        Comfort{Icon::contrast, "frame.contrast", FrameAct::contrast},
        Comfort{Icon::listen, "frame.listen", FrameAct::listen, comfort.listen},
        Comfort{Icon::easy, "frame.easy", FrameAct::easy, comfort.easy}};
    if (lowered) items.push_back({Icon::low, "frame.low", FrameAct::low, comfort.low});
    bool const flat = frame.landscape();
    auto const margin = frame.px(flat ? mm::flat_comfort_margin : mm::comfort_margin);
    auto const gap = frame.px(mm::least_gap);
    auto const count = static_cast<float>(items.size());
    auto const width = std::floor((frame.window().width - 2 * margin - gap * (count - 1)) / count);
    Rect place{margin, frame.comfort_strip_top(), width,
               frame.px(flat ? mm::flat_comfort_field : mm::comfort_field)};
    for (auto const& item : items) {
        draw_comfort(frame, place, item);
        place.x += width + gap;
    }
}

void draw_cover(Frame& frame) {
    auto const& body = frame.body();
    auto const side = std::min(frame.px(50), body.left() / 3);
    frame.draw_icon(Icon::lock, {std::round(body.x + (body.width - side) / 2), body.y, side, side});
}

void draw_help(Frame& frame, View const& view) {
    auto const about = "help." + std::string{journey::name(view.state)};
    auto const& comfort = view.session.comfort;
    Action const close{Action::Look::main, std::string{frame.text("help.close")},
                       FrameAct::close_help};
    Action const slower{Action::Look::other, std::string{frame.text("help.slower")},
                        FrameAct::slower, comfort.pace > journey::slowest_pace};
    Action const faster{Action::Look::other, std::string{frame.text("help.faster")},
                        FrameAct::faster, comfort.pace < journey::fastest_pace};
    Actions rows{{close}};
    // A landscape panel has width, and no height to spare.
    if (comfort.listen && frame.landscape()) rows = {{slower, faster, close}};
    if (comfort.listen && !frame.landscape()) rows = {{slower, faster}, {close}};
    draw_sheet(
        frame, frame.text("help.title"),
        [&](Column& column) {
            frame.say(column, frame.text("help.who"), frame.plain(Type::lead));
            frame.say(column, whole_numbers(view.places().help), frame.plain(Type::heading));
            frame.gap(column, 9);
            frame.say(column, frame.text("help.screen"), frame.soft(Type::small_strong));
            frame.gap(column, 1);
            frame.say(column, frame.text(about), frame.plain(Type::body));
            if (!comfort.listen) return;
            frame.gap(column, mm::gap);
            auto const step = comfort.pace - journey::slowest_pace + 1;
            frame.say(column,
                      fill(frame.text("help.pace"),
                           {{"pace", std::to_string(step)},
                            {"count",
                             std::to_string(journey::fastest_pace - journey::slowest_pace + 1)}}),
                      frame.plain(Type::body));
        },
        rows);
}

void draw_warning(Frame& frame, View const& view) {
    draw_sheet(frame, frame.text(view.deserted ? "warning.deserted" : "warning.title"),
               [&](Column& column) {
                   frame.say(column, frame.text(warning_text(view)), frame.plain(Type::lead));
               },
               {{{Action::Look::main, std::string{frame.text("warning.more_time")},
                  FrameAct::more_time}}});
}

void draw_start_over(Frame& frame) {
    draw_sheet(
        frame, frame.text("start_over.title"),
        [&](Column& column) {
            frame.say(column, frame.text("start_over.lead"), frame.plain(Type::lead));
        },
        {{{Action::Look::other, std::string{frame.text("start_over.yes")},
           journey::Event::start_again}},
         {{Action::Look::main, std::string{frame.text("start_over.no")}, FrameAct::keep_going}}});
}

void draw_languages(Frame& frame) {
    // Each in its own script, for who cannot read the others.
    Actions rows;
    std::size_t const in_a_row = frame.landscape() ? 3 : 1;
    for (std::size_t i = 0; i < languages.size(); ++i) {
        if (i % in_a_row == 0) rows.emplace_back();
        rows.back().push_back(
            {Action::Look::other, std::string{languages[i].own_name}, LanguageChoice{i}});
    }
    rows.push_back(
        {{Action::Look::main, std::string{frame.text("languages.close")}, FrameAct::keep_going}});
    draw_sheet(
        frame, frame.text("languages.title"), [](Column&) {}, rows);
}

}  // namespace ui
