#include "drivers/base/end_signals.hpp"

#include "tests/catch.hpp"

#include <csignal>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

bool readable(base::Descriptor const& descriptor, int limit_ms) {
    pollfd polled{descriptor.number(), POLLIN, 0};
    return ::poll(&polled, 1, limit_ms) == 1 && (polled.revents & POLLIN) != 0;
}

}  // namespace

TEST_CASE("both signals that end a program are read instead of ending it", "[end_signals]") {
    for (int const signal : {SIGTERM, SIGINT}) {
        // In a child: the mask is the whole program's.
        auto const child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            auto const ends = base::end_signals();
            if (!ends || readable(*ends, 0)) ::_exit(1);
            ::raise(signal);
            ::_exit(readable(*ends, 5000) ? 0 : 2);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
    }
}
