// Containers for data about a person: what they let go of is overwritten first.
#pragma once

#include "kiosk/crypto/digest.hpp"

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crypto {

template <class T>
struct CleansingAllocator {
    using value_type = T;

    CleansingAllocator() = default;
    template <class U>
    CleansingAllocator(CleansingAllocator<U> const& /*other*/) noexcept {
    }  // NOLINT(google-explicit-constructor)

    T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
    void deallocate(T* memory, std::size_t count) noexcept {
        cleanse(memory, count * sizeof(T));
        std::allocator<T>{}.deallocate(memory, count);
    }

    template <class U>
    bool operator==(CleansingAllocator<U> const& /*other*/) const noexcept {
        return true;
    }
};

using SecretBytes = std::vector<std::uint8_t, CleansingAllocator<std::uint8_t>>;

// For documents. A text of 15 bytes or less lies inside the object and is not overwritten: fields
// about a person are SecretText.
using SecretString = std::basic_string<char, std::char_traits<char>, CleansingAllocator<char>>;

// A short text, always on the heap: no copy of it is ever left behind, also not by a move.
class SecretText {
  public:
    SecretText() = default;
    template <class Text>
    requires std::convertible_to<Text const&, std::string_view>
    SecretText(Text const& text) {  // NOLINT(google-explicit-constructor)
        std::string_view const characters = text;
        characters_.assign(characters.begin(), characters.end());
    }

    std::string_view view() const { return {characters_.data(), characters_.size()}; }
    bool empty() const { return characters_.empty(); }

    bool operator==(SecretText const&) const = default;

  private:
    std::vector<char, CleansingAllocator<char>> characters_;
};

}  // namespace crypto
