// How fast, in five steps.
#pragma once

#include <array>
#include <cstddef>

namespace speech {

class Rate {
  public:
    constexpr Rate() = default;
    // So many steps faster than usual, or slower; never beyond the last.
    constexpr explicit Rate(int steps_from_usual) {
        for (; steps_from_usual > 0; --steps_from_usual)
            faster();
        for (; steps_from_usual < 0; ++steps_from_usual)
            slower();
    }

    // Words a minute. People who listen to screens every day want the last ones.
    static constexpr std::array steps{100, 130, 160, 210, 280};
    static constexpr std::size_t usual = 2;

    constexpr void faster() {
        if (!fastest()) ++step_;
    }
    constexpr void slower() {
        if (!slowest()) --step_;
    }

    constexpr bool fastest() const { return step_ == steps.size() - 1; }
    constexpr bool slowest() const { return step_ == 0; }
    constexpr std::size_t step() const { return step_; }
    constexpr int words_a_minute() const { return steps[step_]; }

    constexpr bool operator==(Rate const&) const = default;

  private:
    std::size_t step_ = usual;
};

}  // namespace speech
