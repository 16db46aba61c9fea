// The test socket: one JSON object a line drives the kiosk as a finger would and says what it
// shows. The protocol stands in README.md. Built only with KIOSK_ROBOT.
#pragma once

#include "drivers/base/line_server.hpp"
#include "kiosk/companion.hpp"
#include "kiosk/loop.hpp"

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace robot {

// What a client began and the loop goes on with, a step a turn, until there is an answer.
class Task {
  public:
    virtual ~Task() = default;
    virtual std::optional<nlohmann::json> go_on(kiosk::Loop& loop) = 0;
    virtual void frame_shown() {}
    virtual std::optional<std::chrono::steady_clock::time_point> deadline() const {
        return std::nullopt;
    }
};

class Robot : public kiosk::Companion {
  public:
    static base::Result<std::unique_ptr<Robot>> listen(std::filesystem::path const& path,
                                                       kiosk::Loop& loop);

    std::vector<int> descriptors() const override;
    void serve() override;
    void frame_shown() override;
    std::optional<std::chrono::steady_clock::time_point> deadline() const override;

  private:
    // Each client has its own order of lines: one may wait while another taps.
    struct Client {
        std::deque<std::string> lines;
        std::unique_ptr<Task> task;
        kiosk::Metrics::Snapshot since;
        std::uint64_t said = 0;  // how much of what was said it knows
    };

    Robot(base::LineServer server, kiosk::Loop& loop) : server_(std::move(server)), loop_(loop) {}

    void go_on(base::LineServer::Client id, Client& client);
    void begin(base::LineServer::Client id, Client& client, std::string const& line);
    nlohmann::json metrics(Client& client);

    base::LineServer server_;
    kiosk::Loop& loop_;
    std::map<base::LineServer::Client, Client> clients_;
    bool turn_wanted_ = false;  // a task waited for the frame that was just shown
};

}  // namespace robot
