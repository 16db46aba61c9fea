// Each target runs over its corpus and random changes of it, for as long as its share of time.
#include "tests/catch.hpp"
#include "tests/fuzz/corpus.hpp"
#include "tests/fuzz/targets.hpp"

#include <chrono>
#include <span>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds share{7};
constexpr std::chrono::seconds small_share{3};

void check_corpora(std::span<fuzz::Target const> targets) {
    for (auto const& target : targets) {
        INFO(target.name);
        auto const inputs = fuzz::corpus_of(target.name);
        std::size_t accepted = 0;
        for (auto const& input : inputs)
            accepted += target.run(input) ? 1 : 0;
        CHECK(accepted >= 1);
        CHECK(accepted < inputs.size());
    }
}

void check_changes(std::span<fuzz::Target const> targets, std::chrono::seconds each = share) {
    for (auto const& target : targets) {
        INFO(target.name);
        std::mt19937 random{20190617};
        auto const inputs = fuzz::corpus_of(target.name);
        std::size_t tried = 0;
        for (auto const until = Clock::now() + each; Clock::now() < until; ++tried)
            target.run(fuzz::changed(inputs[tried % inputs.size()], random));
        CHECK(tried > inputs.size());
    }
}

}  // namespace

TEST_CASE("each corpus holds what is accepted and what is not", "[fuzz]") {
    check_corpora(fuzz::socket_targets);
    check_corpora(fuzz::network_targets);
    check_corpora(fuzz::serial_targets);
    check_corpora(fuzz::file_targets);
    check_corpora(fuzz::test_file_targets);
}

TEST_CASE("no random change of what is said on a socket breaks a promise", "[fuzz]") {
    check_changes(fuzz::socket_targets);
}

TEST_CASE("no random change of what comes over the network breaks a promise", "[fuzz]") {
    check_changes(fuzz::network_targets);
}

TEST_CASE("no random change of what is said on the board's line breaks a promise",
          "[fuzz][supervisor]") {
    check_changes(fuzz::serial_targets);
}

TEST_CASE("no random change of a file breaks a promise", "[fuzz]") {
    check_changes(fuzz::file_targets);
}

TEST_CASE("no random change of a log of a disk's writes breaks a promise", "[fuzz]") {
    check_changes(fuzz::test_file_targets, small_share);
}
