#include "kiosk/app.hpp"

#include "kiosk/journey/edit.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {
namespace {

using journey::Event;
using journey::State;

constexpr std::size_t longest_history = 256;

}  // namespace

App::App(Settings const& settings, ConsentReference consent, dmp::Sealer sealer, Hands& hands)
    : settings_(settings), consent_(std::move(consent)), sealer_(std::move(sealer)), hands_(hands),
      journey_(clock_.now()) {
    history_.push_back({journey_.sequence(), journey_.state()});
}

ui::View App::view() const {
    ui::View view{journey_.state(), session_, settings_.site};
    view.card_present = card_.has_value();
    view.warning = journey_.warning();
    view.help = journey_.held();
    view.motion = motion_;
    return view;
}

bool App::act(ui::Intent const& intent) {
    auto const now = clock_.now();
    if (journey_.locked(now)) return false;
    if (auto const* edit = std::get_if<journey::Edit>(&intent)) {
        take_edit(*edit);
    } else if (auto const* frame = std::get_if<ui::FrameAct>(&intent)) {
        switch (*frame) {
        case ui::FrameAct::more_time: journey_.turned(now); break;
        case ui::FrameAct::help: journey_.hold(true, now); break;
        case ui::FrameAct::close_help: journey_.hold(false, now); break;
        }
    } else {
        take_choice(std::get<Event>(intent));
    }
    return true;
}

void App::take_edit(journey::Edit const& edit) {
    using Kind = journey::Edit::Kind;
    journey::apply(session_, journey_.state(), edit);
    bool const page = edit.kind == Kind::next_page || edit.kind == Kind::previous_page;
    if (!page) return journey_.acted(clock_.now());
    journey_.turned(clock_.now());
    note_page();
}

// What a choice puts into the session before the journey moves on.
void App::take_choice(Event event) {
    auto const state = journey_.state();
    auto const typed = session_.typed.view();
    if (event == Event::next && (state == State::birth_name_entry || state == State::mobile_entry ||
                                 state == State::email_entry)) {
        if (!journey::acceptable(state, typed)) return;
        if (state == State::birth_name_entry) session_.birth_name = typed;
    }
    if (event == Event::next && state == State::mobile_check) session_.mobile = typed;
    if (event == Event::next && state == State::email_check) session_.email = typed;
    if (event == Event::name_is_birth_name) session_.birth_name.clear();
    if (event == Event::accept) {
        request_ = crypto::Uuid::random();
        session_.consented_at = clock_.calendar();
    }
    if (state == State::choose_person && event == Event::must_go_to_desk)
        session_.trouble = journey::Trouble::other_person;
    if (state == State::choose_person && event == Event::chose_insured_adult) {
        if (auto const trouble = trouble_of_person(session_, 0, settings_, today())) {
            session_.trouble = trouble;
            event = Event::must_go_to_desk;
        } else {
            session_.enrolled = 0;
        }
    }
    happen(event);
}

// Each page of the consent text that was on the screen is part of the evidence.
void App::note_page() {
    using journey::Layer;
    auto const note = [&](Layer layer) { journey::note_shown(session_, {layer, session_.page}); };
    if (journey_.state() == State::explain) note(Layer::explanation);
    if (journey_.state() == State::explain_more) note(Layer::explanation_more);
    if (journey_.state() == State::consent) note(Layer::statement);
    if (journey_.state() == State::consent_details) note(Layer::details);
}

void App::tick() {
    auto const now = clock_.now();
    if (auto const event = journey_.tick(now)) happen(*event);
}

void App::advance_clock(journey::Time by) {
    auto const target = clock_.now() + by;
    for (auto due = journey_.deadline(); due && *due <= target; due = journey_.deadline()) {
        if (*due > clock_.now()) clock_.advance(*due - clock_.now());
        tick();
    }
    if (target > clock_.now()) clock_.advance(target - clock_.now());
}

void App::happen(Event event) {
    auto const from = journey_.state();
    if (!journey_.handle(event, clock_.now())) {
        spdlog::debug("journey: {} ignored in {}", journey::name(event), journey::name(from));
        return;
    }
    spdlog::info("journey: {} --{}--> {}", journey::name(from), journey::name(event),
                 journey::name(journey_.state()));
    history_.push_back({journey_.sequence(), journey_.state()});
    if (history_.size() > longest_history) history_.pop_front();
    session_.page = 0;
    session_.number_shown = false;
    carry_out(from);
    note_page();
    // Presence is a level: an edge that came too early for this state is made up for.
    if (auto const edge = missed_edge()) happen(*edge);
}

std::optional<Event> App::missed_edge() const {
    auto const state = journey_.state();
    bool const reader_away = levels_.reader == false;
    switch (journey::phase(state)) {
    case journey::Phase::closed:
        if (state == State::reader_trouble)
            return levels_.reader == true ? std::optional{Event::reader_ready} : std::nullopt;
        if (reader_away) return Event::reader_lost;
        if (state == State::not_open)
            return levels_.day_open ? std::optional{Event::day_opened} : std::nullopt;
        if (state == State::cannot_record)
            return levels_.store == true ? std::optional{Event::store_ready} : std::nullopt;
        if (!levels_.reader || !levels_.store) return std::nullopt;  // starting: not all is known
        return *levels_.store ? Event::store_ready : Event::store_lost;
    case journey::Phase::idle:
        if (reader_away) return Event::reader_lost;
        if (levels_.store != true) return Event::store_lost;
        if (!levels_.day_open) return Event::day_closed;
        return card_ ? std::optional{Event::card_inserted} : std::nullopt;
    case journey::Phase::session:
        if (reader_away) return Event::reader_lost;
        return card_ ? std::nullopt : std::optional{Event::card_removed};
    case journey::Phase::saving: return std::nullopt;
    case journey::Phase::farewell: {
        bool const until_removed =
            state == State::take_card || state == State::timed_out || state == State::card_trouble;
        return until_removed && !card_ ? std::optional{Event::card_removed} : std::nullopt;
    }
    }
    return std::nullopt;
}

}  // namespace kiosk
