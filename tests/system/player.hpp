// Plays one virtual card through a running desk, from insertion to its end, as a person would who
// agrees to everything.
#pragma once

#include "tests/system/fixture.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace system_tests {

// The answers that differ between cards.
struct Choices {
    std::size_t person = 0;
    std::size_t century = 0;  // 0: 19.., 1: 20..
};

struct End {
    std::string state;
    std::string code;                // of the trouble shown; empty if none
    std::vector<std::string> asked;  // states that not everybody goes through
    int pages_turned = 0;
};

// The journey's clock should be frozen, so that no lock after a change is waited out. Returns at
// the last screen; the card may still be in.
End play(desk::Desk& desk, std::string_view profile, Choices const& choices = {});

// Takes the card out if there is one and returns to attract.
void leave(desk::Desk& desk);

bool shows(json const& screen, std::string_view widget);

// The code on the screen, if it shows one.
std::string code_on(json const& screen);

}  // namespace system_tests
