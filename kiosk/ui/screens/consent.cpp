// What a DMP is, and whether the person agrees.
#include "kiosk/ui/screens/screens.hpp"

#include "kiosk/ui/texts.hpp"

#include <algorithm>

namespace ui::screens {
namespace {

using journey::Event;

// "I am LUC EXEMPLE", or for whom the representative decides.
std::string who_consents(ConsentWords const& words, journey::Session const& session) {
    auto const patient = full_name(session.patient());
    auto const name = session.minor() ? full_name(session.representative) : patient;
    return fill(words.i_am, {{"name", name}, {"child", patient}});
}

}  // namespace

void explain(Frame& frame, View const& view) {
    auto const& session = view.session;
    std::vector<Action> links{
        {Action::Look::link, std::string{frame.text("explain.more")}, Event::more}};
    // Somebody decides for this adult; for a minor the representative is already known.
    if (!session.minor())
        links.push_back({Action::Look::link, std::string{frame.text("explain.guardianship")},
                         Event::under_guardianship});
    frame.actions(
        {{{Action::Look::main, std::string{frame.text("action.next")}, Event::next}}, links});
    frame.title(frame.consent().explanation_title);
    auto& body = frame.body();
    auto const& sentences = frame.consent().of(session.minor()).explanation;
    auto const card_top = body.y;
    constexpr std::array icons{Icon::document, Icon::stethoscope, Icon::phone};
    auto const between = frame.has_aside() ? 5.0F : 9.0F;
    frame.card(body, [&](Column& column) {
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            if (i > 0) frame.gap(column, between);
            frame.point(column, icons[i % icons.size()], sentences[i], 17,
                        frame.flat() ? Type::body : Type::lead);
        }
    });
    // Beside the card where there is no room below it.
    auto& below = frame.has_aside() ? frame.aside() : body;
    if (frame.has_aside())
        below.y = card_top;
    else
        frame.gap(body, 8);
    // The answer stays with its question.
    frame.piece(below, [&](Column& together) {
        frame.say(together, frame.consent().of(session.minor()).already_open,
                  frame.soft(Type::body));
    });
    if (!session.provisional) return;
    frame.gap(body, 4);
    frame.say(body, frame.text("explain.provisional"), frame.plain(Type::strong));
}

void consent(Frame& frame, View const& view) {
    // Yes and no are alike in every respect, and thinking it over is as easy to reach.
    Actions rows{
        {{Action::Look::other, std::string{frame.text("consent.yes")}, Event::accept},
         {Action::Look::other, std::string{frame.text("consent.no")}, Event::refuse}},
        {{Action::Look::other, std::string{frame.text("consent.think")}, Event::think_over}}};
    // "More" belongs to the text; a low screen has room for it beside.
    if (frame.has_aside())
        rows.push_back(
            {{Action::Look::link, std::string{frame.text("consent.more")}, Event::more}});
    rows.push_back({{Action::Look::link, std::string{frame.text("action.back")}, Event::back}});
    frame.actions(rows);
    auto const& words = frame.consent().of(view.session.minor());
    auto const who = who_consents(words, view.session);
    auto& body = frame.body();
    bool const link_first =
        view.session.comfort.low || frame.text_size() != journey::TextSize::usual;
    auto const statements = [&](float between, Type type) {
        return [&frame, &words, between, type, link_first](Column& space) {
            frame.card(space, [&](Column& column) {
                // Where the text goes on on the next page a link must not be all that stands above
                // the answers.
                bool const first = link_first && !frame.has_aside();
                if (first) frame.link(column, frame.text("consent.more"), Event::more);
                for (std::size_t i = 0; i < words.statements.size(); ++i) {
                    if (i > 0 || first) frame.gap(column, between);
                    frame.point(column, Icon::check_mark, words.statements[i], 10, type);
                }
                if (first || frame.has_aside()) return;
                frame.gap(column, between);
                frame.link(column, frame.text("consent.more"), Event::more);
            });
        };
    };
    // Very long names are written smaller, and the lines stand closer: nothing is left out.
    struct Manner {
        Type question;
        Type who;
        float between;
        Type statements;
    };
    constexpr std::array manners{Manner{Type::title, Type::lead, 5, Type::body},
                                 Manner{Type::title, Type::body, 2, Type::body},
                                 Manner{Type::heading, Type::body, 2, Type::body},
                                 Manner{Type::heading, Type::body, 0.5F, Type::body},
                                 Manner{Type::heading, Type::small, 0.5F, Type::body},
                                 Manner{Type::heading, Type::small, 0.5F, Type::small}};
    auto const across = frame.window().width - 2 * body.x;
    auto const room = body.left();
    auto const fits = [&](Manner const& manner) {
        auto const question = frame.height_of(across, [&](Column& column) {
            frame.say(column, words.question, frame.plain(manner.question));
            frame.gap(column, 5);
        });
        return question + frame.height_of(body.width, [&](Column& column) {
            auto wording = frame.plain(manner.who);
            wording.marked = true;
            frame.say(column, who, wording);
            frame.gap(column, mm::gap);
            statements(manner.between, manner.statements)(column);
        }) <= room;
    };
    // What fits in none of these, and larger text, goes on on a second page instead.
    auto const* const found = frame.text_size() == journey::TextSize::usual
                                  ? std::ranges::find_if(manners, fits)
                                  : manners.begin();
    auto const& manner = found == manners.end() ? manners.front() : *found;
    frame.title(words.question, manner.question);
    frame.lead(who, true, manner.who);
    statements(manner.between, manner.statements)(body);
}

}  // namespace ui::screens
