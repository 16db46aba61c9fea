// What entering a state means: the one exhaustive switch.
#include "kiosk/app.hpp"

#include "kiosk/dmp/reference_number.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {

using journey::Event;
using journey::State;
using journey::Trouble;

void App::carry_out(State from) {
    switch (journey_.state()) {
    case State::starting: return;
    case State::not_open:
    case State::attract:
        session_.wipe();
        hands_.forget_pictures();
        return;
    case State::learn: return;
    case State::cannot_record:
        session_.wipe();
        hands_.forget_pictures();
        return name_closed_trouble();
    case State::reader_trouble: end_session("troubled"); return name_closed_trouble();
    case State::reading: return begin_session();
    case State::choose_person: return;
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
    case State::recording: return record();
    case State::confirming:
        if (request_) hands_.ask(*request_);
        return;
    case State::recorded: return show_receipt();
    case State::refused: return end_session("refused");
    case State::thinking: return end_session("thought_it_over");
    case State::cancelled:
    case State::card_taken: return end_session("left");
    case State::timed_out: return end_session("timed_out");
    case State::desk: return end_session("troubled", session_.trouble);
    case State::card_trouble:
        return end_session("troubled", session_.trouble.value_or(Trouble::card_unreadable));
    case State::not_recorded: return end_session("troubled", Trouble::not_saved);
    case State::unconfirmed: return end_session("troubled", Trouble::not_confirmed);
    case State::take_card: return;
    }
}

// The cause may change while the kiosk stays closed.
void App::name_closed_trouble() {
    if (journey_.state() == State::reader_trouble) session_.trouble = reader_trouble_;
    if (journey_.state() == State::cannot_record)
        session_.trouble = levels_.store_full ? Trouble::store_full : Trouble::store_unreachable;
}

void App::begin_session() {
    session_.wipe();
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
    session_.forget_person();
    session_.trouble = trouble;
    hands_.forget_pictures();
}

void App::record() {
    auto sealed = [&]() -> base::Result<dmp::SealedRequest> {
        if (!request_ || !author_)
            return base::failure(base::Errc::refused, "no consent or no author");
        return sealer_.seal(
            make_creation_request(session_, settings_, consent_, *author_, *request_, clock_));
    }();
    if (!sealed) {
        spdlog::error("request: {}", base::describe(sealed.error()));
        happen(Event::save_refused);
        return;
    }
    hands_.enqueue(std::move(*sealed));
}

void App::show_receipt() {
    auto const reference = request_ ? dmp::reference_number(*request_) : std::string{};
    end_session("recorded", std::nullopt);
    session_.reference = reference;
}

}  // namespace kiosk
