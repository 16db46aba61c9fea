#include "tests/kiosk/robot/robot_scene.hpp"

namespace robot_tests {

using namespace std::chrono_literals;

namespace {

// A bound for a machine busy with other things; nothing waits this long on an idle one.
constexpr auto patience = 60s;

}  // namespace

Client::Client(std::filesystem::path const& socket)
    : client_([&] {
          auto client = base::LineClient::connect(socket);
          if (!client) FAIL(base::describe(client.error()));
          return std::move(*client);
      }()) {}

void Client::send(std::string_view line) { REQUIRE(client_.send(line)); }

json Client::answer() {
    auto const line = client_.receive(patience);
    if (!line) FAIL(base::describe(line.error()));
    return json::parse(*line);
}

json Client::ask(json const& line) { return ask_raw(line.dump()); }

json Client::ask_raw(std::string_view line) {
    send(line);
    return answer();
}

std::string Client::refusal(json const& line) {
    auto const answer = ask(line);
    if (answer.at("ok")) return {};
    CHECK_FALSE(answer.at("detail").get<std::string>().empty());
    return answer.at("error");
}

bool Client::ended() {
    auto const line = client_.receive(patience);
    return !line && line.error().code == base::Errc::connection_lost;
}

RobotScene::RobotScene() : loop_(loop_tests::open_loop()) {
    auto robot = robot::Robot::listen(socket_, *loop_);
    REQUIRE(robot);
    robot_ = std::move(*robot);
    loop_->accompany(robot_.get());
    own_ = std::make_unique<Client>(socket_);
    thread_ = std::thread{[this] { ended_well_ = loop_->run().has_value(); }};
}

RobotScene::~RobotScene() {
    end();
    loop_->accompany(nullptr);
}

void RobotScene::end() {
    if (!thread_.joinable()) return;
    // Over a connection of its own: the test's may wait for an answer, or be at its end.
    if (auto last = base::LineClient::connect(socket_))
        static_cast<void>(last->ask(R"({"do":"quit"})", patience));
    thread_.join();
}

void RobotScene::wait_for_end() { thread_.join(); }

void RobotScene::open_kiosk() {
    wait("reader_trouble");
    post(workers::ReaderReady{});
    wait("cannot_record");
    post(app_tests::open_level());
    wait("attract");
}

void RobotScene::insert(vitale::VitaleCard content, std::string_view state) {
    post(workers::CardInserted{1});
    workers::CardRead read{};
    read.card = 1;
    read.content = std::move(content);
    post(std::move(read));
    wait(state);
}

void RobotScene::tap(std::string_view widget, std::string_view state) {
    REQUIRE(robot().refusal({{"do", "tap"}, {"id", widget}}).empty());
    wait(state);
}

void RobotScene::go_to_birth_name_entry() {
    tap("next", "consent");
    tap("accept", "birth_name");
    tap("name_differs", "birth_name_entry");
}

void RobotScene::wait(std::string_view state) {
    auto const answer =
        robot().ask({{"do", "wait"}, {"state", state}, {"after", seen_}, {"timeout_ms", 15000}});
    INFO(answer.dump());
    REQUIRE(answer.at("ok") == true);
    seen_ = answer.at("seq");
}

}  // namespace robot_tests
