#include "drivers/base/line_client.hpp"
#include "kiosk/robot/robot.hpp"
#include "tests/fuzz/answer.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/kiosk/test_settings.hpp"

#include <thread>

#include <nlohmann/json.hpp>

namespace fuzz {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

// A tap takes a few frames; what waits for longer is hung up on.
constexpr auto short_wait = 50ms;
constexpr auto patience = 60s;

// A kiosk in service, whose loop has a thread of its own until the program ends.
class Running {
  public:
    Running() {
        auto loop = kiosk::Loop::open(app_tests::loop_settings());
        promise(loop.has_value(), "the kiosk of the test opens");
        loop_ = std::move(*loop);
        auto robot = robot::Robot::listen(socket_, *loop_);
        promise(robot.has_value(), "the robot listens");
        robot_ = std::move(*robot);
        loop_->accompany(robot_.get());
        loop_->post(workers::ReaderReady{});
        loop_->post(workers::StoreLevel{
            .accepts = true, .full = false, .day_open = true, .author_id = app_tests::author_id});
        thread_ = std::thread{[this] { static_cast<void>(loop_->run()); }};
    }
    ~Running() {
        static_cast<void>(connect().ask(R"({"do":"quit"})", patience));
        thread_.join();
        loop_->accompany(nullptr);
    }
    Running(Running const&) = delete;
    Running& operator=(Running const&) = delete;

    std::optional<std::string> answer(std::string_view line) const {
        auto client = connect();
        promise(client.send(line).has_value(), "the robot takes a line");
        auto answer = client.receive(short_wait);
        return answer ? std::optional{std::move(*answer)} : std::nullopt;
    }

    bool answers_the_next() const {
        auto client = connect();
        auto const answer = client.ask(R"({"do":"hello"})", patience);
        return answer && is_granted(*answer);
    }

  private:
    base::LineClient connect() const {
        auto client = base::LineClient::connect(socket_);
        promise(client.has_value(), "the robot lets in who comes");
        return std::move(*client);
    }

    std::filesystem::path socket_ = app_tests::keys() / "robot";
    std::unique_ptr<kiosk::Loop> loop_;
    std::unique_ptr<robot::Robot> robot_;
    std::thread thread_;
};

// What the robot is for is done to the kiosk of the test, but not to the machine: no end of the
// program, no files by names made up.
bool is_harmless(std::string_view line) {
    auto const order = json::parse(line, nullptr, false);
    if (!order.is_object() || !order.contains("do")) return true;
    return order["do"] != "quit" && order["do"] != "screenshot";
}

}  // namespace

bool read_robot_line(base::ByteView input) {
    static Running const running;
    auto const whole = base::to_text(input);
    auto const line = whole.substr(0, whole.find('\n'));
    if (!is_harmless(line)) return false;
    auto const answer = running.answer(line);
    bool const done = answer && is_granted(*answer);
    promise(running.answers_the_next(), "whoever comes next is answered");
    return done;
}

}  // namespace fuzz
