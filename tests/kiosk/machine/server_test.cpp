// The real program: who may ask, one act at a time, and how it ends.
#include "kiosk/machine/verbs.hpp"

#include "drivers/base/eventually.hpp"
#include "tests/drivers/base/other_user.hpp"
#include "tests/kiosk/machine/room.hpp"

#include <csignal>

using namespace machine_tests;
using machine::verbs;

namespace {

constexpr uid_t stranger = 65533;

std::string line_for(machine::Row const& row) {
    json object{{"do", row.name}};
    if (row.named != machine::Named::nobody) object["as"] = "A1";
    return object.dump();
}

// 0: refused, 1: hung up on, 2: not refused.
int fate(fs::path const& socket, std::string const& line) {
    auto client = base::LineClient::connect(socket);
    if (!client) return 3;
    static_cast<void>(client->send(line));
    auto const answer = client->receive(patience);
    if (!answer) return answer.error().code == base::Errc::connection_lost ? 1 : 4;
    auto const object = json::parse(*answer, nullptr, false);
    return object.value("error", "") == "refused" ? 0 : 2;
}

}  // namespace

TEST_CASE("each verb is refused to users who may not ask for it", "[machine]") {
    if (!run_as_root()) return;
    for (auto const& row : verbs) {
        INFO(row.name);
        Room const room;
        CHECK(as_user(stranger, [&] { return fate(room.socket(), line_for(row)); }) == 1);
        CHECK(room.calls().empty());
        bool const allowed = row.askers == machine::Askers::kiosk;
        auto const for_kiosk = as_user(nobody, [&] { return fate(room.socket(), line_for(row)); });
        if (!allowed) {
            CHECK(for_kiosk == 0);
            CHECK(room.calls().empty());
            CHECK(contains(room.log(), std::string{row.name} + " for user 65534"));
        } else if (row.verb != machine::Verb::switch_slot) {  // which has other reasons, too
            CHECK(for_kiosk == 2);
        }
        CHECK(contains(room.log(), "user 65533 was turned away"));
    }
}

TEST_CASE("an author who is not in the list is refused by name", "[machine]") {
    Room const room;
    auto const ran = room.ask({"close-day", "--as", "A3"});
    CHECK(ran.exit_code == 2);
    CHECK(ran.output == "dmp-machine: A3: not in the list of authors\n");
    CHECK(contains(room.log(), "close-day for user"));
    CHECK(contains(room.log(), "as A3: A3: not in the list of authors"));
}

TEST_CASE("a bad line is refused and the next one is answered", "[machine]") {
    Room const room;
    auto client = room.connect();
    for (auto const* line : {"", "x", "{}", R"({"do":"format"})"}) {
        auto const answer = json::parse(client.ask(line, patience).value());
        CHECK(answer["error"] == "bad_request");
    }
    CHECK(json::parse(client.ask(R"({"do":"status"})", patience).value())["ok"] == true);
    // One that never ends is not waited for.
    auto endless = room.connect();
    static_cast<void>(endless.send(std::string(64 * 1024, ' ')));
    CHECK(endless.receive(patience).error().code == base::Errc::connection_lost);
}

TEST_CASE("a second asker is told what is under way", "[machine]") {
    Room const room;
    room.hold("systemctl", "restart");
    auto first = room.connect();
    REQUIRE(first.send(R"({"do":"restart-application","as":"A1"})"));
    REQUIRE(room.is_called("systemctl restart dmp-spooler.service dmp-kiosk.service"));
    auto const second = room.ask({"power-off"});
    CHECK(second.exit_code == 3);
    CHECK(contains(second.output, "restart-application is under way, for user"));
    CHECK(contains(second.output, "as A1"));
    auto const status = room.ask({"status"});
    CHECK(status.exit_code == 0);
    CHECK(contains(status.output, "restart-application is under way"));
    room.release("systemctl", "restart");
    CHECK(json::parse(first.receive(patience).value())["ok"] == true);
    CHECK(room.ask({"restart-application"}).exit_code == 0);
}

TEST_CASE("an act goes on when whoever asked for it is gone", "[machine]") {
    Room const room;
    room.hold("systemctl", "restart");
    {
        auto client = room.connect();
        REQUIRE(client.send(R"({"do":"restart-application"})"));
        REQUIRE(room.is_called("systemctl restart dmp-spooler.service dmp-kiosk.service"));
    }
    CHECK_FALSE(contains(room.log(), ": done"));
    room.release("systemctl", "restart");
    CHECK(base::eventually([&] { return contains(room.log(), "restart-application for user"); },
                           patience));
    CHECK(base::eventually([&] { return contains(room.log(), ": done"); }, patience));
}

TEST_CASE("told to end, it ends what it runs", "[machine]") {
    Room room;
    room.hold("systemctl", "restart");
    auto client = room.connect();
    REQUIRE(client.send(R"({"do":"restart-application"})"));
    REQUIRE(room.is_called("systemctl restart dmp-spooler.service dmp-kiosk.service"));
    room.service().signal(SIGTERM);
    auto const answer = json::parse(client.receive(patience).value());
    CHECK(answer["error"] == "refused");
    CHECK(answer["detail"] == "dmp-machine was told to end");
    CHECK(room.service().wait(patience).value() == 0);
}

TEST_CASE("it ends by itself when nobody has asked for a while", "[machine]") {
    Room room{1};
    CHECK(room.ask({"status"}).exit_code == 0);
    CHECK(room.service().wait(patience).value() == 0);
    CHECK(room.ask({"status"}).exit_code == 4);
}

TEST_CASE("the command says what it was called wrongly for", "[machine]") {
    Room const room;
    CHECK(room.ask({"format"}).exit_code > 100);
    CHECK(contains(room.ask({"close-day"}).output, "--as is required"));
    CHECK(room.ask({"restart", "--as", "a b"}).exit_code == 2);
    CHECK(contains(room.ask({"serve", "--config", room / "machine.toml"}).output,
                   "started by dmp-machine.socket"));
    CHECK(room.calls().empty());
}
