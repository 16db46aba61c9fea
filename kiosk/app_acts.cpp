// What a person's acts put into the session before the journey moves on.
#include "kiosk/app.hpp"

#include "kiosk/journey/edit.hpp"
#include "kiosk/journey/transitions.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {

using journey::Event;
using journey::Pick;
using journey::State;
using journey::Trouble;

namespace {

// Why the desk, when the person's own answer leads there.
std::optional<Trouble> trouble_of_answer(Event event) {
    if (event == Event::not_me) return Trouble::other_person;
    if (event == Event::under_guardianship) return Trouble::guardianship;
    if (event == Event::no_representative) return Trouble::no_representative;
    if (event == Event::no_authority) return Trouble::no_authority;
    return std::nullopt;
}

void note_answer(journey::Session& session, Event event) {
    auto& representative = session.representative;
    if (event == Event::name_is_birth_name) session.birth_name.clear();
    if (event == Event::declare_authority) representative.authority_stated = true;
    if (event == Event::child_agrees) representative.childs_word = journey::ChildsWord::agrees;
    if (event == Event::child_too_young)
        representative.childs_word = journey::ChildsWord::too_young;
    if (auto const trouble = trouble_of_answer(event)) session.trouble = trouble;
}

}  // namespace

void App::take_choice(Event event) {
    // What this screen does not offer must not leave a trace in the session either.
    if (!journey::is_act(event) || !journey::next(journey_.state(), event)) return;
    if (event == Event::next && !keep_typed()) return;
    // Nobody reads on or consents while the answer could not be recorded.
    bool const leads_to_consent = event == Event::next && journey_.state() == State::explain;
    if ((leads_to_consent || event == Event::accept) && !can_record())
        return happen(Event::store_lost);
    note_answer(session_, event);
    if (event == Event::accept) {
        request_ = crypto::Uuid::random();
        session_.consented_at = clock_.calendar();
        session_.consent_language = ui::deck_of(session_);
        session_.consent_heard = session_.comfort.listen;
    }
    if (event == Event::send && settings_.identity_seen) event = Event::identity_asked;
    happen(event);
}

// What is on the keyboard goes where this screen asks for it; false if it is not acceptable.
bool App::keep_typed() {
    auto const state = journey_.state();
    auto const typed = session_.typed.view();
    if (journey::is_entry(state) && !journey::acceptable(state, typed)) return false;
    if (state == State::birth_name_entry) session_.birth_name = typed;
    if (state == State::representative_family_name) session_.representative.family_name = typed;
    if (state == State::representative_first_name) session_.representative.first_name = typed;
    if (state == State::mobile_check) session_.mobile = typed;
    if (state == State::email_check) session_.email = typed;
    return true;
}

void App::take_pick(Pick const& pick) {
    if (!journey::offers(journey_.state(), pick.of)) return;
    auto& representative = session_.representative;
    switch (pick.of) {
    case Pick::Of::person:
        if (pick.index < session_.persons.size())
            decide(judge_person(session_, pick.index, settings_, today()));
        return;
    case Pick::Of::century:
        if (pick.index < 2) decide(judge_century(session_, pick.index, settings_, today()));
        return;
    case Pick::Of::representative: {
        if (pick.index >= session_.persons.size()) return;
        auto const& person = session_.persons[pick.index];
        representative = {};
        representative.person = pick.index;
        representative.family_name = person.family_name;
        representative.first_name = person.first_name;
        return happen(Event::representative_picked);
    }
    case Pick::Of::relationship:
        if (pick.index >= settings_.relationships.size()) return;
        representative.relationship = pick.index;
        return happen(Event::relationship_picked);
    case Pick::Of::author:
        if (pick.index >= checkers_.size()) return;
        session_.identity_author = pick.index;
        return happen(Event::author_picked);
    }
}

void App::decide(Verdict const& verdict) {
    session_.trouble = verdict.trouble;
    happen(verdict.event);
}

void App::check_pin() {
    auto pin = crypto::SecretText{session_.typed.view()};
    session_.typed.clear();
    ++pin_orders_;
    hands_.check_pin(checkers_.at(*session_.identity_author).id, std::move(pin));
}

void App::ask_pin() {
    ++pin_orders_;
    hands_.ask_pin(checkers_.at(*session_.identity_author).id);
}

void App::handle(workers::PinJudged const& judged) {
    if (judged.error) spdlog::error("identity check: {}", base::describe(*judged.error));
    if (pin_answers_ == pin_orders_ || ++pin_answers_ != pin_orders_) return;  // a late one
    using enum workers::PinJudged::Verdict;
    using Kind = journey::PinAnswer::Kind;
    auto const state = journey_.state();
    bool const asked = state == State::identity_pin || state == State::identity_checking;
    if (!asked || !session_.identity_author ||
        checkers_.at(*session_.identity_author).id != judged.author_id)
        return;
    auto const answered = [&](Kind kind) {
        session_.pin_answer = {kind, judged.wait};
        if (state == State::identity_checking) happen(Event::identity_refused);
    };
    switch (judged.verdict) {
    case ready: return;
    case right:
        if (state != State::identity_checking) return;
        author_ = checkers_.at(*session_.identity_author);
        return happen(Event::identity_confirmed);
    case wrong: return answered(judged.wait.count() > 0 ? Kind::waiting : Kind::wrong);
    case waiting: return answered(Kind::waiting);
    case locked: return answered(Kind::locked);
    case no_pin:
    case failed: return answered(Kind::failed);
    }
}

}  // namespace kiosk
