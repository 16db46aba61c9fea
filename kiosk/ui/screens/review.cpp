// All that will be sent, each line to be corrected.
#include "kiosk/ui/screens/screens.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <cmath>

namespace ui::screens {
namespace {

using journey::Event;

struct Line {
    std::string label;
    std::string value;          // "\n" between two values
    std::string_view act = {};  // text id
    Intent intent = Event::done;
    bool whole = false;  // in one line
};

std::string contact_of(Frame const& frame, journey::Session const& session) {
    std::string contact = in_pairs(session.mobile.view());
    if (!session.email.empty())
        contact.append(contact.empty() ? "" : "\n").append(session.email.view());
    return contact.empty() ? std::string{frame.text("review.none")} : contact;
}

Line person_line(Frame const& frame, journey::Session const& session) {
    Line line{std::string{frame.text("review.name")}, full_name(session.patient())};
    if (session.persons.size() > 1) {
        line.act = "review.change";
        line.intent = Event::change_person;
    }
    return line;
}

Line birth_date_line(Frame const& frame, journey::Session const& session) {
    auto const& person = session.patient();
    Line line{std::string{frame.text("review.birth_date")},
              date_in_words(person.whole_birth_date.view(), frame.texts())};
    // Only the century was asked; the rest is the card's.
    if (person.birth_date.view().size() != person.whole_birth_date.view().size()) {
        line.act = "review.change";
        line.intent = Event::change_century;
    }
    return line;
}

Line representative_line(Frame const& frame, journey::Session const& session, Site const& site) {
    auto const& who = session.representative;
    auto value = full_name(who);
    if (who.relationship)
        value.append("\n").append(
            frame.text("relationship." + site.relationships.at(*who.relationship)));
    return {std::string{frame.text("review.representative")}, value, "review.change",
            Event::change_representative};
}

std::vector<Line> lines(Frame const& frame, View const& view) {
    auto const& session = view.session;
    auto const words = [&](std::string_view id) { return std::string{frame.text(id)}; };
    auto const answer = [&](bool yes) { return frame.text(yes ? "review.yes" : "review.no"); };
    bool const own_number = session.enrolled == 0;

    std::vector<Line> all{
        person_line(frame, session),
        {words("review.birth_name"),
         std::string{session.birth_name.empty() ? session.patient().family_name.view()
                                                : session.birth_name.view()},
         "review.change", Event::change_name},
        birth_date_line(frame, session)};
    if (session.minor()) all.push_back(representative_line(frame, session, view.site));
    all.push_back({words(own_number ? "review.number" : "review.number_insured"),
                   left_to_right(number_in_groups(session.nir.view(), !session.number_shown)),
                   session.number_shown ? "review.hide" : "review.show",
                   journey::Edit{journey::Edit::Kind::show_number}, true});
    all.push_back({words(session.minor() ? "review.contact_child" : "review.contact"),
                   contact_of(frame, session), "review.change", Event::change_contact});
    all.push_back({words("review.emergency"),
                   fill(frame.text("review.accesses"),
                        {{"samu", answer(session.emergency.samu)},
                         {"professional", answer(session.emergency.professional)}}),
                   "review.change", Event::change_emergency});
    return all;
}

constexpr float line_gap_mm = 2.2F;

void draw_line(Frame& frame, Column& column, Line const& line, bool ruled) {
    if (ruled) {
        column.y += frame.px(line_gap_mm);
        frame.painter().fill({column.x, column.y, column.width, frame.px(mm::hairline)},
                             frame.palette().hairline);
        column.y += frame.px(line_gap_mm);
    }
    auto const act_width =
        line.act.empty()
            ? 0.0F
            : std::ceil(frame.block(frame.text(line.act), frame.plain(Type::link), column.width)
                            .widest_line);
    auto const top = column.y;
    Column words{column.x, column.width - act_width - frame.px(4), column.y, column.bottom};
    frame.say(words, line.label, frame.soft(Type::small));
    // A very long name is written smaller.
    auto const& usual = frame.block(line.value, frame.plain(Type::strong), words.width);
    auto const type = frame.has_aside() && usual.lines.size() > 3 ? Type::small : Type::strong;
    if (line.whole)
        frame.say_whole(words, line.value, frame.plain(type));
    else
        frame.say(words, line.value, frame.plain(type));
    auto const height = std::max(words.y - top, frame.px(mm::link_action));
    if (!line.act.empty())
        frame.draw_link(frame.text(line.act),
                        {column.x + column.width - act_width, top, act_width, height}, Align::right,
                        line.intent);
    column.y = top + height;
}

}  // namespace

void review(Frame& frame, View const& view) {
    // Cut into pages, nothing is sent before its last line was on the screen.
    frame.actions(
        {{{Action::Look::main, std::string{frame.text("review.send")}, Event::send}},
         {{Action::Look::link, std::string{frame.text("action.back")}, Event::back},
          {Action::Look::link, std::string{frame.text("review.cancel")}, Event::cancel}}});
    frame.title(frame.text("review.title"));
    frame.lead(frame.text("review.lead"));
    auto const all = lines(frame, view);
    frame.card(frame.body(), [&](Column& within) {
        auto const top = within.y;
        for (auto const& line : all)
            frame.piece(
                within, [&](Column& column) { draw_line(frame, column, line, column.y > top); },
                !line.act.empty());
    });
}

}  // namespace ui::screens
