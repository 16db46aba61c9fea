// Each target runs over its corpus and random changes of it, for as long as its share of time.
#include "tests/catch.hpp"
#include "tests/fuzz/corpus.hpp"
#include "tests/fuzz/targets.hpp"

#include <chrono>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds share{8};

}  // namespace

TEST_CASE("each corpus holds what is accepted and what is not", "[fuzz]") {
    for (auto const& target : fuzz::targets) {
        INFO(target.name);
        auto const inputs = fuzz::corpus_of(target.name);
        std::size_t accepted = 0;
        for (auto const& input : inputs)
            accepted += target.run(input) ? 1 : 0;
        CHECK(accepted >= 1);
        CHECK(accepted < inputs.size());
    }
}

TEST_CASE("no random change of what strangers send breaks a promise", "[fuzz]") {
    for (auto const& target : fuzz::targets) {
        INFO(target.name);
        std::mt19937 random{20190617};
        auto const inputs = fuzz::corpus_of(target.name);
        std::size_t tried = 0;
        for (auto const until = Clock::now() + share; Clock::now() < until; ++tried)
            target.run(fuzz::changed(inputs[tried % inputs.size()], random));
        CHECK(tried > inputs.size());
    }
}
