// A loop without display, reader and spooler: SDL's dummy driver draws, pcscd and dmp-spooler are
// sockets where nobody listens. Its workers say so once and are silent from then on; all else is
// posted by the test.
#pragma once

#include "kiosk/loop.hpp"
#include "tests/kiosk/app_fixture.hpp"

#include <cstdlib>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

namespace loop_tests {

// Where the PC/SC library looks for pcscd; it asks once a program.
inline std::filesystem::path const& pcscd_socket() {
    static auto const path = app_tests::keys() / "pcscd";
    return path;
}

inline kiosk::Settings settings() {
    ::setenv("SDL_VIDEODRIVER", "dummy", 1);
    ::setenv("PCSCLITE_CSOCK_NAME", pcscd_socket().c_str(), 1);
    auto settings = app_tests::settings();
    settings.reader_pattern = "*Ingenico*";
    settings.signing_key = app_tests::keys() / "kiosk-signing.key";
    settings.signing_certificate = app_tests::keys() / "kiosk-signing.pem";
    settings.receiver_certificate = app_tests::keys() / "receiver.pem";
    settings.spooler_socket = app_tests::keys() / "no-spooler";
    settings.assets = KIOSK_ASSETS;
    // The same layout in a quarter of the pixels, which are drawn by the processor.
    settings.width = 540;
    settings.height = 960;
    settings.mm_per_pixel = 0.36;
    return settings;
}

inline std::unique_ptr<kiosk::Loop> open_loop() {
    auto loop = kiosk::Loop::open(settings());
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

  private:
    std::ostringstream lines_;
    std::shared_ptr<spdlog::logger> before_;
};

}  // namespace loop_tests
