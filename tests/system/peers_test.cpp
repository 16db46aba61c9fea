// Who may speak to our programs over their sockets, whatever the modes of the files have become.
#include "drivers/base/line_client.hpp"
#include "tests/drivers/base/other_user.hpp"
#include "tests/system/fixture.hpp"

#include <sys/stat.h>

using namespace system_tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr uid_t games = 5;  // the same on every Debian

enum Outcome { answered, hung_up, not_let_in, silent };

Outcome outcome_for(uid_t user, fs::path const& socket, std::string const& line) {
    return static_cast<Outcome>(as_user(user, [&]() -> int {
        auto client = base::LineClient::connect(socket);
        if (!client) return not_let_in;
        static_cast<void>(client->send(line));
        auto const answer = client->receive(10s);
        if (answer) return answered;
        return answer.error().code == base::Errc::connection_lost ? hung_up : silent;
    }));
}

void open_to_all(desk::Desk const& desk, fs::path const& socket) {
    REQUIRE(::chmod(desk.folder().c_str(), 0755) == 0);
    REQUIRE(::chmod(socket.c_str(), 0666) == 0);
}

}  // namespace

TEST_CASE("another user is hung up on and logged at every socket of ours") {
    if (!run_as_root()) return;
    auto desk = start_desk();
    auto const [name, log, line] = GENERATE(table<std::string, std::string, std::string>(
        {{"spooler.sock", "spooler.log", R"({"do":"status"})"},
         {"intake.sock", "intake.log", R"({"do":"list"})"},
         {"robot.sock", "kiosk.log", R"({"do":"hello"})"}}));
    auto const socket = desk->file(name);
    INFO(name);
    CHECK(outcome_for(nobody, socket, line) == not_let_in);
    open_to_all(*desk, socket);
    CHECK(outcome_for(nobody, socket, line) == hung_up);
    CHECK(eventually([&] { return holds(desk->file(log), "user 65534 was turned away"); }));
    CHECK(outcome_for(0, socket, line) == answered);  // the negative control
    CHECK(desk->kiosk().running());
    CHECK(desk->spooler().running());
    CHECK(desk->intake().running());
}

TEST_CASE("a client of the spooler may ask and may not open the day") {
    if (!run_as_root()) return;
    auto desk = must(desk::Desk::prepare(options()));
    must(desk->start_intake());
    replace_in(desk->file("spooler.toml"), "socket = \"spooler.sock\"",
               "socket = \"spooler.sock\"\nclients = [\"games\"]");
    must(desk->start_spooler());
    auto const socket = desk->file("spooler.sock");
    open_to_all(*desk, socket);
    CHECK(outcome_for(games, socket, R"({"do":"status"})") == answered);
    CHECK(outcome_for(nobody, socket, R"({"do":"status"})") == hung_up);
    CHECK(as_user(games, [&] {
              auto client = base::LineClient::connect(socket);
              if (!client) return __LINE__;
              auto const answer = client->ask(R"({"do":"close_day"})", 10s);
              return answer && answer->find("\"refused\"") != std::string::npos ? 0 : __LINE__;
          }) == 0);
}
