// Reading many keys of a profile file, of which the first mistake counts.
#pragma once

#include "drivers/simulator/profile_file.hpp"

#include <optional>
#include <vector>

namespace simulator {

// Takes the value out of a result or keeps the first error, so that a table of keys reads as one.
class Reading {
  public:
    template <class T>
    void into(T& target, base::Result<T> value) {
        if (error_) return;
        if (value)
            target = std::move(*value);
        else
            error_ = std::move(value.error());
    }
    void fail(base::Error error) {
        if (!error_) error_ = std::move(error);
    }
    std::optional<base::Error> const& error() const { return error_; }

  private:
    std::optional<base::Error> error_;
};

// One of the texts allowed; `otherwise` when the key is absent.
base::Result<std::string> choice(ProfileFile& file, std::string_view key,
                                 std::string_view otherwise,
                                 std::vector<std::string_view> const& allowed);

}  // namespace simulator
