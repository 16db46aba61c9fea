// What entering a state means: the one exhaustive switch.
#include "kiosk/app.hpp"

#include "kiosk/crypto/reference_number.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>

namespace kiosk {

using journey::Event;
using journey::State;
using journey::Trouble;

namespace {

// The person is likely to go on: to turn the card over, to put it in again.
bool may_try_again(State state) {
    return state == State::card_trouble || state == State::card_taken;
}

}  // namespace

void App::carry_out(State from) {
    // Nobody has touched an idle screen for a while.
    if (from == journey_.state()) wipe_session();
    switch (journey_.state()) {
    case State::starting: return;
    case State::not_open: return end_session("troubled");
    case State::attract:
        if (may_try_again(from)) {
            session_.forget_person();
            journey_.acted(clock_.now());  // the language they chose is undone if they leave
        } else {
            wipe_session();
        }
        hands_.forget_pictures();
        return;
    case State::learn: return;
    case State::reference_entry:
        session_.reference_unknown = from == State::withdrawing;
        if (!session_.reference_unknown) session_.typed.clear();
        return;
    case State::cannot_record: end_session("troubled"); return name_closed_trouble();
    case State::reader_trouble: end_session("troubled"); return name_closed_trouble();
    case State::cabinet_open: end_session("troubled"); return name_closed_trouble();
    case State::reading: return begin_session(from);
    case State::choose_person:
    case State::birth_century:
    case State::other_adult: return;
    case State::representative: return session_.typed.clear();
    case State::representative_family_name:
        // Whoever types is not the person picked before, if one was.
        if (session_.representative.person) session_.representative = {};
        session_.typed = session_.representative.family_name;
        return;
    case State::representative_first_name:
        session_.typed = session_.representative.first_name;
        return;
    case State::relationship: return session_.typed.clear();
    case State::authority:
        session_.representative.authority_stated = false;
        session_.representative.childs_word.reset();
        return;
    case State::childs_word: return;
    case State::explain:
    case State::explain_more:
    case State::consent:
    case State::consent_details: return;
    case State::birth_name: return session_.typed.clear();
    case State::birth_name_entry: session_.typed = session_.birth_name; return;
    case State::emergency: return session_.typed.clear();
    case State::contact:
        session_.typed.clear();
        session_.symbols = false;
        return;
    case State::mobile_entry:
        // Coming back from the check, what was typed is still there to be mended.
        if (from == State::contact) session_.typed = session_.mobile;
        return;
    case State::email_entry:
        if (from == State::contact) session_.typed = session_.email;
        return;
    case State::mobile_check:
    case State::email_check: return;
    case State::checking_card: content_expected_ = card_; return hands_.read_card_again();
    case State::review: return;
    case State::identity_author:
        session_.identity_author.reset();
        session_.pin_answer = {};
        return session_.typed.clear();
    case State::identity_pin:
        session_.typed.clear();
        if (from == State::identity_author) ask_pin();
        return;
    case State::identity_checking: return check_pin();
    case State::recording: return record();
    case State::confirming:
        if (request_) hands_.ask(*request_);
        return;
    case State::withdrawing: return withdraw();
    case State::recorded: return show_receipt();
    case State::refused: return end_session("refused");
    case State::thinking: return end_session("thought_it_over");
    case State::cancelled: return end_session("left");
    case State::card_taken: return end_session("left", Trouble::card_removed);
    case State::timed_out: return end_session("timed_out");
    case State::desk: return end_session("troubled", session_.trouble);
    case State::card_trouble:
        return end_session("troubled", session_.trouble.value_or(Trouble::card_unreadable));
    case State::not_recorded: return end_session("troubled", Trouble::not_saved);
    case State::unconfirmed: return end_session("troubled", Trouble::not_confirmed);
    case State::withdrawn:
    case State::withdrawal_sent: return forget(std::nullopt);
    case State::withdrawal_closed: return forget(Trouble::withdrawal_closed);
    case State::withdrawal_unconfirmed: return forget(Trouble::withdrawal_unconfirmed);
    case State::take_card: return;
    }
}

// The cause may change while the kiosk stays closed.
void App::name_closed_trouble() {
    if (journey_.state() == State::cabinet_open) session_.trouble = Trouble::cabinet_open;
    if (journey_.state() == State::reader_trouble) session_.trouble = reader_trouble_;
    if (journey_.state() == State::cannot_record)
        session_.trouble = !sealer_             ? Trouble::certificate_missing
                           : levels_.store_full ? Trouble::store_full
                                                : Trouble::store_unreachable;
}

// The next person finds everything as usual; who left the headphones in, their voice.
void App::wipe_session() {
    session_.wipe();
    session_.comfort.listen = levels_.headphones;
    comfort_changed();
    hands_.reset_voice();
}

// What it is for is on the screen since the end of the session.
void App::remind(journey::Reminder reminder) {
    switch (reminder) {
    case journey::Reminder::voice: return hands_.say_card_is_in();
    case journey::Reminder::chime: return hands_.chime(speech::Chime::attention);
    case journey::Reminder::staff:
        card_forgotten_ = true;
        return spdlog::warn("card: left in the reader after the end, nobody takes it");
    }
}

void App::comfort_changed() { journey_.set_patience(session_.comfort.patience()); }

void App::begin_session(State from) {
    // Beginning again is another session to the ledger, of the same card.
    if (journey::phase(from) == journey::Phase::session) end_session("left");
    // The card put in after a farewell is the next person's.
    if (journey::phase(from) == journey::Phase::farewell && !may_try_again(from)) wipe_session();
    session_.forget_person();
    session_.for_minor = false;
    session_.trouble.reset();
    hands_.forget_pictures();
    request_.reset();
    session_.started_at = clock_.calendar();
    author_ = config::find_author(settings_.authors, levels_.author_id);
    if (!in_ledger_) hands_.session_started();
    in_ledger_ = true;
    // A card that was put in while nobody could begin was read then, and its content dropped.
    if (content_expected_ != card_) {
        content_expected_ = card_;
        hands_.read_card_again();
    }
}

void App::end_session(std::string_view outcome, std::optional<Trouble> trouble) {
    if (in_ledger_) hands_.session_ended(outcome);
    in_ledger_ = false;
    forget(trouble);
}

void App::forget(std::optional<Trouble> trouble) {
    session_.forget_person();
    session_.trouble = trouble;
    hands_.forget_pictures();
}

// The text in the language in which the person consented.
ConsentReference const& App::consent_given() const {
    auto const found =
        std::ranges::find(consents_, session_.consent_language, &ConsentReference::language);
    return found == consents_.end() ? consents_.front() : *found;
}

void App::record() {
    auto sealed = [&]() -> base::Result<dmp::SealedRequest> {
        if (!request_ || !author_ || !sealer_)
            return base::failure(base::Errc::refused, "no consent, author or certificate");
        return sealer_->seal(make_creation_request(session_, settings_, consent_given(), *author_,
                                                   *request_, clock_));
    }();
    if (!sealed) {
        spdlog::error("request: {}", base::describe(sealed.error()));
        happen(Event::save_refused);
        return;
    }
    hands_.enqueue(std::move(*sealed));
}

void App::show_receipt() {
    auto const reference = request_ ? crypto::reference_number(*request_) : std::string{};
    end_session("recorded", std::nullopt);
    session_.reference = reference;
}

}  // namespace kiosk
