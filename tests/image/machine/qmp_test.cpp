#include "tests/image/machine/qmp.hpp"

#include "drivers/base/unix_socket.hpp"
#include "tests/catch.hpp"

#include <functional>
#include <thread>

#include <sys/socket.h>

using namespace machine;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

// Says what QEMU says: a greeting, and to each command what the test wants said, a line each.
class FakeQemu {
  public:
    using Answer = std::function<std::vector<std::string>(std::string const& command)>;

    explicit FakeQemu(Answer answer)
        : socket_(std::filesystem::temp_directory_path() / ("qmp-" + std::to_string(::getpid()))),
          listener_(base::listen_at(socket_).value()),
          thread_([this, answer = std::move(answer)] { serve(answer); }) {}
    ~FakeQemu() {
        ::shutdown(listener_.number(), SHUT_RDWR);
        thread_.join();
        std::filesystem::remove(socket_);
    }

    std::filesystem::path const& socket() const { return socket_; }

  private:
    void serve(Answer const& answer) const {
        base::Descriptor const client{::accept(listener_.number(), nullptr, nullptr)};
        auto const say = [&](std::string line) {
            line += "\r\n";
            return ::send(client.number(), line.data(), line.size(), MSG_NOSIGNAL) > 0;
        };
        say(R"({"QMP":{"version":{},"capabilities":[]}})");
        std::string received;
        char chunk[1024];
        for (ssize_t count; (count = ::recv(client.number(), chunk, sizeof(chunk), 0)) > 0;) {
            received.append(chunk, static_cast<std::size_t>(count));
            for (std::size_t end; (end = received.find('\n')) != std::string::npos;) {
                auto const command = json::parse(received.substr(0, end));
                received.erase(0, end + 1);
                for (auto const& line : answer(command["execute"]))
                    say(line);
            }
        }
    }

    std::filesystem::path socket_;
    base::Descriptor listener_;
    std::thread thread_;
};

auto const nothing = R"({"return":{}})";

}  // namespace

TEST_CASE("a command's answer is found among events, which are kept", "[qmp]") {
    FakeQemu const qemu{[](std::string const& command) -> std::vector<std::string> {
        if (command == "qmp_capabilities") return {nothing};
        return {R"({"event":"RESET","data":{}})", R"({"event":"STOP","data":{"reason":"told"}})",
                R"({"return":{"status":"running"}})"};
    }};
    auto qmp = Qmp::connect(qemu.socket());
    REQUIRE(qmp);
    CHECK(qmp->execute("query-status").value()["status"] == "running");
    CHECK(qmp->wait_for_event("STOP", 0ms).value()["reason"] == "told");
    // What came before it is not waited for any more.
    CHECK(qmp->wait_for_event("RESET", 10ms).error().code == base::Errc::timed_out);
}

TEST_CASE("what QEMU refuses comes with its words", "[qmp]") {
    FakeQemu const qemu{[](std::string const& command) -> std::vector<std::string> {
        if (command == "qmp_capabilities") return {nothing};
        return {R"({"error":{"class":"GenericError","desc":"Device 'reader' not found"}})"};
    }};
    auto qmp = Qmp::connect(qemu.socket());
    REQUIRE(qmp);
    auto const refused = qmp->execute("device_del", {{"id", "reader"}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == base::Errc::refused);
    CHECK(refused.error().detail == "device_del: Device 'reader' not found");
}

TEST_CASE("a QEMU that says nothing, or no JSON, is not waited for endlessly", "[qmp]") {
    FakeQemu const qemu{[](std::string const& command) -> std::vector<std::string> {
        if (command == "qmp_capabilities") return {nothing};
        if (command == "stop") return {"Segmentation fault"};
        return {};
    }};
    auto qmp = Qmp::connect(qemu.socket());
    REQUIRE(qmp);
    CHECK(qmp->execute("cont", json::object(), 20ms).error().code == base::Errc::timed_out);
    CHECK(qmp->execute("stop").error().code == base::Errc::protocol_violated);
}
