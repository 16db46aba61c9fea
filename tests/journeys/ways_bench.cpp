// Every way in every language, as a table: ./tests/bench/run --only ways
#include "tests/journeys/ways.hpp"

#include "kiosk/ui/view.hpp"

#include <chrono>
#include <cstdio>

using namespace system_tests;

namespace {

struct Run {
    journeys::Effort effort;
    double seconds = 0;
};

Run measure(journeys::Kind kind, std::string_view deck) {
    auto desk = start_desk();
    auto const begun = std::chrono::steady_clock::now();
    auto const effort = journeys::enrol(*desk, kind, deck);
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begun;
    return {effort, took.count()};
}

// Who reads: 200 words a minute, a second for each act, and what the machine takes.
double sighted(Run const& run) {
    return run.effort.words * 60.0 / 200 + run.effort.acts + run.seconds;
}

}  // namespace

TEST_CASE("every way in every language", "[.][ways]") {
    setenv("SDL_AUDIODRIVER", "dummy", 0);
    std::printf("%-8s %-9s %5s %6s %10s\n", "language", "way", "acts", "words", "machine s");
    for (auto const deck : ui::decks)
        for (auto const kind : journeys::kinds) {
            auto const run = measure(kind, deck);
            std::printf("%-8s %-9s %5d %6d %10.1f\n", std::string{deck}.c_str(),
                        std::string{journeys::name(kind)}.c_str(), run.effort.acts,
                        run.effort.words, run.seconds);
            std::fflush(stdout);
        }
}

// With sound at the pace of a device, each screen heard to its end before anything is chosen.
TEST_CASE("an enrolment without sight beside one with it", "[.][ways]") {
    setenv("SDL_AUDIODRIVER", "dummy", 0);
    std::printf("\n%-8s %10s %10s %7s\n", "language", "sighted s", "blind s", "times");
    for (auto const* const deck : {"fr", "ar"}) {
        auto const seen = sighted(measure(journeys::Kind::touch, deck));
        auto const heard = measure(journeys::Kind::blind_to_the_end, deck).seconds;
        std::printf("%-8s %10.0f %10.0f %7.1f  (goal 3)\n", deck, seen, heard, heard / seen);
        std::fflush(stdout);
    }
}
