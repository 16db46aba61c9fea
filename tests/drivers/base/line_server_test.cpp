#include "drivers/base/line_server.hpp"

#include "drivers/base/line_client.hpp"

#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"

#include <sys/socket.h>

using base::Errc;
using base::LineClient;
using base::LineServer;
using namespace std::chrono_literals;

namespace {

// The loop of an owner: serves until the condition holds, at most five seconds.
template <class Condition>
bool serve_until(LineServer& server, LineServer::Handler const& handler, Condition condition) {
    auto const deadline = std::chrono::steady_clock::now() + 5s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::vector<pollfd> polled;
        server.add_to(polled);
        ::poll(polled.data(), polled.size(), 20);
        server.serve(handler);
    }
    return true;
}

struct Heard {
    std::vector<std::string> lines;
    std::vector<LineServer::Client> clients;

    LineServer::Handler handler() {
        return [this](LineServer::Client client, std::string_view line) {
            lines.emplace_back(line);
            clients.push_back(client);
        };
    }
};

// Whether the other end hung up: receive() ends with connection_lost.
bool hung_up(LineClient& client) {
    auto const answer = client.receive(0ms);
    return !answer && answer.error().code == Errc::connection_lost;
}

}  // namespace

TEST_CASE("a line in, a line out, in order", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s").value();
    auto client = LineClient::connect(folder / "s").value();
    REQUIRE(client.send("one"));
    REQUIRE(client.send(""));
    REQUIRE(client.send("three\ttabs and é"));
    Heard heard;
    REQUIRE(serve_until(server, heard.handler(), [&] { return heard.lines.size() == 3; }));
    CHECK(heard.lines == std::vector<std::string>{"one", "", "three\ttabs and é"});
    server.send(heard.clients[0], "first");
    server.send(heard.clients[0], "second");
    CHECK(client.receive(5s).value() == "first");
    CHECK(client.receive(5s).value() == "second");
}

TEST_CASE("a line that comes in pieces is handed over once, whole", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s").value();
    auto client = LineClient::connect(folder / "s").value();
    Heard heard;
    for (auto const* piece : {"he", "ll", "o"}) {
        REQUIRE(::send(client.descriptor(), piece, std::string_view{piece}.size(), 0) > 0);
        server.serve(heard.handler());
    }
    CHECK(heard.lines.empty());
    REQUIRE(::send(client.descriptor(), "\nwor", 4, 0) == 4);
    REQUIRE(serve_until(server, heard.handler(), [&] { return !heard.lines.empty(); }));
    CHECK(heard.lines == std::vector<std::string>{"hello"});
}

TEST_CASE("several clients are served, each with its own answers", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s").value();
    auto first = LineClient::connect(folder / "s").value();
    auto second = LineClient::connect(folder / "s").value();
    REQUIRE(first.send("a"));
    REQUIRE(second.send("b"));
    std::size_t answered = 0;
    REQUIRE(serve_until(
        server,
        [&](LineServer::Client client, std::string_view line) {
            server.send(client, std::string{line} + "!");
            ++answered;
        },
        [&] { return answered == 2; }));
    CHECK(first.receive(5s).value() == "a!");
    CHECK(second.receive(5s).value() == "b!");
}

TEST_CASE("a line of the longest length passes, one byte more ends that client only",
          "[line_server]") {
    TemporaryFolder const folder;
    constexpr std::size_t longest = 1000;
    auto server = LineServer::listen(folder / "s", longest).value();
    auto honest = LineClient::connect(folder / "s").value();
    auto other = LineClient::connect(folder / "s").value();
    Heard heard;
    REQUIRE(honest.send(std::string(longest, 'a')));
    REQUIRE(serve_until(server, heard.handler(), [&] { return heard.lines.size() == 1; }));
    CHECK(heard.lines[0].size() == longest);

    REQUIRE(other.send(std::string(longest + 1, 'b')));
    REQUIRE(serve_until(server, heard.handler(), [&] { return hung_up(other); }));
    CHECK(heard.lines.size() == 1);
    REQUIRE(honest.send("still here"));
    REQUIRE(serve_until(server, heard.handler(), [&] { return heard.lines.size() == 2; }));
}

TEST_CASE("a line without end is cut off instead of filling the memory", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s", 1000).value();
    auto client = LineClient::connect(folder / "s").value();
    Heard heard;
    std::string const flood(8192, 'x');
    std::size_t sent = 0;
    REQUIRE(serve_until(server, heard.handler(), [&] {
        auto const count =
            ::send(client.descriptor(), flood.data(), flood.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count > 0) sent += static_cast<std::size_t>(count);
        return hung_up(client);
    }));
    CHECK(heard.lines.empty());
    CHECK(sent < 1024 * 1024);
}

TEST_CASE("good lines before an overlong one are still heard", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s", 100).value();
    auto client = LineClient::connect(folder / "s").value();
    REQUIRE(client.send("good\n" + std::string(50'000, 'x')));
    Heard heard;
    REQUIRE(serve_until(server, heard.handler(), [&] { return hung_up(client); }));
    CHECK(heard.lines == std::vector<std::string>{"good"});
}

TEST_CASE("many lines at once, far longer together than one may be, all arrive", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s", 100).value();
    auto client = LineClient::connect(folder / "s").value();
    std::string all;
    for (int i = 0; i < 2000; ++i)
        all += "line " + std::to_string(i) + "\n";
    all.pop_back();
    REQUIRE(client.send(all));
    Heard heard;
    REQUIRE(serve_until(server, heard.handler(), [&] { return heard.lines.size() == 2000; }));
    CHECK(heard.lines.back() == "line 1999");
}

TEST_CASE("what a client said before it left is heard, and its answer goes nowhere quietly",
          "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s").value();
    LineServer::Client gone = 0;
    {
        auto client = LineClient::connect(folder / "s").value();
        REQUIRE(client.send("last words"));
    }
    REQUIRE(serve_until(
        server, [&](LineServer::Client client, std::string_view) { gone = client; },
        [&] { return gone != 0; }));
    CHECK_FALSE(server.connected(gone));
    server.send(gone, "nobody hears");
    CHECK(server.peer(gone).error().code == Errc::connection_lost);
}

TEST_CASE("a client that has only stopped sending still gets its answer", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s").value();
    auto client = LineClient::connect(folder / "s").value();
    REQUIRE(client.send("question"));
    ::shutdown(client.descriptor(), SHUT_WR);
    bool answered = false;
    REQUIRE(serve_until(
        server,
        [&](LineServer::Client who, std::string_view) {
            server.send(who, "answer");
            answered = true;
        },
        [&] { return answered; }));
    CHECK(client.receive(5s).value() == "answer");
}

TEST_CASE("a large answer leaves in parts, while others are served", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s").value();
    auto client = LineClient::connect(folder / "s").value();
    std::string const large(2'000'000, 'y');
    REQUIRE(client.send("give"));
    Heard heard;
    REQUIRE(serve_until(server, heard.handler(), [&] { return !heard.lines.empty(); }));
    server.send(heard.clients[0], large);
    base::Result<std::string> answer = base::failure(Errc::timed_out);
    REQUIRE(serve_until(server, heard.handler(), [&] {
        answer = client.receive(1ms);
        return answer.has_value();
    }));
    CHECK(*answer == large);
}

TEST_CASE("a client that never reads is dropped, not waited for", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s").value();
    auto client = LineClient::connect(folder / "s").value();
    REQUIRE(client.send("give"));
    Heard heard;
    REQUIRE(serve_until(server, heard.handler(), [&] { return !heard.lines.empty(); }));
    std::string const large(1024 * 1024, 'z');
    for (int i = 0; i < 6; ++i)
        server.send(heard.clients[0], large);
    server.serve(heard.handler());
    CHECK_FALSE(server.connected(heard.clients[0]));

    // And the last wait of a program has an end, also with one who reads nothing.
    auto deaf = LineClient::connect(folder / "s").value();
    REQUIRE(deaf.send("give"));
    REQUIRE(serve_until(server, heard.handler(), [&] { return heard.lines.size() == 2; }));
    server.send(heard.clients[1], large);
    auto const begin = std::chrono::steady_clock::now();
    server.flush(100);
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
}

TEST_CASE("the server tells who its client is, and clears its socket away", "[line_server]") {
    TemporaryFolder const folder;
    {
        auto server = LineServer::listen(folder / "s").value();
        auto client = LineClient::connect(folder / "s").value();
        REQUIRE(client.send("x"));
        Heard heard;
        REQUIRE(serve_until(server, heard.handler(), [&] { return !heard.lines.empty(); }));
        CHECK(server.peer(heard.clients[0]).value().process == ::getpid());
        server = LineServer::listen(folder / "t").value();
        CHECK_FALSE(std::filesystem::exists(folder / "s"));
        CHECK(std::filesystem::exists(folder / "t"));
    }
    CHECK_FALSE(std::filesystem::exists(folder / "t"));
}

TEST_CASE("more clients than there is room for are turned away, the others stay", "[line_server]") {
    TemporaryFolder const folder;
    auto server = LineServer::listen(folder / "s").value();
    Heard heard;
    std::vector<LineClient> clients;
    for (int i = 0; i < 40; ++i) {
        clients.push_back(LineClient::connect(folder / "s").value());
        server.serve(heard.handler());
    }
    std::size_t turned_away = 0;
    for (auto& client : clients)
        turned_away += hung_up(client) ? 1 : 0;
    CHECK(turned_away == 8);
    REQUIRE(clients.front().send("here"));
    CHECK(serve_until(server, heard.handler(), [&] { return !heard.lines.empty(); }));
}

TEST_CASE("a socket that was given is served and its file stays", "[line_server]") {
    TemporaryFolder const folder;
    {
        auto server =
            LineServer::adopt(base::listen_at(folder / "socket").value(), 64, base::Admission{});
        CHECK_FALSE(server.has_clients());
        auto client = LineClient::connect(folder / "socket").value();
        REQUIRE(client.send("hello"));
        Heard heard;
        CHECK(serve_until(server, heard.handler(), [&] { return !heard.lines.empty(); }));
        CHECK(server.has_clients());
    }
    CHECK(std::filesystem::exists(folder / "socket"));
}
