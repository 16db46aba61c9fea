#include "kiosk/loop.hpp"

#include "drivers/base/end_signals.hpp"
#include "kiosk/certificates.hpp"
#include "kiosk/crypto/digest.hpp"
#include "kiosk/ui/screens.hpp"

#include <algorithm>

#include <spdlog/spdlog.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace kiosk {
namespace {

using base::failure;
using base::Result;
using SteadyClock = ui::Wait::Clock;

std::vector<ConsentReference> references_to(std::vector<ui::ConsentText> const& texts) {
    std::vector<ConsentReference> references;
    for (auto const& text : texts)
        references.push_back(
            {text.language, text.id, text.version, crypto::sha256(base::to_bytes(text.whole))});
    return references;
}

SelfProof::Seen what_is_seen(App const& app) {
    auto const state = app.journey().state();
    SelfProof::Seen seen{state == journey::State::attract, {}, app.has_reader(), app.can_record()};
    if (journey::phase(state) != journey::Phase::closed) return seen;
    auto const trouble = state == journey::State::not_open ? journey::Trouble::not_open
                                                           : app.session().trouble;
    if (trouble) seen.closed_for = journey::row(*trouble).code;
    return seen;
}

constexpr auto between_looks_for_certificates = std::chrono::seconds{5};

}  // namespace

Result<Loop::Parts> Loop::make_parts(Settings const& settings, ui::Theme const& theme) {
    auto sealer = open_sealer(settings);
    if (!sealer) return failure(sealer.error());
    std::vector<ui::Texts> texts;
    std::vector<ui::ConsentText> consents;
    for (auto const deck : ui::decks) {
        auto words = ui::Texts::open(settings.assets, deck);
        if (!words) return failure(words.error());
        texts.push_back(std::move(*words));
        auto consent = ui::ConsentText::open(settings.assets, deck, ui::consent_version);
        if (!consent) return failure(consent.error());
        consents.push_back(std::move(*consent));
    }
    // They end the loop between two frames.
    auto signals = base::end_signals();
    if (!signals) return failure(signals.error());
    auto display = Display::open(settings, theme);
    if (!display) return failure(display.error());
    return Parts{std::move(texts), std::move(consents), std::move(*sealer), std::move(*signals),
                 std::move(*display)};
}

Result<std::unique_ptr<Loop>> Loop::open(Settings settings) {
    ui::Theme const theme{settings.mm_per_pixel, settings.viewing_distance_mm};
    auto parts = make_parts(settings, theme);
    if (!parts) return failure(parts.error());
    return std::unique_ptr<Loop>{new Loop{std::move(settings), theme, std::move(*parts)}};
}

Loop::Loop(Settings settings, ui::Theme theme, Parts parts)
    : settings_(std::move(settings)), theme_(theme), parts_(std::move(parts)),
      // A panel hears its devices come by itself.
      input_watch_(settings_.screen == ScreenKind::desktop
                       ? InputWatch::open(settings_.input_devices)
                       : std::nullopt),
      voice_({.driver = {}, .device = settings_.sound_device}), proof_(settings_.proof) {
    if (!parts_.sealer) look_for_certificates_at_ = SteadyClock::now();
    app_.emplace(settings_, references_to(parts_.consents), std::move(parts_.sealer),
                 static_cast<Hands&>(*this));
    card_worker_ = workers::CardWorker::start({settings_.reader_pattern, settings_.vitale}, facts_);
    spool_client_ = std::make_unique<workers::SpoolClient>(settings_.spooler_socket, *facts_);
    if (settings_.identity_seen)
        identity_worker_ =
            std::make_unique<workers::IdentityWorker>(settings_.authors, settings_.state, *facts_);
    supervisor_ = watch_over(settings_, *facts_);
}

Loop::~Loop() = default;

Result<void> Loop::run() {
    while (running_) {
        turn();
        if (!running_) break;
        if (auto slept = sleep(); !slept) return slept;
    }
    if (failed_) return failure(*failed_);
    return {};
}

void Loop::turn() {
    signalfd_siginfo information{};
    if (::read(parts_.signals.number(), &information, sizeof(information)) > 0) return stop();
    for (auto& fact : facts_->take()) {
        if (std::holds_alternative<workers::Ping>(fact)) {
            supervisor_->pong();  // alive; nothing to draw
            continue;
        }
        if (std::holds_alternative<workers::FrameAsked>(fact)) {
            proof_.asked();
            redraw();
            continue;
        }
        auto* const read = std::get_if<workers::CardRead>(&fact);
        if (read != nullptr) card_event_ = read->cost.event_at;
        app_->take(fact);
        if (read != nullptr) vitale::wipe(read->content);
        redraw();
    }
    show_signs_of_life();
    watch_card_worker();
    look_for_certificates();
    renew_display();
    if (!running_) return;
    if (auto const due = app_->deadline(); due && app_->clock().now() >= *due) {
        app_->tick();
        redraw();
    }
    if (auto const motion = ui::next_frame_in(app_->view());
        motion && SteadyClock::now() >= last_motion_ + *motion) {
        app_->move_on();
        last_motion_ = SteadyClock::now();
        frames_wanted_ = std::max(frames_wanted_, 1);
    }
    if (companion_ != nullptr) companion_->serve();
    // One frame a turn: a finger that never rests must not keep facts and limits waiting.
    if (parts_.display->window->pump()) redraw();
    take_key();
    if (frames_wanted_ > 0) draw();
    // What came in meanwhile is no longer in the descriptor that sleep() looks at.
    if (parts_.display->window->pump()) redraw();
    take_key();
    if (parts_.display->window->quit_requested()) stop();
}

void Loop::draw() {
    auto const begun = SteadyClock::now();
    --frames_wanted_;
    std::vector<ui::Intent> intents;
    auto const state = app_->journey().state();
    theme_.use(ui::palette(app_->session().comfort.contrast));
    parts_.display->icons->use(theme_.palette());
    parts_.display->window->frame(theme_.palette().paper, [&] {
        ui::Toolbox const tools{theme_, parts_.texts[deck()], parts_.consents[deck()],
                                *parts_.display->words, *parts_.display->icons};
        // The sequence as scope: a finger put down on one screen and lifted on the next does
        // nothing.
        ui::Frame frame{tools, parts_.display->window->size(),
                        static_cast<int>(app_->journey().sequence()), focus_.take_mark()};
        intents = ui::draw(frame, app_->view());
        shown_ = frame.take_shown();
        focus_.follow(shown_, app_->journey().sequence());
    });
    app_->showed(shown_.page, shown_.before_page);
    auto const mark = focus_.mark();
    voice_.follow({shown_, app_->view(), app_->journey().sequence(), mark, parts_.texts[deck()]},
                  app_->headphones());
    parts_.display->words->trim();
    auto const ended = SteadyClock::now();
    metrics_.frame_took(ended - begun);
    if (card_event_ && state != journey::State::reading) {
        metrics_.card_shown(ended - *card_event_);
        card_event_.reset();
    }
    // One act a frame: the next one belongs to the screen that follows.
    if (!intents.empty()) {
        app_->act(intents.front());
        redraw();
    }
    proof_.drew(what_is_seen(*app_), ended);
    service_manager_.ready();
    if (companion_ != nullptr) companion_->frame_shown();
}

std::optional<SteadyClock::time_point> Loop::wake_at() const {
    std::optional<SteadyClock::time_point> first;
    auto const consider = [&](std::optional<SteadyClock::time_point> moment) {
        if (moment && (!first || *moment < *first)) first = moment;
    };
    if (frames_wanted_ > 0) return SteadyClock::now();
    if (auto const due = app_->deadline(); due && !app_->clock().frozen())
        consider(SteadyClock::now() + (*due - app_->clock().now()));
    if (auto const motion = ui::next_frame_in(app_->view())) consider(last_motion_ + *motion);
    if (companion_ != nullptr) consider(companion_->deadline());
    if (!card_worker_lost_) consider(card_worker_->lost_after());
    consider(look_for_certificates_at_);
    if (input_watch_) consider(input_watch_->due());
    consider(parts_.display->window->due());
    consider(proof_.due());
    consider(service_manager_.due());
    return first;
}

Result<void> Loop::sleep() {
    auto descriptors = parts_.display->window->descriptors();
    descriptors.push_back(facts_->descriptor());
    descriptors.push_back(parts_.signals.number());
    if (input_watch_) descriptors.push_back(input_watch_->descriptor());
    if (companion_ != nullptr)
        for (int const descriptor : companion_->descriptors())
            descriptors.push_back(descriptor);
    auto ready = wait_.sleep(descriptors, wake_at());
    if (!ready) return failure(ready.error());
    return {};
}

// systemd's watchdog hears this thread itself, also where no board asks it for a sign of life.
void Loop::show_signs_of_life() {
    service_manager_.alive(SteadyClock::now());
    if (proof_.asks(SteadyClock::now())) facts_->post(workers::FrameAsked{});
}

// A thread stuck inside PC/SC says nothing: its silence is the fact.
void Loop::watch_card_worker() {
    bool const lost = SteadyClock::now() >= card_worker_->lost_after();
    if (lost && !card_worker_lost_) {
        card_worker_->disown();
        app_->take(workers::ReaderLost{{base::Errc::reader_hung, "no answer for 5 s"}});
        redraw();
    }
    card_worker_lost_ = lost;
}

void Loop::look_for_certificates() {
    if (!look_for_certificates_at_ || SteadyClock::now() < *look_for_certificates_at_) return;
    look_for_certificates_at_ = SteadyClock::now() + between_looks_for_certificates;
    auto sealer = open_sealer(settings_);
    if (!sealer) return spdlog::error("{}", base::describe(sealer.error()));
    if (!*sealer) return;
    look_for_certificates_at_.reset();
    app_->use(std::move(**sealer));
    redraw();
}

// The display begins anew, and nothing of the session is touched.
void Loop::renew_display() {
    bool const input_came = input_watch_ && input_watch_->take(SteadyClock::now());
    if (!input_came && !parts_.display->window->outdated()) return;
    spdlog::info("display: opened again for {}",
                 input_came ? "an input device that came" : "a panel of another size");
    parts_.display.reset();
    auto display = Display::open(settings_, theme_);
    if (!display) {
        failed_ = display.error();
        return stop();
    }
    parts_.display = std::move(*display);
    redraw();
}

// One key a frame: the next one belongs to what the first one led to.
void Loop::take_key() {
    if (parts_.display->window->take_finger_came()) {
        focus_.hide();
        voice_.interrupt();
    }
    if (frames_wanted_ > 1) return;
    auto const key = parts_.display->window->take_key();
    if (!key) return;
    // A finger or a key ends what is being said.
    voice_.interrupt();
    voice_.press(*key);
    focus_.press(*key);
    app_->noticed();
    redraw();
}

// The place of the session's deck in ui::decks.
std::size_t Loop::deck() const {
    auto const found = std::ranges::find(ui::decks, ui::deck_of(app_->session()));
    return found == ui::decks.end() ? 0 : static_cast<std::size_t>(found - ui::decks.begin());
}

}  // namespace kiosk
