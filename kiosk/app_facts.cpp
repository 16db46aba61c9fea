// What the workers report, taken into levels, content and events.
#include "kiosk/app.hpp"

#include "kiosk/judgement.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {
namespace {

using journey::Event;
using journey::State;

bool at_the_desk(journey::Trouble trouble) { return journey::row(trouble).code.starts_with('D'); }

}  // namespace

void App::take(workers::Fact const& fact) {
    std::visit([this](auto const& happened) { handle(happened); }, fact);
    show_outside();
}

void App::handle(workers::CardInserted const& inserted) {
    bool const stayed = left_in_ && journey::phase(journey_.state()) == journey::Phase::farewell;
    left_in_ = false;
    card_forgotten_ = false;
    backlight_.wake(clock_.now());
    card_ = content_expected_ = inserted.card;
    journey_.card_present(true, clock_.now());
    if (!stayed) happen(Event::card_inserted);
}

void App::handle(workers::CardRemoved const& removed) {
    left_in_ = false;
    if (card_ != removed.card) return;
    card_forgotten_ = false;
    backlight_.wake(clock_.now());
    card_.reset();
    content_expected_.reset();
    journey_.card_present(false, clock_.now());
    happen(Event::card_removed);
}

void App::handle(workers::NetworkLevel const& level) {
    if (levels_.network == level.up) return;
    levels_.network = level.up;
    spdlog::debug("network: {}", level.up ? "up" : "down");
}

void App::handle(workers::StoreLost const&) {
    levels_.store = false;
    levels_.store_full = false;
    settle();
}

void App::handle(workers::RequestSaved const& saved) {
    if (about_this_request(saved.id)) happen(Event::saved);
}

void App::handle(workers::RequestRefused const& refused) {
    if (!about_this_request(refused.id)) return;
    // Sealed anew it has other bytes; its id says that the same was withdrawn before.
    if (journey_.state() == State::withdrawing && refused.error.code == base::Errc::conflict)
        return happen(Event::saved);
    spdlog::error("request: {}", base::describe(refused.error));
    happen(Event::save_refused);
}

void App::handle(workers::RequestUnanswered const& unanswered) {
    if (about_this_request(unanswered.id)) happen(Event::save_unanswered);
}

void App::handle(workers::PinCountsDamaged const& damaged) {
    spdlog::error("identity check: {}", base::describe(damaged.error));
}

void App::settle() {
    if (auto const edge = missed_edge()) happen(*edge);
    name_closed_trouble();
}

bool App::about_this_request(crypto::Uuid const& id) const { return request_ == id; }

void App::handle(workers::StoreLevel const& level) {
    levels_.store = level.accepts;
    levels_.store_full = level.full;
    levels_.day_open = level.day_open;
    levels_.author_id = level.author_id;
    if (level.day_open && !config::find_author(settings_.authors, level.author_id)) {
        spdlog::error("day: opened by an author who is not on this kiosk's list");
        levels_.day_open = false;
    }
    // The spooler is back: what it may already hold is asked for before the limit runs out.
    if (journey_.state() == State::confirming && request_) hands_.ask(*request_);
    settle();
}

void App::handle(workers::CardRead const& read) {
    if (card_ != read.card || content_expected_ != read.card) return;
    content_expected_.reset();
    reading_cost_ = read.cost;
    if (journey_.state() == State::reading) {
        decide(judge(session_, read.content, settings_, today()));
    } else if (journey_.state() == State::checking_card) {
        bool const same = same_card(session_, read.content);
        if (!same) session_.trouble = journey::Trouble::another_card;
        happen(same ? Event::card_confirmed : Event::card_differs);
    }
}

void App::handle(workers::CardFailed const& failed) {
    if (card_ != failed.card || content_expected_ != failed.card) return;
    content_expected_.reset();
    spdlog::warn("card: {}", base::describe(failed.error));
    if (journey_.state() != State::reading && journey_.state() != State::checking_card) return;
    session_.trouble = journey::trouble_of(failed.error.code);
    bool const desk = journey_.state() == State::reading && at_the_desk(*session_.trouble);
    happen(desk ? Event::must_go_to_desk : Event::card_failed);
}

}  // namespace kiosk
