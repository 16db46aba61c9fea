#include "kiosk/identity/pin.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/identity/authors.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>
#include <string_view>

#include <malloc.h>

namespace {

constexpr std::size_t large = 1024 * 1024;

// Every block is looked at when it goes back to the heap.
struct Watch {
    std::string_view secret;
    int holding_secret = 0;
    int large_blocks = 0;
    int large_not_empty = 0;

    void see(void* freed) {
        if (freed == nullptr || secret.empty()) return;
        std::string_view const block{static_cast<char const*>(freed), ::malloc_usable_size(freed)};
        if (block.find(secret) != std::string_view::npos) ++holding_secret;
        if (block.size() < large) return;
        ++large_blocks;
        // What malloc gave beyond the size asked for was never written by anyone.
        if (block.substr(0, large).find_first_not_of('\0') != std::string_view::npos)
            ++large_not_empty;
    }
};
Watch watch;

}  // namespace

void* operator new(std::size_t size) {
    if (auto* memory = std::malloc(std::max<std::size_t>(size, 1))) return memory;
    throw std::bad_alloc{};
}

void* operator new(std::size_t size, std::nothrow_t const& /*tag*/) noexcept {
    return std::malloc(std::max<std::size_t>(size, 1));
}

void operator delete(void* memory) noexcept {
    watch.see(memory);
    std::free(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
    watch.see(memory);
    std::free(memory);
}

using namespace identity_tests;

TEST_CASE("no memory that a check gives back holds the PIN or what was computed of it",
          "[wiping]") {
    std::array<char, 6> const digits{'4', '8', '2', '9', '1', '3'};
    std::string_view const pin{digits.data(), digits.size()};
    watch = {.secret = pin};
    {
        crypto::SecretText const typed = pin;
        CHECK(identity::verify_pin(typed, annes_hash()).value());
        CHECK(identity::hash_pin(typed));
    }
    auto const seen = watch;
    watch = {};
    CHECK(seen.holding_secret == 0);
    CHECK(seen.large_blocks == 2);  // the working memory of Argon2id, of each
    CHECK(seen.large_not_empty == 0);
}

TEST_CASE("the watch over given back memory sees what is left there", "[wiping]") {
    watch = {.secret = "482913"};
    {
        std::vector<char> careless(large, 'x');
        std::string_view const pin = "482913";
        std::ranges::copy(pin, careless.begin());
    }
    auto const seen = watch;
    watch = {};
    CHECK(seen.holding_secret == 1);
    CHECK(seen.large_not_empty == 1);
}
