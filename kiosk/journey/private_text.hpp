// A text about a person: kept in place (never on the heap, where a grown string leaves its old
// copy) and overwritten when it ends.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace journey {

// Overwrites memory in a way no compiler removes.
void cleanse(void* memory, std::size_t size);

class PrivateText {
  public:
    // UTF-8 of the longest field a card can hold: 255 bytes of Latin-1.
    static constexpr std::size_t capacity = 510;

    PrivateText() = default;
    PrivateText(std::string_view text) { assign(text); }  // NOLINT(google-explicit-constructor)
    PrivateText(PrivateText const& other) { assign(other.view()); }
    PrivateText& operator=(PrivateText const& other) {
        if (this != &other) assign(other.view());
        return *this;
    }
    PrivateText& operator=(std::string_view text) {
        assign(text);
        return *this;
    }
    ~PrivateText() { clear(); }

    // What does not fit is cut: callers that must not lose a byte check the size before.
    void assign(std::string_view text) {
        auto const size = std::min(text.size(), capacity);
        std::copy_n(text.begin(), size, characters_.begin());
        if (size < size_) cleanse(characters_.data() + size, size_ - size);
        size_ = size;
    }

    void append(std::string_view text) {
        auto const size = std::min(text.size(), capacity - size_);
        std::copy_n(text.begin(), size, characters_.begin() + static_cast<std::ptrdiff_t>(size_));
        size_ += size;
    }

    // Removes the last character (a whole UTF-8 sequence).
    void erase_last();

    void clear() {
        cleanse(characters_.data(), size_);
        size_ = 0;
    }

    std::string_view view() const { return {characters_.data(), size_}; }
    bool empty() const { return size_ == 0; }

    friend bool operator==(PrivateText const& a, PrivateText const& b) {
        return a.view() == b.view();
    }

  private:
    std::array<char, capacity> characters_{};
    std::size_t size_ = 0;
};

}  // namespace journey
