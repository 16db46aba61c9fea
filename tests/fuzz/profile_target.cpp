#include "drivers/simulator/virtual_card.hpp"
#include "tests/fuzz/memory_file.hpp"
#include "tests/fuzz/targets.hpp"

#include <array>

namespace fuzz {
namespace {

constexpr std::size_t longest_answer = 258;  // 256 bytes and the status word

// What any card is asked first: both ways to select, reading, and more than there is.
constexpr std::array questions{
    "00 A4 04 00 0B D2 50 00 00 02 56 49 54 41 4C 45",
    "00 A4 04 00 0B D2 50 00 00 02 56 49 54 41 4C 45 00",
    "00 A4 02 0C 02 20 02",
    "00 B0 81 00 00",
    "00 B0 82 00 00",
    "00 B0 7F FF 00",
    "00 C0 00 00 00",
    "BC B0 00 00 04",
};

}  // namespace

bool read_card_profile(base::ByteView input) {
    static MemoryFile const file{"profile"};
    file.write(input);
    auto const profile = simulator::read_profile(file.path(), std::chrono::year{2026} / 11 / 18);
    if (!profile) {
        auto const& detail = profile.error().detail;
        promise(detail.find(file.path().native()) != std::string::npos, "an error names the file");
        promise(detail.find('\n') == std::string::npos, "an error is one line");
        return false;
    }
    promise(profile->atr.size() >= 2 && profile->atr.size() <= 33, "an ATR is one to pcsc-lite");
    for (auto const& application : profile->applications)
        for (auto const& entry : application.files)
            promise(entry.content.size() <= 0x8000, "a file can be addressed to its end");
    simulator::VirtualCard card{*profile};
    card.reset();
    for (auto const* question : questions) {
        auto const answer = card.answer(*base::from_hex(question)).bytes();
        promise(answer.size() >= 2 && answer.size() <= longest_answer,
                "an answer is one to a reader");
    }
    return true;
}

}  // namespace fuzz
