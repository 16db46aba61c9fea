// Whatever happens in whatever order: random acts, cards, levels, answers and times on the app.
#include "kiosk/app.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/app_fixture.hpp"

#include <random>

using namespace app_tests;
using journey::Edit;
using journey::Event;
using journey::Phase;
using journey::Pick;
using journey::State;

namespace {

// Two cards that share no name.
vitale::VitaleCard content_of(workers::CardNumber card) { return card % 2 == 1 ? luc() : family(); }

std::string_view family_name_of(workers::CardNumber card) {
    return card % 2 == 1 ? "EXEMPLE" : "MODELE";
}

constexpr auto checker_id = "899911111111";

kiosk::Settings settings_with(bool identity_seen) {
    auto settings = app_tests::settings();
    settings.identity_seen = identity_seen;
    settings.authors.push_back({checker_id, "VERIFIE", "ANNE", "10B0000000", "STRUCTURE", "hash"});
    return settings;
}

// Plays at random, watching what must never happen.
class Play {
  public:
    Play(unsigned seed, bool identity_seen) : random_(seed), bench_(settings_with(identity_seen)) {
        bench_.app.clock().freeze(true);
        bench_.app.clock().set_day(std::chrono::year{2026} / 11 / 22);
        bench_.app.clock().set_trusted(true);
        bench_.ready();
    }

    void step() {
        auto const before = bench_.state();
        auto const enqueued = bench_.hands.enqueued.size();
        auto const chance = upto(60);
        if (chance < 4)
            insert_or_remove();
        else if (chance < 8)
            answer();
        else if (chance < 11)
            level();
        else if (chance < 12)
            bench_.app.advance_clock(std::chrono::milliseconds{upto(200'000)});
        else if (chance < 16)
            judge_pin();
        else if (chance < 20)
            answer_withdrawal();
        else if (chance < 21)
            board();
        else
            act();
        read_card();
        note(before);
        if (bench_.hands.enqueued.size() > enqueued) check_request();
        check();
    }

    // Everything is well again and nobody is there: the kiosk is ready for the next person.
    void leave() {
        bench_.app.take(workers::ReaderReady{});
        if (card_) remove();
        bench_.app.take(open_level());
        bench_.app.take(workers::DoorLevel{false});
        bench_.app.take(workers::PresenceLevel{false});
        bench_.app.advance_clock(std::chrono::minutes{10});
        CHECK(bench_.state() == State::attract);
        CHECK(bench_.hands.sessions == static_cast<int>(bench_.hands.outcomes.size()));
    }

    int recorded() const { return recorded_; }
    int withdrawn() const { return withdrawn_; }
    int enqueued() const { return static_cast<int>(bench_.hands.enqueued.size()); }

  private:
    int upto(int end) { return std::uniform_int_distribution{0, end - 1}(random_); }

    void insert_or_remove() {
        if (card_ && upto(4) > 0) return;
        if (card_) return remove();
        card_ = ++cards_;
        bench_.card = *card_;
        bench_.app.take(workers::CardInserted{*card_});
        reading_wanted_ = true;
    }

    void remove() {
        bench_.app.take(workers::CardRemoved{*card_});
        card_.reset();
    }

    // The worker reads at once or a little later, and sometimes fails.
    void read_card() {
        bool const asked = bench_.hands.readings != readings_;
        readings_ = bench_.hands.readings;
        reading_wanted_ = reading_wanted_ || asked;
        if (!card_ || !reading_wanted_ || upto(3) == 0) return;
        reading_wanted_ = false;
        if (upto(20) == 0)
            bench_.app.take(workers::CardFailed{*card_, {base::Errc::transmission_failed, ""}});
        else
            bench_.app.take(workers::CardRead{*card_, content_of(*card_), {}});
    }

    void answer() {
        if (bench_.hands.enqueued.empty()) return;
        auto const& id = bench_.hands.enqueued.back().id;
        switch (upto(4)) {
        case 0: return bench_.app.take(workers::RequestUnanswered{id});
        case 1: return bench_.app.take(workers::RequestRefused{id, {base::Errc::storage_full, ""}});
        default: return bench_.app.take(workers::RequestSaved{id});
        }
    }

    void level() {
        switch (upto(16)) {
        case 0: return bench_.app.take(workers::StoreLost{});
        case 1: {
            if (card_) remove();
            return bench_.app.take(workers::ReaderLost{{base::Errc::reader_missing, ""}});
        }
        case 2: return bench_.app.take(workers::StoreLevel{.accepts = true, .day_open = false});
        default: bench_.app.take(workers::ReaderReady{}); return bench_.app.take(open_level());
        }
    }

    // People come and go, the board does, and now and then somebody opens the cabinet.
    void board() {
        switch (upto(24)) {
        case 0: return bench_.app.take(workers::DoorLevel{true});
        case 1: return bench_.app.take(workers::SupervisorLost{{base::Errc::timed_out, ""}});
        case 2: return bench_.app.take(workers::SupervisorReady{});
        case 3: return bench_.app.take(workers::TiltLevel{upto(2) == 0});
        case 4: return bench_.app.take(workers::ReaderPowerCycled{upto(2) == 0});
        default: break;
        }
        bench_.app.take(workers::DoorLevel{false});
        bench_.app.take(workers::PresenceLevel{upto(4) > 0});
    }

    // Each once, in order, soon or late.
    void answer_withdrawal() {
        if (withdrawals_answered_ == bench_.hands.withdrawals.size()) return;
        auto const order = bench_.hands.withdrawals[withdrawals_answered_++].order;
        auto const result = static_cast<workers::WithdrawalAnswered::Result>(upto(5));
        bench_.app.take(
            workers::WithdrawalAnswered{order, result,
                                        result == workers::WithdrawalAnswered::Result::left
                                            ? std::optional{crypto::Uuid::random()}
                                            : std::nullopt});
    }

    // The worker answers each order once, in order, soon or late.
    void judge_pin() {
        if (pins_answered_ == bench_.hands.pin_orders.size()) return;
        using Verdict = workers::PinJudged::Verdict;
        auto const& order = bench_.hands.pin_orders[pins_answered_++];
        workers::PinJudged fact;
        fact.author_id = order.author_id;
        fact.verdict = !order.digits  ? Verdict::ready
                       : upto(2) == 0 ? Verdict::right
                                      : Verdict::wrong;
        pin_was_right_ =
            fact.verdict == Verdict::right && pins_answered_ == bench_.hands.pin_orders.size();
        bench_.app.take(fact);
    }

    void act() {
        if (upto(5) > 0) bench_.app.advance_clock(journey::lock_after_change);
        bench_.app.act(upto(10) < 7 ? way_on() : any_act());
    }

    ui::Intent type_digit() {
        return Edit{Edit::Kind::type, digits_.substr(static_cast<std::size_t>(upto(10)), 1)};
    }

    // What leads towards the end, where there is such a thing.
    ui::Intent way_on() {
        auto const one_of = [&](std::size_t count) {
            return static_cast<std::size_t>(upto(static_cast<int>(count)));
        };
        switch (bench_.state()) {
        case State::choose_person: return Pick{Pick::Of::person, one_of(4)};
        case State::other_adult: return Event::confirm_person;
        case State::representative: return Pick{Pick::Of::representative, one_of(2)};
        case State::relationship: return Pick{Pick::Of::relationship, one_of(4)};
        case State::authority: return Event::declare_authority;
        case State::childs_word: return Event::child_agrees;
        case State::consent: return Event::accept;
        case State::birth_name: return Event::name_is_birth_name;
        case State::review: return Event::send;
        case State::attract: return upto(4) == 0 ? Event::withdraw : Event::next;
        case State::reference_entry:
            if (bench_.app.session().typed.view().size() < 10) return type_digit();
            return Event::next;
        case State::identity_author: return Pick{Pick::Of::author, 0};
        case State::identity_pin:
            if (bench_.app.session().typed.view().size() < 6) return type_digit();
            return Event::next;
        default: return Event::next;
        }
    }

    // Any act of any screen, on whatever screen there is: those that make no sense must do nothing.
    ui::Intent any_act() {
        switch (upto(8)) {
        case 0: return Pick{static_cast<Pick::Of>(upto(5)), static_cast<std::size_t>(upto(5))};
        case 1: return type_digit();
        case 2: return static_cast<ui::FrameAct>(upto(6));
        case 3: return Event::next;
        default: break;
        }
        return static_cast<Event>(upto(static_cast<int>(journey::event_count)));
    }

    void note(State before) {
        auto const now = bench_.state();
        if (bench_.hands.sessions != sessions_) {
            sessions_ = bench_.hands.sessions;
            session_card_ = cards_;
            consented_ = sent_ = false;
        }
        if (before == State::consent && now == State::birth_name) consented_ = true;
        if (before == State::review && now == State::recording) sent_ = true;
        if (before == State::identity_checking && now == State::recording) {
            CHECK(pin_was_right_);
            sent_ = true;
        }
        if (now == State::recorded && before != State::recorded) ++recorded_;
    }

    // A request left: only for the card that is in, after its consent and its sending. A withdrawal
    // needs neither, and nobody gets one who did not give a reference.
    void check_request() {
        if (bench_.hands.enqueued.back().kind == dmp::Kind::withdrawal) {
            CHECK(bench_.state() == State::withdrawing);
            ++withdrawn_;
            return;
        }
        CHECK(card_ == session_card_);
        CHECK(consented_);
        CHECK(sent_);
        consented_ = sent_ = false;
    }

    void check() const {
        auto const& session = bench_.app.session();
        auto const phase = journey::phase(bench_.state());
        auto const& told = bench_.hands.lights_shown.back();
        CHECK((told.status == journey::StatusLight::out) <= (phase == Phase::closed));
        CHECK(bench_.app.view().covered <= (phase == Phase::session || phase == Phase::withdrawal));
        if (phase == Phase::session || phase == Phase::saving) {
            for (auto const& person : session.persons)
                CHECK(person.family_name.view() == family_name_of(session_card_));
            if (bench_.state() == State::recording && session.minor()) {
                CHECK(session.representative.authority_stated);
                CHECK(session.representative.childs_word);
                CHECK(session.representative.relationship);
            }
            return;
        }
        CHECK(session.persons.empty());
        CHECK(session.nir.empty());
        // The reference of an earlier request, of nobody the kiosk knows.
        if (phase != Phase::withdrawal) CHECK(session.typed.empty());
        CHECK(session.mobile.empty());
        CHECK(session.birth_name.empty());
        CHECK(session.representative.family_name.empty());
    }

    static constexpr std::string_view digits_ = "0612345678";
    std::mt19937 random_;
    Bench bench_;
    std::optional<workers::CardNumber> card_;
    workers::CardNumber cards_ = 0;
    workers::CardNumber session_card_ = 0;
    int sessions_ = 0;
    int readings_ = 0;
    std::size_t pins_answered_ = 0;
    std::size_t withdrawals_answered_ = 0;
    bool reading_wanted_ = false;
    bool consented_ = false;
    bool sent_ = false;
    bool pin_was_right_ = false;
    int recorded_ = 0;
    int withdrawn_ = 0;
};

}  // namespace

TEST_CASE("no sequence of events skips a consent, mixes two cards or leaves the kiosk stuck") {
    int recorded = 0;
    int enqueued = 0;
    int withdrawn = 0;
    for (bool const identity_seen : {false, true})
        for (unsigned seed = 1; seed <= 20; ++seed) {
            INFO("seed " << seed << ", identity seen " << identity_seen);
            Play play{seed, identity_seen};
            for (int i = 0; i < 4000; ++i)
                play.step();
            play.leave();
            recorded += play.recorded();
            enqueued += play.enqueued() - play.withdrawn();
            withdrawn += play.withdrawn();
        }
    // The play does come to its end now and then, or it would prove nothing.
    CHECK(enqueued >= 20);
    CHECK(recorded >= 5);
    CHECK(withdrawn >= 20);
}
