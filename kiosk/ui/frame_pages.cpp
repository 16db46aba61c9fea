// How a screen is cut into pages. A screen is drawn several times: silently to be measured, then
// for good, each time only the pieces of one page. Words are kept once they are set, so this costs
// little, and what is measured is by construction what is drawn.
#include "kiosk/ui/frame.hpp"

#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace ui {
namespace {

constexpr auto all_pieces = std::numeric_limits<std::size_t>::max();
constexpr float half_pixel = 0.5F;

}  // namespace

void Frame::begin_body() {
    auto const margin = px(mm::margin);
    body_ = {margin, window_.width - 2 * margin,
             top_margin() + px(mm::header) +
                 px(landscape() ? mm::flat_below_header : mm::below_header),
             (reach_ > 0 ? header_top() : comfort_strip_top()) -
                 (landscape() ? px(mm::least_gap) : px(mm::gap)),
             true};
    aside_ = {};
    body_end_ = body_.y;
    next_piece_ = 0;
    sentences_ = 0;
    breaks_.clear();
    whole_ = false;
}

void Frame::measure(std::function<void()> const& draw) {
    bool const before = std::exchange(dry_, true);
    painter_.set_silent(true);
    draw();
    dry_ = before;
    painter_.set_silent(before);
}

bool Frame::fits(std::function<void()> const& screen, Range pieces) {
    page_ = pieces;
    begin_body();
    measure(screen);
    return body_end_ <= body_.bottom + half_pixel;
}

// Where each page begins, and the end.
std::vector<std::size_t> Frame::cut(std::function<void()> const& screen) {
    auto const breaks = breaks_;
    std::vector<std::size_t> begins{0};
    while (begins.back() < pieces_) {
        auto const begin = begins.back();
        auto const next = std::ranges::upper_bound(breaks, begin);
        auto const most = next == breaks.end() ? pieces_ : *next;
        // At least one; of those between, the largest number that fits.
        auto few = begin + 1;
        auto many = most;
        if (fits(screen, {begin, most})) few = most;
        while (few < many) {
            auto const between = (few + many + 1) / 2;
            if (between < most && fits(screen, {begin, between}))
                few = between;
            else
                many = between - 1;
        }
        begins.push_back(few);
    }
    return begins;
}

void Frame::lay_out(std::size_t page, std::optional<std::size_t> place,
                    std::function<void()> const& screen) {
    paged_ = false;
    pieces_ = all_pieces;
    before_.clear();
    bool one_page = fits(screen, {0, all_pieces});
    while (whole_ && !one_page && size_ != journey::TextSize::usual) {
        size_ = journey::size_before(size_);
        one_page = fits(screen, {0, all_pieces});
    }
    pieces_ = next_piece_;
    std::vector<std::size_t> begins{0, pieces_};
    if (!whole_ && pieces_ > 0 && (!one_page || !breaks_.empty())) {
        paged_ = true;
        begins = cut(screen);
    }
    // One page that fits only as a page stays one: a picture is left out, a piece is smaller.
    auto const last = begins.size() - 2;
    // One more, for the end: a screen without pieces has a place too.
    before_.resize(pieces_ + 1, sentences_);
    if (place)
        for (page = 0; page < last && before_[begins[page + 1]] <= *place;)
            ++page;
    auto const shown = std::min(page, last);
    shown_.page = shown;
    shown_.before_page = before_[begins[shown]];
    page_ = {begins[shown], paged_ ? begins[shown + 1] : all_pieces};
    begin_body();
    screen();
    // Many large answers leave no room for it.
    if (last == 0 || counter_.y < aside_.y) return;
    say(counter_,
        fill(text("action.page"),
             {{"page", std::to_string(shown + 1)}, {"count", std::to_string(last + 1)}}),
        soft(Type::small));
}

void Frame::piece(Column& column, std::function<void(Column&)> const& draw, bool touched,
                  std::size_t sentences) {
    if (!column.flows) return draw(column);
    auto const index = next_piece_++;
    if (index == before_.size()) before_.push_back(sentences_);
    sentences_ += sentences;
    if (!on_page(index)) return;
    touched_ |= touched;
    if (touched && &column == &body_) column.y = std::max(column.y, reach_);
    column.flows = false;
    auto const size = size_;
    if (paged_ && index == page_.begin) shrink_to_page(column, draw);
    draw(column);
    size_ = size;
    column.flows = true;
    if (&column == &body_) body_end_ = column.y;
}

// Counted while the pieces are: the first time that a screen is laid out.
std::size_t Frame::sentences_in_each(std::vector<std::string_view> const& parts) const {
    bool const counting = pieces_ == all_pieces;
    return counting && parts.size() == 1 ? sentences(parts.front()).size() : 1;
}

// The first piece of a page, where it is longer than the page, is written smaller.
void Frame::shrink_to_page(Column const& column, std::function<void(Column&)> const& draw) {
    auto const too_long = [&] {
        auto space = column;
        measure([&] { draw(space); });
        return space.y > column.bottom + half_pixel;
    };
    while (size_ != journey::TextSize::usual && too_long())
        size_ = journey::size_before(size_);
}

bool Frame::shows(std::function<void(Column&)> const& fill) {
    auto const first = next_piece_;
    auto const sentences = sentences_;
    Column column{0, body_.width, 0, std::numeric_limits<float>::infinity(), true};
    measure([&] { fill(column); });
    auto const end = std::exchange(next_piece_, first);
    sentences_ = sentences;
    return first < page_.end && end > page_.begin;
}

void Frame::gap(Column& column, float millimetres) {
    // Between two pieces that are both on this page.
    bool const between = next_piece_ > page_.begin && next_piece_ < page_.end;
    if (!column.flows || !paged_ || between) column.y += px(millimetres);
}

float Frame::height_of(float width, std::function<void(Column&)> const& fill) {
    Column column{0, width, 0, std::numeric_limits<float>::infinity()};
    measure([&] { fill(column); });
    return column.y;
}

// Of what a card shows on this page; 0 when it is on another. The pieces are counted.
float Frame::card_height(Column const& column, std::function<void(Column&)> const& fill) {
    auto const padding = px(mm::card_padding);
    auto const room =
        column.flows ? column.left() - 2 * padding : std::numeric_limits<float>::infinity();
    Column within{0, column.width - 2 * padding, 0, room, column.flows};
    touched_ = false;
    measure([&] { fill(within); });
    return within.y;
}

void Frame::card(Column& column, std::function<void(Column&)> const& fill) {
    auto const first = next_piece_;
    auto const inside = card_height(column, fill);
    if (column.flows && inside <= 0) return;
    auto const padding = px(mm::card_padding);
    if (touched_ && &column == &body_) column.y = std::max(column.y, reach_);
    Rect const place{column.x, column.y, column.width, inside + 2 * padding};
    if (!dry_) {
        next_piece_ = first;
        note_surface(place);
        painter_.fill(place, palette().card, px(mm::radius));
        painter_.outline(place, palette().hairline, px(mm::radius), px(mm::hairline));
        Column within{place.x + padding, column.width - 2 * padding, place.y + padding,
                      column.flows ? column.bottom - padding : place.bottom() - padding,
                      column.flows};
        fill(within);
    }
    column.y = place.bottom();
    if (&column == &body_) body_end_ = column.y;
}

}  // namespace ui
