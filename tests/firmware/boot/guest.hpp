// A board with the boot loader and perhaps a guest: an application that says who it is.
#pragma once

#include "firmware/boot/memory_map.hpp"
#include "tests/fakes/board/board.hpp"

#include <optional>

namespace supervisor_tests {

struct Greeting {
    int version;
    std::uint8_t reset_flags;
    bool was_asked_for;
    bool is_clean;     // the registers are as after a reset
    std::uint8_t sum;  // of its table
};

inline std::filesystem::path image_of(std::string const& name) {
    return std::filesystem::path{FIRMWARE_DIR} / (name + ".hex");
}

inline fake::BoardSetup with_loader(std::vector<std::string> const& guests = {},
                                    std::uint32_t seed = 1) {
    fake::BoardSetup setup{.images = {image_of("boot_loader")},
                           .boot_section = boot::loader_begin,
                           .starts_in_boot_section = true,
                           .seed = seed};
    for (auto const& guest : guests)
        setup.images.push_back(image_of(guest));
    return setup;
}

// Nothing when no guest says anything within this time.
inline std::optional<Greeting> hear_guest(fake::Board& board,
                                          fake::Span limit = std::chrono::seconds{2}) {
    if (!board.run_until([&] { return board.received().size() >= 6; }, limit)) return std::nullopt;
    auto const said = board.take_received();
    if (said[0] != 'V') return std::nullopt;
    return Greeting{said[1], said[2], said[3] != 0, said[4] != 0, said[5]};
}

// As make_ballast() in guest.cpp and its size in CMakeLists.txt.
inline std::uint8_t sum_of_guest(int version) {
    int sum = 0;
    for (int i = 0; i < (version == 1 ? 1300 : 1900); ++i)
        sum += static_cast<std::uint8_t>(i * 7 + version);
    return static_cast<std::uint8_t>(sum);
}

}  // namespace supervisor_tests
