#include "tests/fakes/board/live_board.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace fake {
namespace {

using namespace std::chrono_literals;
using WallClock = std::chrono::steady_clock;

constexpr auto slice = 1ms;
// A board that fell behind, because the machine had no time for it, does not hurry afterwards.
constexpr auto most_behind = 20ms;
// So that a program that writes much is slowed by the port, as by a real one.
constexpr std::size_t most_unsent = 256;

}  // namespace

LiveBoard::LiveBoard(BoardSetup setup, int speed) : board_(std::move(setup)) {
    master_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    std::array<char, 64> name{};
    if (master_ < 0 || ::grantpt(master_) != 0 || ::unlockpt(master_) != 0 ||
        ::ptsname_r(master_, name.data(), name.size()) != 0)
        throw std::runtime_error{"no pty"};
    port_ = name.data();
    slave_ = ::open(port_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    termios settings{};
    if (slave_ < 0 || ::tcgetattr(slave_, &settings) != 0) throw std::runtime_error{"no port"};
    ::cfmakeraw(&settings);
    ::tcsetattr(slave_, TCSANOW, &settings);
    thread_ = std::jthread{[this, speed](std::stop_token const& stop) { live(stop, speed); }};
}

LiveBoard::~LiveBoard() {
    thread_.request_stop();
    thread_.join();
    ::close(slave_);
    ::close(master_);
}

void LiveBoard::live(std::stop_token const& stop, int speed) {
    auto due = WallClock::now();
    while (!stop.stop_requested()) {
        look();
        board_.run_for(slice * speed);
        exchange_bytes();
        due += slice;
        auto const now = WallClock::now();
        due = std::max(due, now - most_behind);
        if (due > now) std::this_thread::sleep_until(due);
    }
}

void LiveBoard::exchange_bytes() {
    auto const fresh = board_.take_received();
    unsent_.insert(unsent_.end(), fresh.begin(), fresh.end());
    if (!unsent_.empty()) {
        auto const written = ::write(master_, unsent_.data(), unsent_.size());
        if (written > 0) unsent_.erase(unsent_.begin(), unsent_.begin() + written);
    }
    std::array<std::uint8_t, most_unsent> bytes{};
    auto const room = most_unsent - std::min(most_unsent, board_.unsent());
    if (room == 0) return;
    auto const count = ::read(master_, bytes.data(), room);
    // Without power, what is said on the line is lost.
    if (count > 0 && board_.has_power())
        board_.send({bytes.data(), static_cast<std::size_t>(count)});
}

void LiveBoard::look() {
    std::lock_guard const lock{mutex_};
    if (!awaited_ || !awaited_(board_)) return;
    awaited_ = nullptr;
    held_.notify_all();
}

bool LiveBoard::wait_until(std::function<bool(Board&)> holds, std::chrono::milliseconds limit) {
    std::unique_lock lock{mutex_};
    if (awaited_) throw std::logic_error{"two threads wait for one board"};
    awaited_ = std::move(holds);
    bool const held = held_.wait_for(lock, limit, [this] { return !awaited_; });
    awaited_ = nullptr;
    return held;
}

}  // namespace fake
