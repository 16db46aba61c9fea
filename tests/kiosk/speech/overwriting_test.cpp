// Looks for a word in all memory of the process that can be written.
#include "kiosk/crypto/digest.hpp"
#include "kiosk/speech/synthesizer.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/speech/scene.hpp"

#include <array>
#include <cctype>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include <fcntl.h>
#include <unistd.h>

using namespace speech;

namespace {

// Never whole in memory but where a test puts it.
constexpr std::array<unsigned char, 9> masked{'Z' ^ 0x55, 'o' ^ 0x55, 'r' ^ 0x55,
                                              'b' ^ 0x55, 'a' ^ 0x55, 'q' ^ 0x55,
                                              'u' ^ 0x55, 'i' ^ 0x55, 'n' ^ 0x55};

crypto::SecretText sentence(int fillers) {
    std::vector<char, crypto::CleansingAllocator<char>> text;
    text.reserve(4000);
    auto const add = [&](std::string_view words) {
        text.insert(text.end(), words.begin(), words.end());
    };
    add("Bonjour ");
    for (auto const byte : masked)
        text.push_back(static_cast<char>(byte ^ 0x55));
    for (int i = 0; i < fillers; ++i)
        add(" et encore");
    add(" Marcel.");
    return std::string_view{text.data(), text.size()};
}

constexpr std::size_t overlap = masked.size() * 4;  // no copy is longer

struct Region {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
};

std::vector<Region> writable_regions() {
    constexpr std::size_t larger_is_of_a_sanitizer = 256U << 20U;
    std::vector<Region> regions;
    std::ifstream maps{"/proc/self/maps"};
    for (std::string line; std::getline(maps, line);) {
        Region region;
        char dash = 0;
        std::string rights;
        std::istringstream{line} >> std::hex >> region.begin >> dash >> region.end >> rights;
        if (rights.starts_with("rw") && region.end - region.begin < larger_is_of_a_sanitizer)
            regions.push_back(region);
    }
    return regions;
}

// In small letters too, and in characters of four bytes: espeak-ng makes such copies.
bool is_at(unsigned char const* memory, std::size_t width) {
    for (std::size_t i = 0; i < masked.size(); ++i) {
        auto const expected = masked[i] ^ 0x55;
        auto const found = memory[i * width];
        if (found != expected && found != std::tolower(expected)) return false;
        for (std::size_t k = 1; k < width; ++k)
            if (memory[i * width + k] != 0) return false;
    }
    return true;
}

struct Window {
    std::array<unsigned char, 1024 * 1024> bytes;

    bool holds(std::uintptr_t address) const {
        auto const begin = reinterpret_cast<std::uintptr_t>(bytes.data());
        return address >= begin && address < begin + bytes.size();
    }
};

int copies_in(Window const& window, std::size_t size, std::uintptr_t address) {
    int found = 0;
    for (auto const first : {masked[0] ^ 0x55, std::tolower(masked[0] ^ 0x55)}) {
        auto const* const end = window.bytes.data() + size;
        for (auto const* at = window.bytes.data();; ++at) {
            at = static_cast<unsigned char const*>(
                std::memchr(at, first, static_cast<std::size_t>(end - at)));
            if (at == nullptr || at + overlap > end) break;
            auto const place = address + static_cast<std::size_t>(at - window.bytes.data());
            if (!window.holds(place) && (is_at(at, 1) || is_at(at, 4))) ++found;
        }
    }
    return found;
}

int copies_in_memory() {
    // Read through the kernel: the sanitizers guard what lies between their blocks.
    static Window window;
    int const memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    REQUIRE(memory >= 0);
    int found = 0;
    for (auto const& region : writable_regions())
        for (auto at = region.begin; at < region.end; at += window.bytes.size() - overlap) {
            auto const size = std::min<std::size_t>(window.bytes.size(), region.end - at);
            auto const count = ::pread(memory, window.bytes.data(), size, static_cast<off_t>(at));
            if (count > 0) found += copies_in(window, static_cast<std::size_t>(count), at);
        }
    ::close(memory);
    crypto::cleanse(window.bytes.data(), window.bytes.size());
    return found;
}

}  // namespace

TEST_CASE("the search finds a text that somebody still holds", "[overwriting]") {
    CHECK(copies_in_memory() == 0);
    {
        auto const held = sentence(0);
        CHECK(copies_in_memory() == 1);
    }
    CHECK(copies_in_memory() == 0);
}

TEST_CASE("nothing of a text stays in memory after it was said, given up or refused",
          "[overwriting]") {
    int const fillers = GENERATE(0, 60, 300);
    auto const* const language = GENERATE("fr", "ar");
    Scene scene;
    scene.options.audio.driver = "dummy";
    scene.options.audio.device = "";
    auto& speaker = scene.begin();

    SECTION("given up in mid-sentence") {
        speaker.set_outlet(Outlet::headphones);
        auto const ticket = speaker.say({sentence(fillers), language}, When::queued);
        auto const queued = speaker.say({sentence(fillers), language}, When::queued);
        scene.await_sound();
        speaker.stop();
        CHECK(scene.await(ticket).outcome == Outcome::interrupted);
        CHECK(scene.await(queued).outcome == Outcome::interrupted);
    }
    SECTION("refused") {
        CHECK(scene.await(speaker.say({sentence(fillers), language}, When::queued)).outcome ==
              Outcome::refused);
    }
    SECTION("said") {
        if (fillers > 0) return;  // takes long
        speaker.set_outlet(Outlet::headphones);
        CHECK(scene.await(speaker.say({sentence(fillers), language}, When::queued)).outcome ==
              Outcome::said);
    }
    CHECK(copies_in_memory() == 0);
}
