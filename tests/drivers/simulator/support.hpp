// What the tests of the simulator share: the shipped profiles, and hexadecimal both ways.
#pragma once

#include "drivers/simulator/virtual_card.hpp"
#include "tests/catch.hpp"

#include <string>

inline simulator::Profile shipped(std::string const& id) {
    auto profile =
        simulator::read_profile(std::filesystem::path{SIMULATOR_PROFILES} / (id + ".toml"));
    INFO((profile ? "" : base::describe(profile.error())));
    REQUIRE(profile);
    return *profile;
}

inline base::Bytes bytes(std::string_view hex) { return base::from_hex(hex).value(); }

// The whole response of a card to a command, in hexadecimal.
inline std::string ask(simulator::VirtualCard& card, std::string_view apdu) {
    return base::to_hex(card.answer(bytes(apdu)).bytes());
}

inline auto const select_vitale = "00 A4 04 00 0B D2 50 00 00 02 56 49 54 41 4C 45";
