#include "kiosk/app.hpp"

#include "kiosk/journey/edit.hpp"
#include "kiosk/journey/transitions.hpp"

#include <spdlog/spdlog.h>

namespace kiosk {
namespace {

using journey::Event;
using journey::State;

constexpr std::size_t longest_history = 256;

// What is heard when a screen comes; each has its picture there.
std::optional<speech::Chime> chime_of(State state, bool card_present) {
    if (state == State::recorded || state == State::withdrawn || state == State::withdrawal_sent)
        return speech::Chime::done;
    if (state == State::card_trouble || state == State::card_taken) return speech::Chime::attention;
    if (state == State::take_card && card_present) return speech::Chime::attention;
    return std::nullopt;
}

}  // namespace

App::App(Settings const& settings, std::vector<ConsentReference> consents,
         std::optional<dmp::Sealer> sealer, Hands& hands)
    : settings_(settings), consents_(std::move(consents)),
      checkers_(config::authors_with_pin(settings.authors)), sealer_(std::move(sealer)),
      hands_(hands), journey_(clock_.now()), backlight_(clock_.now()) {
    history_.push_back({journey_.sequence(), journey_.state()});
}

void App::use(dmp::Sealer sealer) {
    sealer_ = std::move(sealer);
    settle();
    show_outside();
}

ui::View App::view() const {
    ui::View view{journey_.state(), session_, settings_.site};
    view.card_present = card_.has_value();
    view.warning = journey_.warning();
    view.help = journey_.held() && !start_over_asked_;
    view.start_over = start_over_asked_;
    view.languages = languages_offered_;
    view.deserted = journey_.deserted();
    view.covered = journey_.covered();
    view.motion = motion_;
    if (auto const rung = ladder_.rung())
        view.recovery = ui::Recovery{*rung, ladder_.left(clock_.now())};
    return view;
}

bool App::act(ui::Intent const& intent) {
    auto const now = clock_.now();
    backlight_.wake(now);
    if (journey_.locked(now)) return false;
    journey_.seen(now);
    if (auto const* edit = std::get_if<journey::Edit>(&intent))
        take_edit(*edit);
    else if (auto const* pick = std::get_if<journey::Pick>(&intent))
        take_pick(*pick);
    else if (auto const* act = std::get_if<ui::FrameAct>(&intent))
        take_frame_act(*act);
    else if (auto const* choice = std::get_if<ui::LanguageChoice>(&intent))
        take_language(*choice);
    else
        take_choice(std::get<Event>(intent));
    show_outside();
    return true;
}

void App::noticed() {
    journey_.acted(clock_.now());
    backlight_.wake(clock_.now());
    show_outside();
}

void App::take_frame_act(ui::FrameAct act) {
    using enum ui::FrameAct;
    auto const now = clock_.now();
    auto& comfort = session_.comfort;
    switch (act) {
    case more_time: return journey_.turned(now);
    case help: return journey_.hold(true, now);
    case close_help: return journey_.hold(false, now);
    case start_over: start_over_asked_ = true; return journey_.turned(now);
    case language: languages_offered_ = true; return journey_.turned(now);
    case keep_going:
        start_over_asked_ = false;
        languages_offered_ = false;
        return journey_.turned(now);
    case contrast: comfort.contrast = journey::contrast_after(comfort.contrast); break;
    case listen: comfort.listen = !comfort.listen; break;
    case text_size:
        comfort.text_size = journey::size_after(comfort.text_size);
        keep_place();
        break;
    case low:
        comfort.low = !comfort.low;
        keep_place();
        break;
    case slower: comfort.pace = std::max(comfort.pace - 1, journey::slowest_pace); break;
    case faster: comfort.pace = std::min(comfort.pace + 1, journey::fastest_pace); break;
    case easy: use_deck(journey::default_language, !comfort.easy); break;
    }
    comfort_chosen();
}

void App::take_language(ui::LanguageChoice choice) {
    languages_offered_ = false;
    use_deck(ui::languages.at(choice.index).id, false);
    comfort_chosen();
}

void App::use_deck(std::string_view language, bool easy) {
    session_.language = language;
    session_.comfort.easy = easy;
    // Another deck says it in other sentences: nothing of it counts as read.
    begin_pages();
}

void App::begin_pages() {
    session_.page = 0;
    session_.place.reset();
    before_page_ = 0;
    anchor_.reset();
}

// Other sizes are parted into other pages. Changed several times, the place stays the first one.
void App::keep_place() {
    if (!anchor_) anchor_ = before_page_;
    session_.place = anchor_;
}

void App::comfort_chosen() {
    comfort_changed();
    journey_.turned(clock_.now());
    if (!session_.place) note_page();
}

void App::showed(std::size_t page, std::size_t before) {
    // A cover has no pages: whoever comes back finds the one they left.
    if (journey_.covered()) return;
    before_page_ = before;
    if (!session_.place && session_.page == page) return;
    session_.page = page;
    session_.place.reset();
    note_page();
}

void App::take_edit(journey::Edit const& edit) {
    using Kind = journey::Edit::Kind;
    journey::apply(session_, journey_.state(), edit);
    bool const page = edit.kind == Kind::next_page || edit.kind == Kind::previous_page;
    if (!page) return journey_.acted(clock_.now());
    anchor_.reset();
    journey_.turned(clock_.now());
    note_page();
}

// Each page of the consent text that was on the screen is part of the evidence.
void App::note_page() {
    using journey::Layer;
    auto const note = [&](Layer layer) {
        journey::note_shown(session_, {layer, session_.page, std::string{ui::deck_of(session_)}});
    };
    if (journey_.state() == State::explain) note(Layer::explanation);
    if (journey_.state() == State::explain_more) note(Layer::explanation_more);
    if (journey_.state() == State::consent) note(Layer::statement);
    if (journey_.state() == State::consent_details) note(Layer::details);
}

void App::tick() {
    auto const now = clock_.now();
    if (auto const reminder = journey_.take_reminder(now)) remind(*reminder);
    bool const asked = journey_.deserted();
    if (auto const event = journey_.tick(now)) happen(*event);
    if (!asked && journey_.deserted()) hands_.chime(speech::Chime::attention);
    ladder_.tick(means(), now);
    climb();
    show_outside();
}

std::optional<journey::Time> App::deadline() const {
    auto const now = clock_.now();
    std::optional<journey::Time> first;
    for (auto const due :
         {journey_.deadline(), ladder_.deadline(now), backlight_.deadline(journey_.state(), now)})
        if (due && (!first || *due < *first)) first = due;
    return first;
}

void App::advance_clock(journey::Time by) {
    auto const target = clock_.now() + by;
    for (auto due = deadline(); due && *due <= target; due = deadline()) {
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
    backlight_.wake(clock_.now());
    history_.push_back({journey_.sequence(), journey_.state()});
    if (history_.size() > longest_history) history_.pop_front();
    begin_pages();
    session_.number_shown = false;
    start_over_asked_ = false;
    languages_offered_ = false;
    carry_out(from);
    if (auto const chime = chime_of(journey_.state(), card_.has_value())) hands_.chime(*chime);
    note_page();
    // Presence is a level: an edge that came too early for this state is made up for.
    if (auto const edge = missed_edge()) happen(*edge);
}

std::optional<Event> App::missed_edge() const {
    auto const state = journey_.state();
    bool const reader_away = levels_.reader == false;
    bool const door_open = levels_.door_open == true;
    if (state == State::cabinet_open)
        return door_open ? std::nullopt : std::optional{Event::door_closed};
    // Not in the middle of saving, nor over the farewell that follows it.
    if (door_open && journey::next(state, Event::door_opened)) return Event::door_opened;
    switch (journey::phase(state)) {
    case journey::Phase::closed:
        if (state == State::reader_trouble)
            return levels_.reader == true ? std::optional{Event::reader_ready} : std::nullopt;
        if (reader_away) return Event::reader_lost;
        if (state == State::not_open)
            return levels_.day_open ? std::optional{Event::day_opened} : std::nullopt;
        if (state == State::cannot_record)
            return can_record() ? std::optional{Event::store_ready} : std::nullopt;
        if (!levels_.reader || !levels_.store) return std::nullopt;  // starting: not all is known
        return can_record() ? Event::store_ready : Event::store_lost;
    case journey::Phase::idle:
        if (reader_away) return Event::reader_lost;
        if (!can_record()) return Event::store_lost;
        if (!levels_.day_open) return Event::day_closed;
        return card_ ? std::optional{Event::card_inserted} : std::nullopt;
    case journey::Phase::withdrawal: return std::nullopt;
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
