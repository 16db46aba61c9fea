// Whose record, and who asks for it.
#include "kiosk/ui/screens/screens.hpp"

#include "kiosk/ui/texts.hpp"

namespace ui::screens {
namespace {

using journey::Event;
using journey::Pick;

std::string first_name(journey::Person const& person) {
    return std::string{person.first_name.view()};
}

// A card of six digits says 12 for 1912 and for 2012.
std::string short_year(journey::Person const& person, std::string_view century) {
    return std::string{century} + std::string{person.birth_date.view().substr(0, 2)};
}

std::string born(Frame& frame, journey::Person const& person) {
    if (auto const year = person.birth_year(); year > 0)
        return fill(frame.text("choose_person.born"), {{"year", std::to_string(year)}});
    return fill(frame.text("choose_person.born_either"),
                {{"early", short_year(person, "19")}, {"late", short_year(person, "20")}});
}

// A question with answers of the same weight, and the way back where there is one.
void answers(Frame& frame, Actions rows, bool back) {
    if (back)
        rows.push_back({{Action::Look::link, std::string{frame.text("action.back")}, Event::back}});
    frame.actions(rows);
}

template <class Named>
std::string joined(Named const& person) {
    return std::string{person.first_name.view()} + " " + std::string{person.family_name.view()};
}

bool several(View const& view) { return view.session.persons.size() > 1; }

}  // namespace

std::string full_name(journey::Person const& person) { return joined(person); }
std::string full_name(journey::Representative const& person) { return joined(person); }

void choices(Frame& frame, std::size_t count,
             std::function<void(Column&, std::size_t)> const& draw) {
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) frame.gap(frame.body(), mm::gap);
        draw(frame.body(), i);
    }
}

void choose_person(Frame& frame, View const& view) {
    frame.actions({{{Action::Look::link, std::string{frame.text("choose_person.not_listed")},
                     Event::not_me}}});
    frame.title(frame.text("choose_person.title"));
    frame.lead(frame.text("choose_person.lead"));
    auto const& persons = view.session.persons;
    choices(frame, persons.size(), [&](Column& column, std::size_t i) {
        frame.choice(column, full_name(persons[i]), born(frame, persons[i]),
                     Pick{Pick::Of::person, i});
    });
}

void birth_century(Frame& frame, View const& view) {
    auto const& person = view.session.patient();
    answers(frame,
            {{{Action::Look::other, short_year(person, "19"), Pick{Pick::Of::century, 0}},
              {Action::Look::other, short_year(person, "20"), Pick{Pick::Of::century, 1}}}},
            several(view));
    frame.title(fill(frame.text("birth_century.title"), {{"name", first_name(person)}}));
    frame.lead(frame.text("birth_century.lead"));
}

void other_adult(Frame& frame, View const& view) {
    auto const name = full_name(view.session.patient());
    answers(
        frame,
        {{{Action::Look::main, std::string{frame.text("other_adult.yes")}, Event::confirm_person}},
         {{Action::Look::other, std::string{frame.text("other_adult.no")}, Event::not_me}}},
        true);
    frame.title(fill(frame.text("other_adult.title"), {{"name", name}}));
    frame.lead(frame.text("other_adult.lead"));
}

void representative(Frame& frame, View const& view) {
    auto const& session = view.session;
    auto const child = first_name(session.patient());
    answers(frame,
            {{{Action::Look::link, std::string{frame.text("representative.none")},
               Event::no_representative}}},
            several(view));
    frame.title(fill(frame.text("representative.title"), {{"child", child}}));
    frame.lead(frame.text("representative.lead"));
    // Whoever is on the card and old enough, then anybody else.
    choices(frame, session.adults.size() + 1, [&](Column& column, std::size_t i) {
        if (i < session.adults.size())
            frame.choice(column, full_name(session.persons[session.adults[i]]), {},
                         Pick{Pick::Of::representative, session.adults[i]});
        else
            frame.choice(column, frame.text("representative.other"),
                         frame.text("representative.other_detail"), Event::type_representative);
    });
}

void relationship(Frame& frame, View const& view) {
    answers(frame, {}, true);
    frame.title(
        fill(frame.text("relationship.title"), {{"child", first_name(view.session.patient())}}));
    choices(frame, view.site.relationships.size(), [&](Column& column, std::size_t i) {
        frame.choice(column, frame.text("relationship." + view.site.relationships[i]), {},
                     Pick{Pick::Of::relationship, i});
    });
}

void authority(Frame& frame, View const& view) {
    auto const name = full_name(view.session.representative);
    answers(
        frame,
        {{{Action::Look::main, std::string{frame.text("authority.yes")}, Event::declare_authority}},
         {{Action::Look::other, std::string{frame.text("authority.no")}, Event::no_authority}}},
        true);
    frame.title(frame.text("authority.title"));
    frame.lead(fill(frame.text("authority.lead"),
                    {{"name", name}, {"child", first_name(view.session.patient())}}),
               true);
}

void childs_word(Frame& frame, View const& view) {
    answers(frame,
            {{{Action::Look::other, std::string{frame.text("childs_word.agrees")},
               Event::child_agrees}},
             {{Action::Look::other, std::string{frame.text("childs_word.too_young")},
               Event::child_too_young}},
             {{Action::Look::other, std::string{frame.text("childs_word.refuses")},
               Event::child_refuses}}},
            true);
    frame.title(
        fill(frame.text("childs_word.title"), {{"child", first_name(view.session.patient())}}));
    frame.lead(frame.text("childs_word.lead"));
    frame.card(frame.body(), [&](Column& column) {
        frame.say(column, frame.text("childs_word.say"), frame.plain(Type::lead));
    });
}

}  // namespace ui::screens
