// A loop without display, reader and spooler: SDL's dummy driver draws, pcscd and dmp-spooler are
// sockets where nobody listens. Its workers say so once and are silent from then on; all else is
// posted by the test.
#pragma once

#include "kiosk/loop.hpp"
#include "tests/kiosk/app_fixture.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <sstream>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

namespace loop_tests {

using app_tests::loop_settings;
using app_tests::pcscd_socket;

inline std::unique_ptr<kiosk::Loop> open_loop() {
    auto loop = kiosk::Loop::open(app_tests::loop_settings());
    if (!loop) FAIL(base::describe(loop.error()));
    return std::move(*loop);
}

// What is logged while this lives, from debug upwards, by any thread.
class Log {
  public:
    Log() : before_(spdlog::default_logger()) {
        auto logger = std::make_shared<spdlog::logger>(
            "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines_, true));
        logger->set_level(spdlog::level::debug);
        spdlog::set_default_logger(std::move(logger));
    }
    ~Log() { spdlog::set_default_logger(before_); }
    Log(Log const&) = delete;
    Log& operator=(Log const&) = delete;

    // By the thread that logs, or after it ended.
    bool holds(std::string_view words) const {
        return lines_.str().find(words) != std::string::npos;
    }

    // So many so far.
    std::ptrdiff_t lines() const { return std::ranges::count(lines_.str(), '\n'); }

  private:
    std::ostringstream lines_;
    std::shared_ptr<spdlog::logger> before_;
};

}  // namespace loop_tests
