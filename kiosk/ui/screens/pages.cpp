#include "kiosk/ui/screens/screens.hpp"

#include "kiosk/ui/texts.hpp"

#include <algorithm>

namespace ui::screens {
namespace {

struct Page {
    ConsentSection const* section;
    std::size_t begin;  // of its paragraphs
    std::size_t end;
};

std::string filled(std::string_view paragraph, Site const& site) {
    return fill(paragraph, {{"controller", site.controller},
                            {"controller_address", site.controller_address},
                            {"data_protection_contact", site.data_protection_contact}});
}

void say_paragraph(Frame& frame, Column& column, std::string_view paragraph) {
    frame.say(column, paragraph, frame.plain(Type::body));
    frame.gap(column, 5.5F);
}

// A section begins a page, and goes on on the next where it does not fit.
std::vector<Page> cut(Frame& frame, View const& view, std::vector<ConsentSection> const& sections,
                      Size space) {
    std::vector<Page> result;
    for (auto const& section : sections) {
        float const heading = frame.height_of(space.width, [&](Column& column) {
            frame.say(column, section.title, frame.plain(Type::title));
            frame.gap(column, 7);
        });
        result.push_back({&section, 0, 0});
        float used = heading;
        for (auto const& paragraph : section.paragraphs) {
            auto const words = filled(paragraph, view.site);
            float const height = frame.height_of(
                space.width, [&](Column& column) { say_paragraph(frame, column, words); });
            auto& last = result.back();
            if (used + height > space.height && last.end > last.begin) {
                result.push_back({&section, last.end, last.end});
                used = heading;
            }
            ++result.back().end;
            used += height;
        }
    }
    return result;
}

}  // namespace

void pages(Frame& frame, View const& view, std::vector<ConsentSection> const& sections,
           Action const& leave) {
    using Kind = journey::Edit::Kind;
    Action const next{Action::Look::main, std::string{frame.text("action.next_page")},
                      journey::Edit{Kind::next_page}};
    Action const previous{Action::Look::link, std::string{frame.text("action.previous_page")},
                          journey::Edit{Kind::previous_page}};
    auto leave_link = leave;
    leave_link.look = Action::Look::link;
    frame.reserve_actions({{next}, {previous, leave_link}});

    auto& body = frame.body();
    auto const counter = frame.px(12);
    auto const all = cut(frame, view, sections, {body.width, body.left() - counter});
    auto const page = std::min(view.session.page, all.size() - 1);
    bool const last = page + 1 == all.size();
    std::vector<Action> links;
    if (page > 0) links.push_back(previous);
    if (!last) links.push_back(leave_link);
    Actions rows{{last ? leave : next}};
    if (!links.empty()) rows.push_back(links);
    frame.draw_actions(rows);

    auto const& shown = all[page];
    frame.note_title(shown.section->title);
    frame.say(body, shown.section->title, frame.plain(Type::title));
    frame.gap(body, 7);
    for (std::size_t i = shown.begin; i < shown.end; ++i)
        say_paragraph(frame, body, filled(shown.section->paragraphs[i], view.site));
    Column foot{body.x, body.width, body.bottom - counter, body.bottom};
    frame.say(foot,
              fill(frame.text("action.page"),
                   {{"page", std::to_string(page + 1)}, {"count", std::to_string(all.size())}}),
              frame.soft(Type::small));
}

void explain_more(Frame& frame, View const& view) {
    pages(
        frame, view, frame.consent().explanation_more,
        {Action::Look::main, std::string{frame.text("explain.leave_more")}, journey::Event::back});
}

void consent_details(Frame& frame, View const& view) {
    pages(frame, view, frame.consent().details,
          {Action::Look::main, std::string{frame.text("consent.leave_details")},
           journey::Event::back});
}

}  // namespace ui::screens
