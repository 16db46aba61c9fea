// A board that runs by itself, as fast as the wall clock or some times that, joined to a pty: for
// programs that know nothing of it, as avrdude and the kiosk's driver. Its thread owns the board; a
// test that wants something of it asks, and is answered between two slices of a millisecond.
#pragma once

#include "tests/fakes/board/board.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace fake {

class LiveBoard {
  public:
    // With a `speed` of 10, ten seconds of the board pass in one of the wall clock.
    explicit LiveBoard(BoardSetup setup, int speed = 1);
    ~LiveBoard();
    LiveBoard(LiveBoard const&) = delete;
    LiveBoard& operator=(LiveBoard const&) = delete;

    // Of the serial port, as "/dev/pts/3".
    std::string const& port() const { return port_; }

    // Runs it on the board's thread and gives back what it returns, or throws what it throws.
    template <class Question>
    auto ask(Question question) {
        using Answer = decltype(question(std::declval<Board&>()));
        std::packaged_task<Answer(Board&)> task{std::move(question)};
        auto answer = task.get_future();
        bool const asked = wait_until(
            [&task](Board& board) {
                task(board);
                return true;
            },
            std::chrono::minutes{1});
        if (!asked) throw std::runtime_error{"the board's thread hangs"};
        return answer.get();
    }

    // Looks after each slice. False when this much of the wall clock is over: a program of the real
    // world is on the other side.
    bool wait_until(std::function<bool(Board&)> holds, std::chrono::milliseconds limit);

  private:
    void live(std::stop_token const& stop, int speed);
    void look();
    void exchange_bytes();

    Board board_;
    int master_ = -1;
    int slave_ = -1;  // kept open, so that the port lives on when a program closes it
    std::string port_;
    base::Bytes unsent_;  // what the pty did not take yet
    std::mutex mutex_;
    std::condition_variable held_;
    std::function<bool(Board&)> awaited_;  // empty when nobody waits
    std::jthread thread_;
};

}  // namespace fake
