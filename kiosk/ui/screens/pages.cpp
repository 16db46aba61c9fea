#include "kiosk/ui/screens/screens.hpp"

#include "kiosk/ui/texts.hpp"

#include <algorithm>

namespace ui::screens {
namespace {

struct Page {
    ConsentSection const* section;
    std::size_t begin; // of its paragraphs
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

} // namespace

void pages(Frame& frame, View const& view, std::vector<ConsentSection> const& sections,
           Action const& leave) {
    using Kind = journey::Edit::Kind;
    // The actions of the last page are as high as those of the others: the space is the same.
    auto const next = Action{Action::Look::main, std::string{frame.text("action.next_page")},
                             journey::Edit{Kind::next_page}};
    auto const previous =
        Action{Action::Look::link, std::string{frame.text("action.previous_page")},
               journey::Edit{Kind::previous_page}};
    auto leave_link = leave;
    leave_link.look = Action::Look::link;
    auto leave_main = leave;
    leave_main.look = Action::Look::main;

    auto& body = frame.body();
    auto const before = body;
    auto const counter = frame.px(12);
    float const actions = frame.landscape() ? 0
                                            : frame.px(mm::main_action) + frame.px(mm::gap) +
                                                  frame.px(mm::link_action) + frame.px(mm::gap);
    float const beside = frame.landscape() ? frame.px(104) + frame.px(mm::margin) : 0;
    auto const all =
        cut(frame, view, sections, {before.width - beside, before.left() - actions - counter});
    auto const page = std::min(view.session.page, all.size() - 1);
    bool const first = page == 0;
    bool const last = page + 1 == all.size();

    std::vector<Action> links;
    if (!first) links.push_back(previous);
    if (!last) links.push_back(leave_link);
    frame.actions({{last ? leave_main : next}, links});

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

} // namespace ui::screens
