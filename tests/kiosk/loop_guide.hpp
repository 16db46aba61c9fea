// Steps through a loop that runs.
#pragma once

#include "tests/kiosk/loop_fixture.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <vector>

namespace loop_tests {

using namespace std::chrono_literals;

// Leads the loop from within; each step is asked, turn after turn, whether it is done. Ends the
// loop after the last, or when the limit has come.
class Guide : public kiosk::Companion {
  public:
    using Clock = std::chrono::steady_clock;
    using Steps = std::vector<std::function<bool()>>;

    explicit Guide(kiosk::Loop& loop) : loop_(loop) { loop.accompany(this); }
    ~Guide() override { loop_.accompany(nullptr); }

    // Whether every step was done.
    bool lead(Steps steps) {
        steps_ = std::move(steps);
        limit_ = Clock::now() + 20s;
        auto const ended = loop_.run();
        REQUIRE(ended);
        return next_ == steps_.size();
    }

    int frames() const { return frames_; }
    // A step that lets the loop alone until it has shown no frame for a while.
    std::function<bool()> pause() {
        return [this, quiet_until = Clock::time_point{}, seen = -1]() mutable {
            if (seen != frames_) quiet_until = wake_at_ = Clock::now() + 300ms;
            seen = frames_;
            return Clock::now() >= quiet_until;
        };
    }

    std::vector<int> descriptors() const override { return {}; }
    void serve() override {
        turn_wanted_ = false;
        while (next_ < steps_.size() && steps_[next_]())
            ++next_;
        if (next_ == steps_.size() || Clock::now() > limit_) loop_.stop();
    }
    void frame_shown() override {
        ++frames_;
        turn_wanted_ = true;
    }
    std::optional<Clock::time_point> deadline() const override {
        auto const now = Clock::now();
        if (turn_wanted_) return now;
        return wake_at_ > now ? wake_at_ : limit_;
    }

  private:
    kiosk::Loop& loop_;
    Steps steps_;
    std::size_t next_ = 0;
    Clock::time_point limit_;
    Clock::time_point wake_at_;
    int frames_ = 0;
    bool turn_wanted_ = false;  // to look at the frame just shown
};

// From the start to attract: first all that the workers say by themselves.
inline Guide::Steps opening(kiosk::Loop& loop) {
    auto const state = [&loop] { return loop.app().journey().state(); };
    return {[&loop, state] {
                if (state() != journey::State::reader_trouble) return false;
                loop.post(workers::ReaderReady{});
                return true;
            },
            [&loop, state] {
                if (state() != journey::State::cannot_record) return false;
                loop.post(app_tests::open_level());
                return true;
            },
            [&loop, state] {
                // The spool client may only now have found that nobody is there.
                if (state() == journey::State::cannot_record) loop.post(app_tests::open_level());
                return state() == journey::State::attract;
            }};
}

inline Guide::Steps joined(Guide::Steps steps, Guide::Steps more) {
    std::ranges::move(more, std::back_inserter(steps));
    return steps;
}

}  // namespace loop_tests
