#include "drivers/supervisor/serial_port.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

namespace supervisor {

using base::Errc;
using base::failure;
using base::Result;

namespace {

constexpr std::chrono::milliseconds longest_write{1000};

Result<void> make_raw(int port) {
    termios line{};
    if (::tcgetattr(port, &line) != 0) return failure(base::system_error("serial line"));
    ::cfmakeraw(&line);
    line.c_cflag |= CLOCAL | CREAD;
    // Closing the port must not drop a control line that somebody wired to the board's reset.
    line.c_cflag &= ~static_cast<tcflag_t>(HUPCL | CSTOPB | CRTSCTS);
    ::cfsetspeed(&line, B115200);
    if (::tcsetattr(port, TCSANOW, &line) != 0) return failure(base::system_error("serial line"));
    // What came before is an answer to somebody else.
    ::tcflush(port, TCIOFLUSH);
    return {};
}

// Whether it became ready in time.
Result<bool> wait_for(int port, short events, std::chrono::milliseconds timeout) {
    pollfd ready{port, events, 0};
    int const found = ::poll(&ready, 1, static_cast<int>(timeout.count()));
    if (found < 0 && errno != EINTR) return failure(base::system_error("serial line"));
    // An unplugged adapter hangs up.
    if (found > 0 && (ready.revents & events) == 0)
        return failure(Errc::connection_lost, "the serial line is gone");
    return found > 0;
}

}  // namespace

Result<SerialPort> SerialPort::open(std::filesystem::path const& path) {
    base::Descriptor port{::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
    if (!port) return failure(base::system_error(path.native(), Errc::connection_lost));
    if (::flock(port.number(), LOCK_EX | LOCK_NB) != 0)
        return failure(Errc::conflict, path.native() + ": another program speaks with the board");
    if (auto raw = make_raw(port.number()); !raw) return failure(raw.error());
    return SerialPort{std::move(port)};
}

Result<void> SerialPort::write(base::ByteView bytes) {
    while (!bytes.empty()) {
        auto const written = ::write(port_.number(), bytes.data(), bytes.size());
        if (written > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
            continue;
        }
        if (written < 0 && errno != EAGAIN && errno != EINTR)
            return failure(base::system_error("serial line", Errc::connection_lost));
        auto ready = wait_for(port_.number(), POLLOUT, longest_write);
        if (!ready) return failure(ready.error());
        if (!*ready) return failure(Errc::timed_out, "the serial line takes nothing");
    }
    return {};
}

Result<base::Bytes> SerialPort::read(std::chrono::milliseconds timeout) {
    auto ready = wait_for(port_.number(), POLLIN, timeout);
    if (!ready) return failure(ready.error());
    if (!*ready) return base::Bytes{};
    std::array<std::uint8_t, 256> buffer{};
    auto const count = ::read(port_.number(), buffer.data(), buffer.size());
    if (count > 0) return base::Bytes(buffer.begin(), buffer.begin() + count);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return base::Bytes{};
    return failure(Errc::connection_lost, "the serial line is gone");
}

}  // namespace supervisor
