#include "kiosk/ui/frame.hpp"

#include "kiosk/ui/qr_code.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

Frame::Frame(Toolbox const& tools, Size window, int scope, FocusMark focus)
    : tools_(tools), window_(window), focus_(std::move(focus)), painter_(tools.icons, scope) {}

Column& Frame::begin_body() {
    auto const margin = px(mm::margin);
    body_ = {margin, window_.width - 2 * margin,
             px(mm::header_top) + px(mm::header) + px(landscape() ? mm::gap : mm::below_header),
             window_.height - margin - (landscape() ? 0 : px(mm::comfort_strip))};
    return body_;
}

// --- Words

TextBlock const& Frame::block(std::string_view words, Wording const& wording, float width) {
    bool const short_text = wording.type == Type::title || wording.type == Type::heading ||
                            wording.type == Type::action || wording.type == Type::link;
    return tools_.words.block(
        {words, wording.type, width, wording.align, wording.marked,
         short_text ? TextRequest::Lines::alike : TextRequest::Lines::no_orphan});
}

void Frame::note(std::string_view words, TextBlock const& block, float x, float y) {
    if (dry_ || inert_ || words.empty()) return;
    float left = block.width;
    for (auto const& line : block.lines)
        left = std::min(left, line.x);
    auto& shown = placing_last_ ? shown_last_ : shown_;
    shown.texts.emplace_back(words);
    shown.text_rects.push_back({x + left, y, block.widest_line, block.height});
}

void Frame::say(Column& column, std::string_view words, Wording const& wording) {
    auto const& what = block(words, wording, column.width);
    if (!dry_) painter_.words(what, column.x, column.y, wording.colour);
    note(words, what, column.x, column.y);
    column.y += what.height;
}

// In landscape the first words go across the actions too, which stand lower.
void Frame::say_across(std::string_view words, Wording const& wording) {
    Column whole{body_.x, window_.width - 2 * body_.x, body_.y, body_.bottom};
    auto const height = block(words, wording, whole.width).height;
    bool const clear = aside_.width == 0 || body_.y + height <= aside_.bottom;
    say(landscape() && clear ? whole : body_, words, wording);
    if (landscape() && clear) body_.y = whole.y;
}

void Frame::title(std::string_view words, Type type) {
    note_title(words);
    // Where height is short, a very long name in it is written smaller.
    if (landscape() && block(words, plain(type), body_.width).lines.size() > 2)
        type = Type::heading;
    say_across(words, plain(type));
    gap(body_, 5);
}

void Frame::lead(std::string_view words, bool marked, Type type) {
    auto wording = plain(type);
    wording.marked = marked;
    say_across(words, wording);
    gap(body_, mm::gap);
}

// --- Cards

float Frame::height_of(float width, std::function<void(Column&)> const& fill) {
    bool const before = std::exchange(dry_, true);
    Column column{0, width, 0, INFINITY};
    fill(column);
    dry_ = before;
    return column.y;
}

void Frame::card(Column& column, std::function<void(Column&)> const& fill) {
    auto const padding = px(mm::card_padding);
    auto const inside = column.width - 2 * padding;
    Rect const place{column.x, column.y, column.width, height_of(inside, fill) + 2 * padding};
    if (!dry_) {
        shown_.lowest_surface = std::max(shown_.lowest_surface, place.bottom());
        painter_.fill(place, palette().card, px(mm::radius));
        painter_.outline(place, palette().hairline, px(mm::radius), px(mm::hairline));
        Column within{place.x + padding, inside, place.y + padding, place.bottom() - padding};
        fill(within);
    }
    column.y = place.bottom();
}

void Frame::attention(Column& column, Icon icon, std::function<void(Column&)> const& fill) {
    auto const padding = px(mm::card_padding);
    auto const side = px(26);
    auto const inside = column.width - 3 * padding - side;
    auto const words = height_of(inside, fill);
    auto const height = std::max(words, side) + 2 * px(5);
    Rect const place{column.x, column.y, column.width, height};
    if (!dry_) {
        shown_.lowest_surface = std::max(shown_.lowest_surface, place.bottom());
        painter_.fill(place, palette().attention_tint, px(mm::radius));
        painter_.outline(place, palette().attention, px(mm::radius), px(mm::outline));
        draw_icon(icon, {place.x + padding, std::round(place.centre_y() - side / 2), side, side});
        Column within{place.x + 2 * padding + side, inside,
                      std::round(place.centre_y() - words / 2), place.bottom()};
        fill(within);
    }
    column.y = place.bottom();
}

void Frame::point(Column& column, Icon icon, std::string_view words, float icon_mm, Type type) {
    auto const side = px(icon_mm);
    auto const indent = side + px(5);
    auto const& what = block(words, plain(type), column.width - indent);
    // A small drawing stands on the first line, a large one beside all of them.
    auto const first = what.height / static_cast<float>(what.lines.size());
    auto const height = side > first ? std::max(side, what.height) : what.height;
    auto const beside = side > first ? height : first;
    auto const y = column.y + std::round((height - what.height) / 2);
    if (!dry_) {
        draw_icon(icon, {column.x, std::round(column.y + (beside - side) / 2), side, side});
        painter_.words(what, column.x + indent, y, palette().ink);
    }
    note(words, what, column.x + indent, y);
    column.y += height;
}

// --- Pictures

void Frame::draw_icon(Icon icon, Rect square) {
    if (dry_) return;
    painter_.image(tools_.icons.picture(icon, static_cast<int>(square.width)),
                   {std::round(square.x), std::round(square.y), square.width, square.width},
                   rgb(0xffffff));
}

void Frame::picture(Column& column, Icon icon, float most_mm) {
    auto const side = std::min({px(most_mm), column.left(), column.width});
    if (side < px(20)) return;  // too small to say anything
    draw_icon(icon, {column.x + (column.width - side) / 2,
                     column.y + (column.left() - side) * 0.42F, side, side});
}

void Frame::qr_code(Rect square, std::string_view url, Align align) {
    if (dry_) return;
    auto const code = QrCode::encode(url);
    if (!code) return;
    auto const across = static_cast<float>(code->size());
    // Dark on light in every theme: that is what telephones read. On a dark card the code brings
    // its quiet zone along, within the square.
    bool const dark_card = contrast(rgb(0x000000), palette().card) < 10;
    auto const quiet = dark_card ? static_cast<float>(QrCode::quiet_zone) : 0.0F;
    if (dark_card) painter_.fill(square, rgb(0xffffff));
    auto const module = std::floor(square.width / (across + 2 * quiet));
    auto const spare = square.width - module * across;
    auto const left = align == Align::left && !dark_card ? 0 : std::round(spare / 2);
    auto const above = std::round(spare / 2);
    for (int y = 0; y < code->size(); ++y) {
        for (int x = 0; x < code->size(); ++x) {
            if (!code->dark(x, y)) continue;
            int const begin = x;
            while (x + 1 < code->size() && code->dark(x + 1, y))
                ++x;
            painter_.fill({square.x + left + module * static_cast<float>(begin),
                           square.y + above + module * static_cast<float>(y),
                           module * static_cast<float>(x - begin + 1), module},
                          rgb(0x000000));
        }
    }
}

void Frame::side_by_side(Column& column, float gap_mm, std::function<void(Column&)> const& left,
                         std::function<void(Column&)> const& right, float share) {
    auto const space = column.width - px(gap_mm);
    auto const width = std::round(space * share);
    Column first{column.x, width, column.y, column.bottom};
    Column second{column.x + width + px(gap_mm), space - width, column.y, column.bottom};
    left(first);
    right(second);
    column.y = std::max(first.y, second.y);
}

void Frame::at_the_end(std::function<void()> const& draw) {
    placing_last_ = true;
    draw();
    placing_last_ = false;
}

void Frame::draw_focus() {
    if (!focused_) return;
    auto const away = px(mm::focus_gap);
    painter_.outline(focused_->inset(-away), palette().ink, px(mm::radius) + away,
                     px(mm::focus_ring));
}

Shown Frame::take_shown() {
    auto& last = shown_last_;
    std::ranges::move(last.texts, std::back_inserter(shown_.texts));
    std::ranges::move(last.text_rects, std::back_inserter(shown_.text_rects));
    std::ranges::move(last.widgets, std::back_inserter(shown_.widgets));
    last.texts.clear();
    last.text_rects.clear();
    last.widgets.clear();
    return std::move(shown_);
}

}  // namespace ui
