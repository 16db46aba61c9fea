// A loop in a thread of its own, with a robot that a test speaks to as every client does.
#pragma once

#include "drivers/base/line_client.hpp"
#include "kiosk/robot/robot.hpp"
#include "tests/kiosk/loop_fixture.hpp"

#include <string>
#include <string_view>
#include <thread>

#include <nlohmann/json.hpp>

namespace robot_tests {

using nlohmann::json;

class Client {
  public:
    explicit Client(std::filesystem::path const& socket);

    void send(std::string_view line);
    json answer();
    json ask(json const& line);
    json ask_raw(std::string_view line);

    // The "error" of a refusal, "" of a success.
    std::string refusal(json const& line);
    // Whether the robot ended this connection.
    bool ended();

  private:
    base::LineClient client_;
};

class RobotScene {
  public:
    RobotScene();
    ~RobotScene();

    Client client() const { return Client{socket_}; }

    void post(workers::Fact fact) { loop_->post(std::move(fact)); }
    // The client of these; each waits until its state is on the screen.
    Client& robot() { return *own_; }
    void open_kiosk();
    void insert(vitale::VitaleCard content, std::string_view state = "explain");
    void tap(std::string_view widget, std::string_view state);
    void go_to_birth_name_entry();

    // Ends the loop and waits for its thread; what the test looked at from outside is then still.
    void wait_for_end();  // which something else asked for
    void end();
    bool ended_well() const { return ended_well_; }

  private:
    void wait(std::string_view state);

    std::filesystem::path socket_ = app_tests::keys() / "robot";
    std::unique_ptr<kiosk::Loop> loop_;
    std::unique_ptr<robot::Robot> robot_;
    std::thread thread_;
    std::unique_ptr<Client> own_;
    std::uint64_t seen_ = 0;
    bool ended_well_ = false;
};

}  // namespace robot_tests
