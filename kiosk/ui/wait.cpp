#include "kiosk/ui/wait.hpp"

#include <algorithm>
#include <cerrno>

#include <poll.h>

namespace ui {

base::Result<std::vector<int>> Wait::sleep(std::span<int const> descriptors,
                                           std::optional<Clock::time_point> deadline) {
    std::vector<pollfd> polled;
    polled.reserve(descriptors.size());
    for (int const descriptor : descriptors)
        polled.push_back({descriptor, POLLIN, 0});

    // ppoll and not poll: a whole millisecond rounded down would turn the last one into a busy
    // loop.
    timespec timeout{};
    if (deadline) {
        using namespace std::chrono;
        auto const left = std::max(*deadline - Clock::now(), Clock::duration::zero());
        auto const whole = duration_cast<seconds>(left);
        timeout.tv_sec = whole.count();
        timeout.tv_nsec = duration_cast<nanoseconds>(left - whole).count();
    }
    int const ready = ::ppoll(polled.data(), polled.size(), deadline ? &timeout : nullptr, nullptr);
    ++wakeups_;
    if (ready < 0) {
        if (errno == EINTR) return std::vector<int>{};
        return base::failure(base::system_error("ppoll"));
    }
    std::vector<int> result;
    for (auto const& one : polled)
        if (one.revents != 0) result.push_back(one.fd);
    return result;
}

}  // namespace ui
