// The daemon's loop in this process, with a real receiver, spoken to over its real socket.
#pragma once

#include "kiosk/spooler/daemon.hpp"

#include "drivers/base/line_client.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"
#include "tests/kiosk/spooler/intake_server.hpp"

#include <thread>

#include <nlohmann/json.hpp>
#include <sys/eventfd.h>

namespace spooler_test {

using nlohmann::json;

class Loop {
  public:
    Loop(fs::path const& configuration, spooler::Clock const& clock) {
        auto const settings = spooler::Settings::read(configuration);
        REQUIRE(settings);
        auto opened = spooler::Daemon::open(*settings, clock, [] { return 0.5; });
        REQUIRE(opened);
        thread_ = std::thread{[this, daemon = std::move(*opened)]() mutable {
            ended_well_ = daemon.run(stop_).has_value();
        }};
    }
    ~Loop() { stop(); }

    bool stop() {
        if (thread_.joinable()) {
            ::eventfd_write(stop_.number(), 1);
            thread_.join();
        }
        return ended_well_;
    }

  private:
    base::Descriptor stop_{::eventfd(0, EFD_CLOEXEC)};
    std::thread thread_;
    bool ended_well_ = false;
};

struct Desk {
    TestClock clock;
    TemporaryFolder folder{On::disk};
    std::unique_ptr<IntakeServer> server = std::make_unique<IntakeServer>();
    fs::path configuration = write_configuration(folder.path(), server->url());
    std::optional<Loop> loop;
    std::optional<base::LineClient> client;

    Desk() { start(); }

    void start() {
        client.reset();
        loop.reset();
        loop.emplace(configuration, clock);
        client = connect();
    }
    base::LineClient connect() const {
        auto connected = base::LineClient::connect(folder / "socket");
        REQUIRE(connected);
        return std::move(*connected);
    }
    json ask(std::string const& line) { return ask(*client, line); }
    static json ask(base::LineClient& through, std::string const& line) {
        auto const answer = through.ask(line, 5s);
        REQUIRE(answer);
        return json::parse(*answer);
    }
    json status() { return ask(R"({"do":"status"})"); }
    void open_day() { REQUIRE(ask(R"({"do":"open_day","as":"A1"})")["ok"] == true); }
    std::string state(spooler::SealedRequest const& request) {
        return ask(json{{"do", "ask"}, {"id", request.id.text()}}.dump())["state"];
    }
    spooler::SealedRequest enqueue() {
        auto request = sealed_request();
        auto const answer = ask(enqueue_line(request));
        REQUIRE(answer == json{{"ok", true}, {"state", "recorded"}, {"replay", false}});
        return request;
    }
    // Each question is a chance for the loop to look at the moved clock.
    template <class Condition>
    bool eventually(Condition const& condition) {
        auto const deadline = std::chrono::steady_clock::now() + 5s;
        while (std::chrono::steady_clock::now() < deadline)
            if (condition(status())) return true;
        return false;
    }
};

inline bool all_sent(json const& status) { return status["waiting"] == 0; }

}  // namespace spooler_test
