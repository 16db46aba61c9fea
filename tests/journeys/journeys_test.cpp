// The whole enrolment in each way and in each language, on a desk of its own: real pcscd, window,
// voice, outbox, TLS and CMS.
#include "tests/journeys/ways.hpp"

#include "kiosk/ui/view.hpp"

using namespace system_tests;

TEST_CASE("an adult enrols by touch, in every language", "[journeys]") {
    for (auto const deck : ui::decks) {
        INFO(deck);
        auto desk = start_desk();
        journeys::enrol(*desk, journeys::Kind::touch, deck);
        CHECK(desk->kiosk().running());
    }
}

TEST_CASE("an adult enrols with the keypad alone", "[journeys]") {
    auto desk = start_desk();
    journeys::enrol(*desk, journeys::Kind::keypad, "fr");
}

TEST_CASE("an adult enrols with two switches", "[journeys]") {
    auto desk = start_desk();
    journeys::enrol(*desk, journeys::Kind::switches, "fr");
}

TEST_CASE("an adult enrols without sight, by what is said in the headphones", "[journeys]") {
    setenv("SDL_AUDIODRIVER", "dummy", 0);  // no sound card, the same playing
    auto desk = start_desk();
    journeys::enrol(*desk, journeys::Kind::blind, "fr");
    auto const audio = must(desk->robot().order(json{{"do", "audio"}}));
    CHECK(audio["outlet"] == "headphones");
    CHECK(audio["heard"].get<int>() > 0);
    CHECK(audio["refused"] == 0);
}

TEST_CASE("pulled out in mid-sentence, headphones leave nothing private to the loudspeaker",
          "[journeys]") {
    setenv("SDL_AUDIODRIVER", "dummy", 0);
    auto desk = start_desk();
    must(desk->robot().order(json{{"do", "device"}, {"headphones", true}}));
    walk_to(*desk, "review");
    auto const said = [&](std::string_view outlet) {
        std::string all;
        auto const shown = screen(*desk);
        for (auto const& one : shown["spoken"])
            if (one["outlet"] == outlet) all.append(one["text"]).append("\n");
        return all;
    };
    auto const hear_the_review_again = [&](std::string_view outlet) {
        tap(*desk, "back");
        wait_for(*desk, "contact");
        tap(*desk, "next");
        wait_for(*desk, "review");
        std::string heard;
        CHECK(eventually([&] {
            heard += said(outlet);
            return heard.find("Tout est juste") != std::string::npos;
        }));
        return heard;
    };
    // The control: in the headphones the name is heard.
    CHECK(hear_the_review_again("headphones").find("EXEMPLE") != std::string::npos);
    must(desk->robot().order(json{{"do", "device"}, {"headphones", false}}));
    auto const aloud = hear_the_review_again("speaker");
    CHECK(aloud.find("EXEMPLE") == std::string::npos);
    CHECK(aloud.find("1978") == std::string::npos);
    CHECK(aloud.find("casque") != std::string::npos);
}

TEST_CASE("a card left in the reader is said aloud to who does not listen, then chimes",
          "[journeys]") {
    setenv("SDL_AUDIODRIVER", "dummy", 0);
    auto desk = start_desk();
    walk_to(*desk, "consent");
    walk(*desk, {{"refuse", "refused"}, {"done", "take_card"}});
    auto const later = [&](std::chrono::milliseconds by) {
        must(desk->robot().order(json{{"do", "clock"}, {"advance_ms", by.count()}}));
    };
    auto const audio = [&] { return must(desk->robot().order(json{{"do", "audio"}})); };
    CHECK(eventually([&] { return audio()["chimes"] == 1; }));
    later(std::chrono::seconds{9});
    std::string said;
    CHECK(eventually([&] {
        said += screen(*desk)["spoken"].dump();
        return said.find("Reprenez votre carte") != std::string::npos;
    }));
    CHECK(said.find("headphones") == std::string::npos);
    later(std::chrono::seconds{9});
    CHECK(eventually([&] { return audio()["chimes"] == 2; }));
    CHECK(eventually([&] { return audio()["heard"] >= 3; }));
    remove_card(*desk);
    wait_for(*desk, "attract");
}
