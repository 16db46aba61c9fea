#include "kiosk/ui/frame.hpp"

#include "kiosk/journey/private_text.hpp"
#include "kiosk/ui/qr_code.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

// Dark modules that touch are filled as one.
void draw_modules(Painter& painter, QrCode const& code, float left, float top, float module) {
    for (int y = 0; y < code.size(); ++y) {
        for (int x = 0; x < code.size(); ++x) {
            if (!code.dark(x, y)) continue;
            int const begin = x;
            while (x + 1 < code.size() && code.dark(x + 1, y))
                ++x;
            painter.fill({left + module * static_cast<float>(begin),
                          top + module * static_cast<float>(y),
                          module * static_cast<float>(x - begin + 1), module},
                         rgb(0x000000));
        }
    }
}

}  // namespace

Frame::Frame(Toolbox const& tools, Size window, int scope, FocusMark focus)
    : tools_(tools), window_(window), focus_(std::move(focus)),
      painter_(tools.icons, scope, window.width) {
    painter_.set_mirrored(right_to_left(tools.texts.deck()));
}

float Frame::comfort_strip_top() const {
    return landscape() ? window_.height - px(mm::flat_comfort_margin) - px(mm::flat_comfort_field)
                       : window_.height - px(mm::comfort_margin) - px(mm::comfort_field);
}

float Frame::header_top() const {
    return reach_ > 0 ? comfort_strip_top() - px(mm::gap) - px(mm::header) : top_margin();
}

void Frame::unmirrored(std::function<void()> const& draw) {
    bool const before = painter_.mirrored();
    painter_.set_mirrored(false);
    draw();
    painter_.set_mirrored(before);
}

// --- Words

TextBlock const& Frame::block(std::string_view words, Wording const& wording, float width) {
    bool const short_text = wording.type == Type::title || wording.type == Type::heading ||
                            wording.type == Type::action || wording.type == Type::link;
    // Most words are drawn as they are.
    std::string unvowelled;
    std::string parted;
    if (right_to_left(texts().deck())) words = unvowelled = without_vowel_marks(words);
    if (words.find('@') != std::string_view::npos) words = parted = breakable(words);
    auto const& block = tools_.words.block(
        {words, wording.type, width, wording.align, size_, painter_.mirrored(), wording.marked,
         short_text ? TextRequest::Lines::alike : TextRequest::Lines::no_orphan, wording.colour},
        dry_ ? Use::measured : Use::painted);
    journey::cleanse(unvowelled.data(), unvowelled.size());
    journey::cleanse(parted.data(), parted.size());
    return block;
}

void Frame::note(std::string_view words, TextBlock const& block, float x, float y) {
    if (dry_ || inert_ || words.empty()) return;
    float left = block.width;
    for (auto const& line : block.lines)
        left = std::min(left, line.x);
    auto& shown = placing_last_ ? shown_last_ : shown_;
    shown.texts.emplace_back(words);
    shown.text_rects.push_back(painter_.placed({x + left, y, block.widest_line, block.height}));
}

// A paragraph of larger text may be longer than a page: its sentences are pieces of their own.
std::vector<std::string_view> Frame::parts_of(std::string_view words,
                                              Wording const& wording) const {
    bool const parted = size_ != journey::TextSize::usual && !wording.marked;
    return parted ? sentences(words) : std::vector{words};
}

void Frame::say(Column& column, std::string_view words, Wording const& wording) {
    if (!column.flows) return say_piece(column, words, wording, 1);
    auto const parts = parts_of(words, wording);
    auto const each = sentences_in_each(parts);
    for (auto const part : parts)
        say_piece(column, part, wording, each);
}

void Frame::say_whole(Column& column, std::string_view words, Wording const& wording) {
    auto const size = size_;
    while (size_ != journey::TextSize::usual &&
           block(words, wording, column.width).lines.size() > 1)
        size_ = journey::size_before(size_);
    say(column, words, wording);
    size_ = size;
}

void Frame::say_piece(Column& column, std::string_view words, Wording const& wording,
                      std::size_t sentences) {
    auto const draw = [&](Column& space) {
        auto const& what = block(words, wording, space.width);
        painter_.words(what, space.x, space.y);
        note(words, what, space.x, space.y);
        space.y += what.height;
    };
    piece(column, draw, false, sentences);
}

// Where actions stand beside the body, the first words go across them too: they stand lower.
void Frame::say_across(Column& column, std::string_view words, Wording const& wording) {
    Column whole{column.x, window_.width - 2 * column.x, column.y, column.bottom};
    auto const height = block(words, wording, whole.width).height;
    bool const clear = landscape() && (aside_.width == 0 || column.y + height <= aside_.bottom);
    auto& space = clear ? whole : column;
    say(space, words, wording);
    column.y = space.y;
}

// Above the pieces of every page, smaller where they go on.
void Frame::title(std::string_view words, Type type) {
    note_title(words);
    // Where height is short, a very long name in it is written smaller.
    bool const long_one = has_aside() && block(words, plain(type), body_.width).lines.size() > 2;
    if (long_one || continued()) type = Type::heading;
    body_.flows = false;
    say_across(body_, words, plain(type));
    body_.y += px(5);
    body_.flows = true;
}

void Frame::lead(std::string_view words, bool marked, Type type) {
    auto wording = plain(type);
    wording.marked = marked;
    auto const parts = parts_of(words, wording);
    auto const each = sentences_in_each(parts);
    for (auto const part : parts)
        piece(
            body_, [&](Column& space) { say_across(space, part, wording); }, false, each);
    gap(body_, mm::gap);
}

// --- Cards

void Frame::note_surface(Rect const& place) {
    if (!dry_) shown_.lowest_surface = std::max(shown_.lowest_surface, place.bottom());
}

void Frame::attention(Column& column, Icon icon, std::function<void(Column&)> const& fill) {
    auto const padding = px(mm::card_padding);
    auto const side = px(has_aside() ? 26 : 20);
    auto const inside = column.width - 3 * padding - side;
    auto const words = height_of(inside, fill);
    Rect const place{column.x, column.y, column.width, std::max(words, side) + 2 * px(5)};
    note_surface(place);
    painter_.fill(place, palette().attention_tint, px(mm::radius));
    painter_.outline(place, palette().attention, px(mm::radius), px(mm::outline));
    draw_icon(icon, {place.x + padding, std::round(place.centre_y() - side / 2), side, side});
    Column within{place.x + 2 * padding + side, inside, std::round(place.centre_y() - words / 2),
                  place.bottom()};
    fill(within);
    column.y = place.bottom();
}

void Frame::point(Column& column, Icon icon, std::string_view words, float icon_mm, Type type) {
    piece(column, [&](Column& space) {
        auto const side = px(icon_mm);
        auto const indent = side + px(5);
        auto const& what = block(words, plain(type), space.width - indent);
        // A small drawing stands on the first line, a large one beside all of them.
        auto const first = what.height / static_cast<float>(what.lines.size());
        auto const height = side > first ? std::max(side, what.height) : what.height;
        auto const beside = side > first ? height : first;
        auto const y = space.y + std::round((height - what.height) / 2);
        draw_icon(icon, {space.x, std::round(space.y + (beside - side) / 2), side, side});
        painter_.words(what, space.x + indent, y);
        note(words, what, space.x + indent, y);
        space.y += height;
    });
}

// --- Pictures

void Frame::draw_icon(Icon icon, Rect square) {
    if (dry_) return;
    painter_.image(tools_.icons.picture(icon, static_cast<int>(square.width)),
                   {std::round(square.x), std::round(square.y), square.width, square.width},
                   rgb(0xffffff));
}

// Says nothing that the words do not: it is left out rather than given a page of its own.
void Frame::picture(Column& column, Icon icon, float most_mm) {
    if (paged_) return;
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
    bool const at_edge = align == Align::left && !dark_card;
    auto const inset = std::round(spare / 2);
    auto const left = at_edge ? (painter_.mirrored() ? spare : 0) : inset;
    auto const place = painter_.placed(square);
    // The mirror image of a code is another code, which many telephones do not read.
    unmirrored([&] { draw_modules(painter_, *code, place.x + left, place.y + inset, module); });
}

void Frame::side_by_side(Column& column, float gap_mm, std::function<void(Column&)> const& left,
                         std::function<void(Column&)> const& right, float share) {
    piece(column, [&](Column& space) {
        auto const room = space.width - px(gap_mm);
        auto const width = std::round(room * share);
        Column first{space.x, width, space.y, space.bottom};
        Column second{space.x + width + px(gap_mm), room - width, space.y, space.bottom};
        left(first);
        right(second);
        space.y = std::max(first.y, second.y);
    });
}

void Frame::at_the_end(std::function<void()> const& draw) {
    placing_last_ = true;
    draw();
    placing_last_ = false;
}

void Frame::draw_focus() {
    if (!focused_) return;
    auto const away = px(mm::focus_gap);
    unmirrored([&] {
        painter_.outline(focused_->inset(-away), palette().ink, px(mm::radius) + away,
                         px(mm::focus_ring));
    });
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
