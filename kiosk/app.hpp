// The heart of dmp-kiosk, without window and threads: it judges facts, feeds the journey and
// carries out what entering a state means.
#pragma once

#include "kiosk/clock.hpp"
#include "kiosk/dmp/sealing.hpp"
#include "kiosk/enrolment.hpp"
#include "kiosk/journey/backlight.hpp"
#include "kiosk/journey/journey.hpp"
#include "kiosk/journey/lights.hpp"
#include "kiosk/journey/reader_ladder.hpp"
#include "kiosk/journey/session.hpp"
#include "kiosk/judgement.hpp"
#include "kiosk/settings.hpp"
#include "kiosk/speech/chime.hpp"
#include "kiosk/ui/view.hpp"
#include "kiosk/workers/facts.hpp"

#include <deque>
#include <optional>
#include <string>

namespace kiosk {

// What the app asks of its workers; none of it waits.
class Hands {
  public:
    virtual ~Hands() = default;
    virtual void read_card_again() = 0;
    virtual void enqueue(dmp::SealedRequest request) = 0;
    virtual void ask(crypto::Uuid const& id) = 0;
    // Is answered by WithdrawalAnswered with the same order.
    virtual void withdraw(std::uint64_t order, std::string reference) = 0;
    // Is answered by PinJudged, both.
    virtual void check_pin(std::string author_id, crypto::SecretText pin) = 0;
    virtual void ask_pin(std::string author_id) = 0;
    virtual void session_started() = 0;
    virtual void session_ended(std::string_view outcome) = 0;
    // The person is gone: pictures of words and lists of widgets are overwritten.
    virtual void forget_pictures() = 0;
    // Loudness of the voice as everybody finds it.
    virtual void reset_voice() = 0;
    virtual void chime(speech::Chime chime) = 0;
    // That the card is still in the reader, to whoever is near.
    virtual void say_card_is_in() = 0;
    // The lights outside the screen, when they change.
    virtual void show_lights(journey::Lights lights) = 0;
    // The screen's backlight, when it changes.
    virtual void dim(int percent) = 0;
    // By the supervision board; is answered by ReaderPowerCycled.
    virtual void cycle_reader_power() = 0;
    virtual void restart_pcscd() = 0;
};

class App {
  public:
    // `sealer` may be missing while the kiosk's certificates are: nothing can be recorded until
    // use(sealer). `consents` has one text for each of ui::decks.
    App(Settings const& settings, std::vector<ConsentReference> consents,
        std::optional<dmp::Sealer> sealer, Hands& hands);

    void use(dmp::Sealer sealer);

    void take(workers::Fact const& fact);
    // An act of the person, from a screen; false while the lock after a change holds.
    bool act(ui::Intent const& intent);
    // After each frame: which page it showed, and how much of the screen was before.
    void showed(std::size_t page, std::size_t before);
    // The person moves about the screen without acting: the patience starts anew.
    void noticed();
    // Fires what is due on the journey's clock.
    void tick();

    std::optional<journey::Time> deadline() const;
    ui::View view() const;

    Clock& clock() { return clock_; }
    Clock const& clock() const { return clock_; }
    // The attract screen's card moves on.
    void move_on() { ++motion_; }

    // Moves the clock forward and fires every limit on the way, in order.
    void advance_clock(journey::Time by);

    journey::Journey const& journey() const { return journey_; }
    journey::Session const& session() const { return session_; }
    bool headphones() const { return levels_.headphones; }
    bool has_reader() const { return levels_.reader == true; }
    bool can_record() const { return sealer_.has_value() && levels_.store == true; }

    struct Entry {
        std::uint64_t sequence;
        journey::State state;
    };
    // The states entered last, oldest first, some hundreds at most.
    std::deque<Entry> const& history() const { return history_; }

    // Of the card read last, for the benchmark.
    std::optional<workers::ReadingCost> const& reading_cost() const { return reading_cost_; }

  private:
    struct Levels {
        std::optional<bool> reader;  // unknown until the worker spoke
        std::optional<bool> store;
        bool store_full = false;
        bool day_open = false;
        std::string author_id;
        bool headphones = false;    // what is private may be heard
        bool jack = false;          // as it was last said: unlike `headphones` also without a board
        std::optional<bool> board;  // unknown until the worker spoke: a kiosk may have none
        // Unknown without a board.
        std::optional<bool> someone;
        std::optional<bool> door_open;
        std::optional<bool> tilted;
        std::optional<bool> key_turned;
        std::optional<bool> network;  // shown nowhere as yet
    };

    void happen(journey::Event event);
    void carry_out(journey::State from);
    std::optional<journey::Event> missed_edge() const;
    void settle();
    void show_outside();
    journey::ReaderLadder::Means means() const;
    void climb();
    Today today() const { return {local_day(clock_.calendar()), clock_.trusted()}; }

    void handle(workers::ReaderReady const& ready);
    void handle(workers::ReaderLost const& lost);
    void handle(workers::CardInserted const& inserted);
    void handle(workers::CardRemoved const& removed);
    void handle(workers::CardRead const& read);
    void handle(workers::CardFailed const& failed);
    void handle(workers::OtherReaderUsed const& other);
    void handle(workers::HeadphonesLevel const& level);
    void handle(workers::Ping const& ping);
    void handle(workers::FrameAsked const& asked);
    void handle(workers::SupervisorReady const& ready);
    void handle(workers::SupervisorWarning const& warning);
    void handle(workers::SupervisorLost const& lost);
    void handle(workers::PresenceLevel const& level);
    void handle(workers::DoorLevel const& level);
    void handle(workers::TiltLevel const& level);
    void handle(workers::KeySwitchLevel const& level);
    void handle(workers::ReaderPowerCycled const& cycled);
    void handle(workers::NetworkLevel const& level);
    void handle(workers::StoreLevel const& level);
    void handle(workers::StoreLost const& lost);
    void handle(workers::RequestSaved const& saved);
    void handle(workers::RequestRefused const& refused);
    void handle(workers::RequestUnanswered const& unanswered);
    void handle(workers::WithdrawalAnswered const& answered);
    void handle(workers::PinJudged const& judged);
    void handle(workers::PinCountsDamaged const& damaged);
    void take_edit(journey::Edit const& edit);
    void take_choice(journey::Event event);
    void take_pick(journey::Pick const& pick);
    void take_frame_act(ui::FrameAct act);
    void take_language(ui::LanguageChoice choice);
    void use_deck(std::string_view language, bool easy);
    void comfort_chosen();
    void keep_place();
    void begin_pages();
    bool keep_typed();
    void decide(Verdict const& verdict);
    void note_page();
    void name_closed_trouble();

    void wipe_session();
    void comfort_changed();
    void remind(journey::Reminder reminder);
    void begin_session(journey::State from);
    void check_pin();
    void ask_pin();
    void record();
    void show_receipt();
    void withdraw();
    void send_withdrawal(crypto::Uuid const& request);
    void forget(std::optional<journey::Trouble> trouble);
    void end_session(std::string_view outcome,
                     std::optional<journey::Trouble> trouble = std::nullopt);
    bool about_this_request(crypto::Uuid const& id) const;
    ConsentReference const& consent_given() const;

    Settings const& settings_;
    std::vector<ConsentReference> consents_;
    std::vector<config::Author> checkers_;  // those with a PIN
    std::optional<dmp::Sealer> sealer_;
    Hands& hands_;
    Clock clock_;
    journey::Journey journey_;
    journey::Session session_;
    Levels levels_;
    std::optional<workers::CardNumber> card_;
    std::optional<workers::CardNumber> content_expected_;  // a reading of this card is on its way
    std::optional<crypto::Uuid> request_;
    // Who answers for the session's request: who opened the day, from the start of the session, or
    // who saw the identity document.
    std::optional<config::Author> author_;
    std::optional<journey::Trouble> reader_trouble_;
    journey::ReaderLadder ladder_;
    journey::Backlight backlight_;
    // What the board was last told to show; nothing since it came.
    std::optional<journey::Lights> lights_shown_;
    std::optional<int> brightness_shown_;
    bool card_forgotten_ = false;  // the card that is in, and staff was told
    // Orders given to the identity worker and its answers, which come in the same order.
    unsigned pin_orders_ = 0;
    unsigned pin_answers_ = 0;
    std::uint64_t withdrawals_ = 0;  // orders given to the spooler
    bool in_ledger_ = false;
    // A card that stayed in a reader that went away during a farewell: when the reader is back its
    // insertion is no new session.
    bool left_in_ = false;
    bool start_over_asked_ = false;
    bool languages_offered_ = false;
    std::size_t before_page_ = 0;
    std::optional<std::size_t> anchor_;  // until a page is turned
    unsigned motion_ = 0;
    std::deque<Entry> history_;
    std::optional<workers::ReadingCost> reading_cost_;
};

}  // namespace kiosk
