// Every way in every language, as a table: ./tests/bench/run --only ways
#include "tests/journeys/ways.hpp"

#include "kiosk/ui/view.hpp"

#include <cstdio>

using namespace system_tests;

namespace {

journeys::Effort measure(journeys::Kind kind, std::string_view deck) {
    auto desk = start_desk();
    return journeys::enrol(*desk, kind, deck);
}

// How many words a minute adults read in a language: Trauzettel-Klosinski and Dietz, Standardized
// Assessment of Reading Performance (IReST), Invest. Ophthalmol. Vis. Sci. 2012;53:5452-5461. An
// Arabic word says more than an English one and takes longer, to be read as to be said.
double reading_speed(std::string_view deck) {
    if (deck == "ar") return 138;
    if (deck == "en") return 228;
    if (deck == "es") return 218;
    if (deck == "pt") return 181;
    return 195;
}

// Who reads, from the card on: their words, a second for each act, and what the machine takes.
double sighted(journeys::Effort const& effort, std::string_view deck) {
    return effort.words * 60.0 / reading_speed(deck) + effort.acts + effort.took.count();
}

}  // namespace

TEST_CASE("every way in every language", "[.][ways]") {
    setenv("SDL_AUDIODRIVER", "dummy", 0);
    std::printf("%-8s %-9s %5s %6s %10s\n", "language", "way", "acts", "words", "machine s");
    for (auto const deck : ui::decks)
        for (auto const kind : journeys::kinds) {
            auto const effort = measure(kind, deck);
            std::printf("%-8s %-9s %5d %6d %10.1f\n", std::string{deck}.c_str(),
                        std::string{journeys::name(kind)}.c_str(), effort.acts, effort.words,
                        effort.took.count());
            std::fflush(stdout);
        }
}

// With sound at the pace of a device, each screen heard to its end before anything is chosen. Until
// the card goes in, who does not speak French finds their language; sighted people see it.
TEST_CASE("an enrolment without sight beside one with it", "[.][ways]") {
    setenv("SDL_AUDIODRIVER", "dummy", 0);
    std::printf("\n%-8s %6s %10s %10s %7s %10s\n", "language", "words", "sighted s", "blind s",
                "times", "to begin s");
    for (auto const deck : ui::decks) {
        auto const read = measure(journeys::Kind::touch, deck);
        auto const heard = measure(journeys::Kind::blind_to_the_end, deck);
        auto const seen = sighted(read, deck);
        std::printf("%-8s %6d %10.0f %10.0f %7.1f %10.0f  (goal 3)\n", std::string{deck}.c_str(),
                    read.words, seen, heard.took.count(), heard.took.count() / seen,
                    heard.to_begin.count());
        std::fflush(stdout);
    }
}
