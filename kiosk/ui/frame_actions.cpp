// The rows of actions: which a page offers, and where they stand.
#include "kiosk/ui/frame.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

Actions Frame::of_this_page(Actions const& rows) const {
    if (!paged_) return rows;
    using journey::Edit;
    Action const next{Action::Look::main, std::string{text("action.next_page")},
                      Edit{Edit::Kind::next_page}};
    Action const previous{Action::Look::link, std::string{text("action.previous_page")},
                          Edit{Edit::Kind::previous_page}};
    bool back_needed = page_.begin > 0;
    Actions result;
    if (!last_page()) result.push_back({next});
    for (auto const& row : rows) {
        std::vector<Action> kept;
        for (auto action : row) {
            auto const* const event = std::get_if<journey::Event>(&action.intent);
            bool const back = action.look == Action::Look::link && event != nullptr &&
                              *event == journey::Event::back;
            if (!last_page() && !back && !action.leaves) continue;
            if (!last_page()) action.look = Action::Look::link;
            kept.push_back(back && back_needed ? previous : std::move(action));
            if (back) back_needed = false;
        }
        if (!kept.empty()) result.push_back(std::move(kept));
    }
    if (!back_needed) return result;
    bool const links = !result.empty() && result.back().front().look == Action::Look::link;
    if (!links) result.emplace_back();
    result.back().insert(result.back().begin(), previous);
    return result;
}

float Frame::height_of(std::vector<Action> const& row, std::vector<float> const& widths) {
    float highest = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        auto const& action = row[i];
        auto const width = widths[i];
        bool const link = action.look == Action::Look::link;
        auto const padding = link ? 0 : px(5);
        auto const& what =
            block(action.label, {link ? Type::link : Type::action, palette().ink, Align::centre},
                  width - 2 * padding);
        Target const least = link                                ? mm::link_action
                             : action.look == Action::Look::main ? mm::main_action
                                                                 : mm::other_action;
        highest = std::max({highest, px(least), what.height + (link ? 0 : 2 * px(6))});
    }
    return highest;
}

// Beside the body one under the other; under it in rows, as few as there is width for.
Actions Frame::in_rows(Actions const& wanted, float room) {
    auto const is_link = [](Action const& action) { return action.look == Action::Look::link; };
    // Beside each other they would look unequal, one in two lines.
    auto const breaks = [&](std::vector<Action> const& row) {
        auto const inside = (room - px(mm::gap)) / static_cast<float>(row.size()) - 2 * px(5);
        return row.size() > 1 && std::ranges::any_of(row, [&](Action const& action) {
                   return !is_link(action) &&
                          block(action.label, {Type::action, palette().ink}, inside).lines.size() >
                              1;
               });
    };
    Actions rows;
    for (auto const& row : wanted) {
        bool const apart = landscape() || breaks(row) ||
                           (std::ranges::all_of(row, is_link) && shares(row, room).empty());
        if (!apart) {
            rows.push_back(row);
            continue;
        }
        for (auto const& action : row)
            rows.push_back({action});
    }
    return rows;
}

// The width of each action of a row. Of links the longer takes what the shorter leaves; none where
// they do not stand in one line.
std::vector<float> Frame::shares(std::vector<Action> const& row, float room) {
    auto const count = static_cast<float>(row.size());
    auto spare = room - px(mm::gap) * (count - 1);
    std::vector<float> result(row.size(), std::floor(spare / count));
    bool const links = std::ranges::all_of(
        row, [](Action const& action) { return action.look == Action::Look::link; });
    if (!links || row.size() == 1) return result;
    for (std::size_t i = 0; i < row.size(); ++i) {
        auto const& what = block(row[i].label, {Type::link, palette().ink}, room);
        result[i] = std::ceil(what.widest_line);
        spare -= result[i];
        if (what.lines.size() > 1) return {};
    }
    if (spare < 0) return {};
    for (auto& width : result)
        width += std::floor(spare / count);
    return result;
}

float Frame::height_of(Actions const& rows, float room) {
    float total = -px(mm::gap);
    for (auto const& row : rows)
        total += height_of(row, shares(row, room)) + px(mm::gap);
    return total;
}

void Frame::actions(Actions const& wanted) {
    auto const between = px(mm::gap);
    auto const width = landscape() ? px(mm::actions_beside) : body_.width;
    auto const x = body_.x + body_.width - width;
    auto const offered = of_this_page(wanted);
    if (offered.empty()) return;
    // The answers to one question stand together: their labels are as large as lets them.
    auto const size = size_;
    auto const room = body_.bottom - body_.y - (paged_ ? between + px(mm::page_counter) : 0);
    while (height_of(in_rows(offered, width), width) > room && size_ != journey::TextSize::usual)
        size_ = journey::size_before(size_);
    auto const rows = in_rows(offered, width);
    float y = body_.bottom - height_of(rows, width);
    if (landscape()) {
        body_.width -= width + px(mm::margin);
        aside_ = {x, width, body_.y, y - between};
    } else {
        body_.bottom = y - between;
    }
    if (paged_) {
        auto& above = landscape() ? aside_ : body_;
        above.bottom -= px(mm::page_counter);
        counter_ = {above.x, above.width, above.bottom + px(2),
                    above.bottom + px(mm::page_counter)};
    }
    placing_last_ = true;
    for (auto const& row : rows) {
        auto const widths = shares(row, width);
        auto const height = height_of(row, widths);
        float left = x;
        for (std::size_t i = 0; i < row.size(); ++i) {
            auto const& action = row[i];
            Rect const place{left, y, widths[i], height};
            auto const align = row.size() == 1 ? Align::centre
                               : i == 0        ? Align::left
                                               : Align::right;
            if (action.look == Action::Look::link)
                draw_link(action.label, place, align, action.intent);
            else
                draw_button(action, place);
            left += widths[i] + between;
        }
        y += height + between;
    }
    placing_last_ = false;
    size_ = size;
}

}  // namespace ui
