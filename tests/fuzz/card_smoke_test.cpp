#include "tests/catch.hpp"
#include "tests/fuzz/card_target.hpp"
#include "tests/fuzz/corpus.hpp"

namespace {

constexpr int changes_of_each = 5'000;

}  // namespace

TEST_CASE("every card of the corpus keeps the reader's promises, and most can be read", "[fuzz]") {
    auto const inputs = fuzz::corpus_of("card");
    REQUIRE(inputs.size() >= 8);
    std::size_t readable = 0;
    for (auto const& input : inputs)
        readable += fuzz::read_card(input) ? 1 : 0;
    CHECK(readable >= inputs.size() / 2);
}

TEST_CASE("the cards of the corpus with a pointer file are read by it, or refused for it",
          "[fuzz]") {
    auto const is_read = [](char const* name) {
        auto const input = fuzz::content(std::filesystem::path{FUZZ_CORPUS "/card"} / name);
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
    for (auto const& input : fuzz::corpus_of("card")) {
        for (int i = 0; i < changes_of_each; ++i) {
            readable += fuzz::read_card(fuzz::changed(input, random)) ? 1 : 0;
            ++tried;
        }
    }
    // Neither all nor none: the changes reach behind the first check, and matter.
    CHECK(readable > tried / 100);
    CHECK(readable < tried);
}
