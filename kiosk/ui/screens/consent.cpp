// Whose record, what it is, and whether the person agrees.
#include "kiosk/ui/screens/screens.hpp"

#include "kiosk/ui/texts.hpp"

#include <algorithm>

namespace ui::screens {
namespace {

using journey::Event;
using Kind = journey::Edit::Kind;

std::string full_name(journey::Person const& person) {
    return std::string{person.first_name.view()} + " " + std::string{person.family_name.view()};
}

}  // namespace

void choose_person(Frame& frame, View const& view) {
    auto const& persons = view.session.persons;
    auto const entry = [&](Column& column, std::size_t i) {
        auto const& person = persons[i];
        auto const year = person.birth_year > 0
                              ? fill(frame.text("choose_person.born"),
                                     {{"year", std::to_string(person.birth_year)}})
                              : std::string{};
        frame.choice(column, "person_" + std::to_string(i), full_name(person), year,
                     person.position == 0 ? Event::chose_insured_adult : Event::must_go_to_desk);
        frame.gap(column, mm::gap);
    };
    auto& body = frame.body();
    auto const turn = frame.px(mm::link_action) + frame.px(mm::gap);
    frame.title(frame.text("choose_person.title"));
    frame.lead(frame.text("choose_person.lead"));

    // As many as fit, in order; the rest on further pages.
    std::vector<std::size_t> first_of_page{0};
    float used = 0;
    for (std::size_t i = 0; i < persons.size(); ++i) {
        float const height = frame.height_of(body.width, [&](Column& column) { entry(column, i); });
        if (used + height > body.left() - turn && i > first_of_page.back()) {
            first_of_page.push_back(i);
            used = 0;
        }
        used += height;
    }
    auto const page = std::min(view.session.page, first_of_page.size() - 1);
    bool const last = page + 1 == first_of_page.size();
    auto const end = last ? persons.size() : first_of_page[page + 1];
    for (std::size_t i = first_of_page[page]; i < end; ++i)
        entry(body, i);
    if (first_of_page.size() == 1) return;
    Rect const foot{body.x, body.bottom - frame.px(mm::link_action), body.width,
                    frame.px(mm::link_action)};
    if (page > 0)
        frame.draw_link(frame.text("action.previous_page"), foot, Align::left,
                        journey::Edit{Kind::previous_page});
    if (!last)
        frame.draw_link(frame.text("action.next_page"), foot, Align::right,
                        journey::Edit{Kind::next_page});
}

void explain(Frame& frame, View const&) {
    frame.actions({{{Action::Look::main, std::string{frame.text("action.next")}, Event::next}},
                   {{Action::Look::link, std::string{frame.text("explain.more")}, Event::more}}});
    frame.title(frame.consent().explanation_title);
    auto& body = frame.body();
    constexpr std::array icons{Icon::document, Icon::stethoscope, Icon::phone};
    frame.card(body, [&](Column& column) {
        for (std::size_t i = 0; i < frame.consent().explanation.size(); ++i) {
            if (i > 0) frame.gap(column, 9);
            frame.point(column, icons[i % icons.size()], frame.consent().explanation[i], 17,
                        Type::lead);
        }
    });
    frame.gap(body, 8);
    frame.say(body, frame.consent().already_open, frame.soft(Type::body));
}

void consent(Frame& frame, View const& view) {
    // Yes and no are alike in every respect, and thinking it over is as easy to reach.
    frame.actions(
        {{{Action::Look::other, std::string{frame.text("consent.yes")}, Event::accept},
          {Action::Look::other, std::string{frame.text("consent.no")}, Event::refuse}},
         {{Action::Look::other, std::string{frame.text("consent.think")}, Event::think_over}},
         {{Action::Look::link, std::string{frame.text("action.back")}, Event::back}}});
    frame.title(frame.consent().question);
    auto const who = fill(frame.consent().i_am, {{"name", full_name(view.session.patient())}});
    auto& body = frame.body();
    auto const statements = [&](float between) {
        return [&frame, between](Column& space) {
            frame.card(space, [&](Column& column) {
                for (auto const& statement : frame.consent().statements) {
                    frame.point(column, Icon::check_mark, statement);
                    frame.gap(column, between);
                }
                frame.link(column, frame.text("consent.more"), Event::more);
            });
        };
    };
    // A very long name is written smaller, and the lines stand closer: nothing is left out.
    auto const before = body;
    bool const fits = frame.height_of(body.width, [&](Column& column) {
        auto wording = frame.plain(Type::lead);
        wording.marked = true;
        frame.say(column, who, wording);
        frame.gap(column, mm::gap);
        statements(5)(column);
    }) <= before.left();
    frame.lead(who, true, fits ? Type::lead : Type::body);
    statements(fits ? 5 : 2)(body);
}

}  // namespace ui::screens
