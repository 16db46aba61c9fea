#include "tests/catch.hpp"
#include "tests/fuzz/card_target.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace {

constexpr int changes_of_each = 5'000;

base::Bytes content(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<base::Bytes> corpus() {
    std::vector<base::Bytes> inputs;
    for (auto const& entry : std::filesystem::directory_iterator{FUZZ_CORPUS "/card"})
        inputs.push_back(content(entry.path()));
    return inputs;
}

// One to four of: another byte, a bit, a cut, a byte put in, a byte taken out, a run of one byte.
base::Bytes changed(base::Bytes bytes, std::mt19937& random) {
    auto const below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
    for (auto times = 1 + below(4); times > 0; --times) {
        auto const at = static_cast<std::ptrdiff_t>(below(bytes.size()));
        auto const byte = static_cast<std::uint8_t>(random());
        switch (below(6)) {
        case 0:
            if (!bytes.empty()) bytes[static_cast<std::size_t>(at)] = byte;
            break;
        case 1:
            if (!bytes.empty())
                bytes[static_cast<std::size_t>(at)] ^= static_cast<std::uint8_t>(1U << below(8));
            break;
        case 2: bytes.resize(static_cast<std::size_t>(at)); break;
        case 3: bytes.insert(bytes.begin() + at, byte); break;
        case 4:
            if (!bytes.empty()) bytes.erase(bytes.begin() + at);
            break;
        default: bytes.insert(bytes.begin() + at, below(300), byte); break;
        }
    }
    return bytes;
}

}  // namespace

TEST_CASE("every card of the corpus keeps the reader's promises, and most can be read", "[fuzz]") {
    auto const inputs = corpus();
    REQUIRE(inputs.size() >= 8);
    std::size_t readable = 0;
    for (auto const& input : inputs)
        readable += fuzz::read_card(input) ? 1 : 0;
    CHECK(readable >= inputs.size() / 2);
}

TEST_CASE("the cards of the corpus with a pointer file are read by it, or refused for it",
          "[fuzz]") {
    auto const is_read = [](char const* name) {
        auto const input = content(std::filesystem::path{FUZZ_CORPUS "/card"} / name);
        REQUIRE_FALSE(input.empty());
        return fuzz::read_card(input);
    };
    for (auto const* name : {"pointers", "pointers-strict", "pointers-long", "pointers-raw-length",
                             "raw-pointers", "raw-pointers-strict"})
        CHECK(is_read(name));
    for (auto const* name : {"pointers-disagree", "pointers-damaged", "pointers-nowhere"})
        CHECK_FALSE(is_read(name));
}

TEST_CASE("no random change of a card breaks the reader's promises", "[fuzz]") {
    std::mt19937 random{20190617};  // the same changes every time
    std::size_t readable = 0;
    std::size_t tried = 0;
    for (auto const& input : corpus()) {
        for (int i = 0; i < changes_of_each; ++i) {
            readable += fuzz::read_card(changed(input, random)) ? 1 : 0;
            ++tried;
        }
    }
    // Neither all nor none: the changes reach behind the first check, and matter.
    CHECK(readable > tried / 100);
    CHECK(readable < tried);
}
