#include "kiosk/ui/wait.hpp"

#include "tests/catch.hpp"

#include <array>
#include <thread>

#include <sys/eventfd.h>
#include <unistd.h>

namespace {

using namespace std::chrono_literals;
using Clock = ui::Wait::Clock;

struct EventFd {
    int number = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    ~EventFd() { close(number); }
    void post() const {
        std::uint64_t const one = 1;
        REQUIRE(write(number, &one, sizeof one) == sizeof one);
    }
};

}  // namespace

TEST_CASE("waiting ends at the deadline, not before, with one wake-up", "[ui]") {
    EventFd const quiet;
    ui::Wait wait;
    auto const deadline = Clock::now() + 30ms;
    auto const ready = wait.sleep(std::array{quiet.number}, deadline);
    REQUIRE(ready.has_value());
    CHECK(ready->empty());
    CHECK(Clock::now() >= deadline);
    CHECK(wait.wakeups() == 1);
}

TEST_CASE("a deadline that has passed does not sleep", "[ui]") {
    ui::Wait wait;
    auto const ready = wait.sleep({}, Clock::now() - 1s);
    REQUIRE(ready.has_value());
    CHECK(ready->empty());
}

TEST_CASE("what is posted by another thread wakes the sleeper and is named", "[ui]") {
    EventFd const quiet;
    EventFd const posted;
    ui::Wait wait;
    std::jthread const other{[&] { posted.post(); }};
    auto const ready = wait.sleep(std::array{quiet.number, posted.number}, Clock::now() + 10s);
    REQUIRE(ready.has_value());
    REQUIRE(ready->size() == 1);
    CHECK(ready->front() == posted.number);
}

TEST_CASE("without a deadline it sleeps until something happens", "[ui]") {
    EventFd const posted;
    posted.post();
    ui::Wait wait;
    auto const ready = wait.sleep(std::array{posted.number}, std::nullopt);
    REQUIRE(ready.has_value());
    CHECK(ready->size() == 1);
}
