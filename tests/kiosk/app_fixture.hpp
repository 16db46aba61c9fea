// An app with hands that only note what was asked of them.
#pragma once

#include "kiosk/app.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/test_settings.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace app_tests {

struct NotingHands : kiosk::Hands {
    void read_card_again() override { ++readings; }
    void enqueue(dmp::SealedRequest request) override { enqueued.push_back(std::move(request)); }
    void ask(crypto::Uuid const& id) override { asked.push_back(id); }
    void withdraw(std::uint64_t order, std::string reference) override {
        withdrawals.push_back({order, std::move(reference)});
    }
    void session_started() override { ++sessions; }
    void session_ended(std::string_view outcome) override { outcomes.emplace_back(outcome); }
    void forget_pictures() override { ++forgotten; }
    void reset_voice() override { ++voices_reset; }
    void chime(speech::Chime chime) override { chimes.push_back(chime); }
    void say_card_is_in() override { ++reminders_said; }
    void show_lights(journey::Lights lights) override { lights_shown.push_back(lights); }
    void dim(int percent) override { backlights.push_back(percent); }
    void cycle_reader_power() override { ++power_cycles; }
    void restart_pcscd() override { ++pcscd_restarts; }
    void check_pin(std::string author, crypto::SecretText pin) override {
        pin_orders.push_back({std::move(author), std::string{pin.view()}});
    }
    void ask_pin(std::string author) override {
        pin_orders.push_back({std::move(author), std::nullopt});
    }

    // Each is to be answered by one PinJudged, in order.
    struct PinOrder {
        std::string author_id;
        std::optional<std::string> digits;  // none: only asked
    };
    std::vector<PinOrder> pin_orders;

    struct WithdrawalOrder {
        std::uint64_t order;
        std::string reference;
    };
    std::vector<WithdrawalOrder> withdrawals;

    int readings = 0;
    int sessions = 0;
    int forgotten = 0;
    int voices_reset = 0;
    int reminders_said = 0;
    int power_cycles = 0;
    int pcscd_restarts = 0;
    std::vector<journey::Lights> lights_shown;
    std::vector<int> backlights;
    std::vector<speech::Chime> chimes;
    std::vector<dmp::SealedRequest> enqueued;
    std::vector<crypto::Uuid> asked;
    std::vector<std::string> outcomes;
};

inline dmp::Sealer sealer() {
    auto opened = dmp::Sealer::open(keys() / "kiosk-signing.key", keys() / "kiosk-signing.pem",
                                    keys() / "receiver.pem");
    REQUIRE(opened);
    return std::move(*opened);
}

inline vitale::Text text(std::string_view words) {
    return {base::to_bytes(words), std::string{words}, false};
}

inline vitale::VitaleCard luc() {
    vitale::Beneficiary person;
    person.family_name = text("EXEMPLE");
    person.first_name = text("LUC");
    person.birth_date = "19780514";
    person.nir = "178057599990175";
    return {{person}, vitale::NumberFile::read};
}

// Luc and a child, who carries no number.
inline vitale::VitaleCard with_child() {
    auto card = luc();
    vitale::Beneficiary child;
    child.position = 1;
    child.family_name = text("EXEMPLE");
    child.first_name = text("LEA");
    child.birth_date = "20140203";
    card.beneficiaries.push_back(child);
    return card;
}

inline vitale::Beneficiary person(std::size_t position, std::string_view first_name,
                                  std::string birth_date) {
    vitale::Beneficiary person;
    person.position = position;
    person.family_name = text("MODELE");
    person.first_name = text(first_name);
    person.birth_date = std::move(birth_date);
    return person;
}

// Two adults, the insured one first, and twins.
inline vitale::VitaleCard family() {
    vitale::VitaleCard card{{person(0, "ANDRE", "19810409"), person(1, "SOPHIE", "19830911"),
                             person(2, "LEA", "20140203"), person(3, "ZOE", "20140203")},
                            vitale::NumberFile::read};
    card.beneficiaries[0].nir = "181043399790535";
    return card;
}

// A number with a right key in another class.
inline std::string number_of_class(char digit) {
    std::string number = "1780575999901";
    number[0] = digit;
    auto const key = 97 - std::stoll(number) % 97;
    return number + (key < 10 ? "0" : "") + std::to_string(key);
}

inline workers::StoreLevel open_level() {
    return {.accepts = true, .full = false, .day_open = true, .author_id = author_id};
}

inline std::vector<kiosk::ConsentReference> consents() {
    return {{"fr", "dmp-consent", "2", {}}, {"en", "dmp-consent", "2", {}}};
}

struct Bench {
    explicit Bench(kiosk::Settings given = app_tests::settings()) : settings(std::move(given)) {}

    kiosk::Settings settings;
    NotingHands hands;
    kiosk::App app{settings, consents(), sealer(), hands};
    workers::CardNumber card = 1;

    journey::State state() const { return app.journey().state(); }

    void ready() {
        app.take(workers::ReaderReady{});
        app.take(open_level());
        REQUIRE(state() == journey::State::attract);
    }

    void insert(vitale::VitaleCard const& content) {
        ready();
        app.take(workers::CardInserted{card});
        app.take(workers::CardRead{card, content, {}});
    }

    // As a person would: after the lock.
    bool press(ui::Intent const& intent) {
        app.clock().freeze(true);
        app.advance_clock(journey::lock_after_change);
        return app.act(intent);
    }
    void type(std::string_view character) {
        REQUIRE(press(journey::Edit{journey::Edit::Kind::type, character}));
    }

    void go_to_contact() {
        using journey::Event;
        for (auto const event :
             {Event::next, Event::accept, Event::name_is_birth_name, Event::next})
            REQUIRE(press(event));
        REQUIRE(state() == journey::State::contact);
    }
    void go_to_review(vitale::VitaleCard const& content) {
        go_to_contact();
        REQUIRE(press(journey::Event::next));
        app.take(workers::CardRead{card, content, {}});
        REQUIRE(state() == journey::State::review);
    }
};

}  // namespace app_tests
