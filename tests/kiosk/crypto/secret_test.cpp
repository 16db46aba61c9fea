#include "kiosk/crypto/secret.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

// One block of memory is looked at when it goes back to the heap.
struct Watch {
    void const* memory = nullptr;
    std::size_t size = 0;
    bool returned = false;
    bool overwritten = false;

    void see(void* freed) {
        if (freed == nullptr || freed != memory) return;
        auto const* bytes = static_cast<unsigned char const*>(freed);
        overwritten =
            std::all_of(bytes, bytes + size, [](unsigned char byte) { return byte == 0; });
        returned = true;
        memory = nullptr;
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

TEST_CASE("a secret text is a value like another", "[secret]") {
    crypto::SecretText const text = "DURAND";
    auto copy = text;
    CHECK(copy == text);
    CHECK(copy.view() == "DURAND");
    copy = std::string{"DUPONT"};
    CHECK(copy.view() == "DUPONT");
    CHECK(text.view() == "DURAND");
    auto const moved = std::move(copy);
    CHECK(moved.view() == "DUPONT");
    CHECK(crypto::SecretText{}.empty());
    CHECK(crypto::SecretText{std::string_view{"a\0b", 3}}.view().size() == 3);
}

TEST_CASE("what a secret text held is overwritten before its memory is free", "[secret]") {
    {
        crypto::SecretText const text = "DURAND";
        watch = {.memory = text.view().data(), .size = text.view().size()};
    }
    CHECK(watch.returned);
    CHECK(watch.overwritten);
}

TEST_CASE("a document that grows leaves no copy behind", "[secret]") {
    crypto::SecretString document(100, 'S');
    watch = {.memory = document.data(), .size = 100};
    document.append(10'000, 'S');
    CHECK(watch.returned);
    CHECK(watch.overwritten);

    // The control: an ordinary string leaves its text where it lay.
    std::string ordinary(100, 'S');
    watch = {.memory = ordinary.data(), .size = 100};
    ordinary.append(10'000, 'S');
    CHECK(watch.returned);
    CHECK_FALSE(watch.overwritten);
}
