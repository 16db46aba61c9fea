// What a machine writes on its serial line, as QEMU keeps it in a file: waited for by words.
#pragma once

#include "drivers/base/result.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace machine {

class SerialLog {
  public:
    explicit SerialLog(std::filesystem::path file) : file_(std::move(file)) {}

    // Waits until the words stand in what came after the last find; they and all before are passed
    // over from then on. Errc::refused at once when the machine says that it is lost (a panic, the
    // emergency shell) before them, or when `alive` says no more; Errc::timed_out.
    base::Result<void> wait_for(
        std::string_view words, std::chrono::milliseconds timeout,
        std::function<bool()> const& alive = [] { return true; });

    // All that came, without colours and carriage returns.
    std::string text() const;
    std::string last_lines(std::size_t count) const;
    bool holds(std::string_view words) const { return text().find(words) != std::string::npos; }

    // What came so far does not count any more.
    void pass_over() { seen_ = text().size(); }

  private:
    std::filesystem::path file_;
    std::size_t seen_ = 0;
};

// The first of the words by which a machine says that it will not start; empty if none stands
// there.
std::string_view sign_of_failure(std::string_view text);

}  // namespace machine
