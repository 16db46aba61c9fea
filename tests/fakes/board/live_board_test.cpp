#include "tests/fakes/board/live_board.hpp"

#include "tests/catch.hpp"

#include <array>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace fake;
using namespace std::chrono_literals;

namespace {

// Another program at the port.
class Visitor {
  public:
    explicit Visitor(std::string const& port) : port_(::open(port.c_str(), O_RDWR | O_NOCTTY)) {
        REQUIRE(port_ >= 0);
    }
    ~Visitor() { ::close(port_); }
    Visitor(Visitor const&) = delete;
    Visitor& operator=(Visitor const&) = delete;

    void say(std::string const& text) {
        REQUIRE(::write(port_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    std::string hear(std::size_t size) {
        std::string heard;
        pollfd ready{port_, POLLIN, 0};
        while (heard.size() < size && ::poll(&ready, 1, 5000) == 1) {
            std::array<char, 256> bytes{};
            auto const count = ::read(port_, bytes.data(), bytes.size());
            REQUIRE(count > 0);
            heard.append(bytes.data(), static_cast<std::size_t>(count));
        }
        return heard;
    }

  private:
    int port_;
};

BoardSetup const probe{.images = {PROBE}, .boot_section = 0x1F000, .starts_in_boot_section = true};

}  // namespace

TEST_CASE("a program talks to a live board through its port, one after the other", "[fake_board]") {
    LiveBoard board{probe};
    for (int visit = 0; visit < 3; ++visit) {
        Visitor visitor{board.port()};
        if (visit == 0) CHECK(visitor.hear(1) == "\x01");
        visitor.say("0p1");
        CHECK(visitor.hear(3) == "0p1");
    }
    CHECK(board.ask([](Board& asked) { return asked.output({'B', 0}); }) == Drive::high);
}

TEST_CASE("a live board is never ahead of the wall clock", "[fake_board]") {
    auto const begun = std::chrono::steady_clock::now();
    LiveBoard board{probe};
    CHECK(board.wait_until([](Board& asked) { return asked.now() > 200ms; }, 20s));
    CHECK(std::chrono::steady_clock::now() - begun > 190ms);
}

TEST_CASE("power goes and comes under a program that holds the port", "[fake_board]") {
    LiveBoard board{probe};
    Visitor visitor{board.port()};
    REQUIRE(visitor.hear(1) == "\x01");
    board.ask([](Board& asked) { asked.cut_power(); });
    visitor.say("0");
    CHECK_FALSE(board.wait_until([](Board& asked) { return asked.has_power(); }, 50ms));
    board.ask([](Board& asked) { asked.give_power(); });
    REQUIRE(visitor.hear(1) == "\x01");
    visitor.say("2");
    CHECK(visitor.hear(1) == "2");
}
