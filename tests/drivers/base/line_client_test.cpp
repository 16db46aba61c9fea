#include "drivers/base/line_client.hpp"

#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"

#include <poll.h>
#include <sys/socket.h>

using base::Errc;
using base::LineClient;
using namespace std::chrono_literals;

namespace {

// The bare other end, which may misbehave.
struct Pair {
    TemporaryFolder folder;
    base::Descriptor listener = base::listen_at(folder / "s").value();
    LineClient client = LineClient::connect(folder / "s").value();
    base::Descriptor server{::accept(listener.number(), nullptr, nullptr)};

    void say(std::string_view text) const {
        while (!text.empty()) {
            auto const count = ::send(server.number(), text.data(), text.size(), MSG_NOSIGNAL);
            REQUIRE(count > 0);
            text.remove_prefix(static_cast<std::size_t>(count));
        }
    }
};

}  // namespace

TEST_CASE("an answer that comes in pieces survives a time-out between them", "[line_client]") {
    Pair pair;
    pair.say("first ha");
    CHECK(pair.client.receive(10ms).error().code == Errc::timed_out);
    pair.say("lf\nsecond\n");
    CHECK(pair.client.receive(5s).value() == "first half");
    CHECK(pair.client.receive(0ms).value() == "second");
}

TEST_CASE("waiting for an answer ends in time, not before", "[line_client]") {
    Pair pair;
    auto const begin = std::chrono::steady_clock::now();
    CHECK(pair.client.receive(50ms).error().code == Errc::timed_out);
    auto const waited = std::chrono::steady_clock::now() - begin;
    CHECK(waited >= 50ms);
    CHECK(waited < 2s);
}

TEST_CASE("a server that left is noticed, after its last lines", "[line_client]") {
    Pair pair;
    pair.say("bye\nunfinished");
    pair.server.close();
    CHECK(pair.client.receive(5s).value() == "bye");
    CHECK(pair.client.receive(5s).error().code == Errc::connection_lost);
    CHECK(pair.client.send("anybody?").error().code == Errc::connection_lost);
}

TEST_CASE("an answer without end is given up", "[line_client]") {
    Pair pair;
    std::string const chunk(64 * 1024, 'x');
    base::Result<std::string> answer = base::failure(Errc::timed_out);
    for (int i = 0; i < 128 && answer.error().code == Errc::timed_out; ++i) {
        pair.say(chunk);
        answer = pair.client.receive(1ms);
        REQUIRE_FALSE(answer);
    }
    CHECK(answer.error().code == Errc::protocol_violated);
}

TEST_CASE("a question is one line, and its answer the next", "[line_client]") {
    Pair pair;
    pair.say("pong\n");
    CHECK(pair.client.ask("ping", 5s).value() == "pong");
    char heard[16] = {};
    CHECK(::recv(pair.server.number(), heard, sizeof(heard), 0) == 5);
    CHECK(std::string_view{heard} == "ping\n");
}

TEST_CASE("a server that is not there is an error at once", "[line_client]") {
    TemporaryFolder const folder;
    CHECK(LineClient::connect(folder / "nobody").error().code == Errc::connection_lost);
}

TEST_CASE("a server that never reads does not hold its client for ever", "[line_client]") {
    Pair pair;
    std::string const large(1024 * 1024, 'x');
    auto const begin = std::chrono::steady_clock::now();
    CHECK(pair.client.send(large).error().code == Errc::connection_lost);
    CHECK(std::chrono::steady_clock::now() - begin < 10s);
}
