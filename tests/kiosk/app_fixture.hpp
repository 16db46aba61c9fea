// An app with hands that only note what was asked of them.
#pragma once

#include "drivers/base/process.hpp"
#include "kiosk/app.hpp"
#include "tests/catch.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace app_tests {

struct NotingHands : kiosk::Hands {
    void read_card_again() override { ++readings; }
    void enqueue(dmp::SealedRequest request) override { enqueued.push_back(std::move(request)); }
    void ask(crypto::Uuid const& id) override { asked.push_back(id); }
    void session_started() override { ++sessions; }
    void session_ended(std::string_view outcome) override { outcomes.emplace_back(outcome); }
    void forget_pictures() override { ++forgotten; }

    int readings = 0;
    int sessions = 0;
    int forgotten = 0;
    std::vector<dmp::SealedRequest> enqueued;
    std::vector<crypto::Uuid> asked;
    std::vector<std::string> outcomes;
};

inline constexpr auto author_id = "899900000000";

// Throw-away keys, made once for the whole run.
inline std::filesystem::path const& keys() {
    static auto const folder = [] {
        std::string pattern = std::filesystem::temp_directory_path() / "dmp-app-XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        auto process = base::Process::start({{MAKE_KEYS, pattern, "borne-essai"}, {}, "/dev/null"});
        REQUIRE(process);
        REQUIRE(process->wait(std::chrono::seconds{30}) == 0);
        return std::filesystem::path{pattern};
    }();
    return folder;
}

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

inline kiosk::Settings settings() {
    kiosk::Settings settings;
    settings.id = "borne-essai";
    settings.software = {"1.2.250.1.999.1.1.1", "BORNE"};
    settings.authors = {{author_id, "TEST", "AGENT", "10B0000000", "STRUCTURE DE TEST"}};
    return settings;
}

struct Bench {
    kiosk::Settings settings = app_tests::settings();
    NotingHands hands;
    kiosk::App app{settings, {"dmp-consent", "1", {}}, sealer(), hands};
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
