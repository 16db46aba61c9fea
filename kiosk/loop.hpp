// The UI thread: it sleeps until something happens, hands facts and acts to the app and draws.
#pragma once

#include "drivers/base/service_manager.hpp"
#include "kiosk/app.hpp"
#include "kiosk/companion.hpp"
#include "kiosk/display.hpp"
#include "kiosk/input_watch.hpp"
#include "kiosk/metrics.hpp"
#include "kiosk/self_proof.hpp"
#include "kiosk/supervision.hpp"
#include "kiosk/ui/consent_text.hpp"
#include "kiosk/ui/focus.hpp"
#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/wait.hpp"
#include "kiosk/voice.hpp"
#include "kiosk/workers/card_worker.hpp"
#include "kiosk/workers/identity_worker.hpp"
#include "kiosk/workers/mailbox.hpp"
#include "kiosk/workers/spool_client.hpp"

#include <memory>

namespace kiosk {

class Loop : private Hands {
  public:
    // Errors are configuration, keys, texts or display: nothing is left half-started.
    static base::Result<std::unique_ptr<Loop>> open(Settings settings);
    ~Loop() override;

    // Until stop(), the end of the window, or SIGTERM; an error when the display is lost.
    base::Result<void> run();
    void stop() { running_ = false; }

    // As a worker would, from any thread.
    void post(workers::Fact fact) { facts_->post(std::move(fact)); }

    void accompany(Companion* companion) { companion_ = companion; }

    App& app() { return *app_; }
    ui::Window& window() { return *parts_.display->window; }
    // What the last frame showed.
    ui::Shown const& shown() const { return shown_; }
    Settings const& settings() const { return settings_; }
    Metrics& metrics() { return metrics_; }
    Voice const& voice() const { return voice_; }
    ui::Wait const& wait() const { return wait_; }
    void redraw() { frames_wanted_ = 2; }

  private:
    // Everything that can fail, made before the loop itself.
    struct Parts {
        // One of each for each of ui::decks.
        std::vector<ui::Texts> texts;
        std::vector<ui::ConsentText> consents;
        std::optional<dmp::Sealer> sealer;  // none while a certificate is not there yet
        base::Descriptor signals;
        std::optional<Display> display;  // always, but while it is opened anew
    };
    static base::Result<Parts> make_parts(Settings const& settings, ui::Theme const& theme);
    Loop(Settings settings, ui::Theme theme, Parts parts);

    void turn();
    void draw();
    base::Result<void> sleep();
    std::optional<ui::Wait::Clock::time_point> wake_at() const;
    void show_signs_of_life();
    void watch_card_worker();
    void look_for_certificates();
    void renew_display();
    std::size_t deck() const;
    void take_key();

    void read_card_again() override;
    void enqueue(dmp::SealedRequest request) override;
    void ask(crypto::Uuid const& id) override;
    void withdraw(std::uint64_t order, std::string reference) override;
    void check_pin(std::string author_id, crypto::SecretText pin) override;
    void ask_pin(std::string author_id) override;
    void session_started() override;
    void session_ended(std::string_view outcome) override;
    void forget_pictures() override;
    void reset_voice() override;
    void chime(speech::Chime chime) override;
    void say_card_is_in() override;
    void show_lights(journey::Lights lights) override;
    void dim(int percent) override;
    void cycle_reader_power() override;
    void restart_pcscd() override;

    Settings settings_;
    ui::Theme theme_;
    Parts parts_;
    std::optional<InputWatch> input_watch_;
    std::optional<base::Error> failed_;
    ui::Shown shown_;
    ui::Focus focus_;
    Voice voice_;
    // Shared with the card worker, which may outlive the loop when it hangs inside PC/SC.
    std::shared_ptr<workers::Mailbox<workers::Fact>> facts_ =
        std::make_shared<workers::Mailbox<workers::Fact>>();
    std::optional<App> app_;
    std::unique_ptr<workers::CardWorker> card_worker_;
    std::unique_ptr<workers::SpoolClient> spool_client_;
    std::unique_ptr<workers::IdentityWorker> identity_worker_;  // only where identities are checked
    std::unique_ptr<workers::SupervisorWorker> supervisor_;     // only where there is a board
    Companion* companion_ = nullptr;
    ui::Wait wait_;
    Metrics metrics_;
    base::ServiceManager service_manager_;
    SelfProof proof_;
    std::optional<workers::Instant> card_event_;  // of a card whose first frame is not yet shown
    ui::Wait::Clock::time_point last_motion_{};
    std::optional<ui::Wait::Clock::time_point> look_for_certificates_at_;
    int frames_wanted_ = 2;
    bool card_worker_lost_ = false;
    bool running_ = true;
};

}  // namespace kiosk
