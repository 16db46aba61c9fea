#include "kiosk/loop.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/loop_fixture.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <functional>
#include <iterator>

#include <unistd.h>

using namespace loop_tests;
using namespace std::chrono_literals;
using journey::State;

namespace {

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

std::size_t entries(char const* folder) {
    std::filesystem::directory_iterator const begin{folder};
    return static_cast<std::size_t>(std::distance(begin, std::filesystem::directory_iterator{}));
}

// From the start to attract: first all that the workers say by themselves.
Guide::Steps opening(kiosk::Loop& loop) {
    auto const state = [&loop] { return loop.app().journey().state(); };
    return {[&loop, state] {
                if (state() != State::reader_trouble) return false;
                loop.post(workers::ReaderReady{});
                return true;
            },
            [&loop, state] {
                if (state() != State::cannot_record) return false;
                loop.post(app_tests::open_level());
                return true;
            },
            [state] { return state() == State::attract; }};
}

Guide::Steps joined(Guide::Steps steps, Guide::Steps more) {
    std::ranges::move(more, std::back_inserter(steps));
    return steps;
}

bool shows(kiosk::Loop& loop, std::string_view words) {
    return std::ranges::any_of(loop.shown().texts, [&](std::string const& text) {
        return text.find(words) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("what keeps the loop from opening is one sentence, and nothing is left", "[loop]") {
    auto broken = settings();
    std::string named;
    SECTION("a key that is not there") { broken.signing_key = named = "/nowhere/kiosk.key"; }
    SECTION("a certificate of another kiosk") { broken.id = named = "borne-voisine"; }
    SECTION("no assets") { broken.assets = named = "/nowhere"; }
    SECTION("no display") {
        ::setenv("SDL_VIDEODRIVER", "none-such", 1);
        named = "video";
    }
    auto const descriptors = entries("/proc/self/fd");
    auto const threads = entries("/proc/self/task");
    auto const loop = kiosk::Loop::open(broken);
    REQUIRE_FALSE(loop);
    auto const sentence = base::describe(loop.error());
    CHECK_THAT(sentence, Catch::Contains(named));
    CHECK(sentence.find('\n') == std::string::npos);
    CHECK(entries("/proc/self/fd") == descriptors);
    CHECK(entries("/proc/self/task") == threads);
}

TEST_CASE("stop ends the loop between two frames", "[loop]") {
    auto const loop = open_loop();
    Guide guide{*loop};
    CHECK(guide.lead({[] { return true; }}));
}

TEST_CASE("SIGTERM and SIGINT end the loop, and nothing else", "[loop]") {
    auto const signal = GENERATE(SIGTERM, SIGINT);
    auto const loop = open_loop();
    Guide guide{*loop};
    auto const begun = Guide::Clock::now();
    bool sent = false;
    CHECK_FALSE(
        guide.lead({[&] { return sent = ::kill(::getpid(), signal) == 0; }, [] { return false; }}));
    CHECK(sent);
    CHECK(Guide::Clock::now() - begun < 15s);  // not by its limit
}

TEST_CASE("the loop opens by the facts its workers post", "[loop]") {
    auto const loop = open_loop();
    Guide guide{*loop};
    CHECK(guide.lead(opening(*loop)));
    CHECK(loop->app().journey().state() == State::attract);
}

TEST_CASE("an idle loop draws nothing and sleeps; a wanted change is two frames", "[loop]") {
    auto const loop = open_loop();
    Guide guide{*loop};
    auto const steps = opening(*loop);
    int frames = 0;
    std::uint64_t wakeups = 0;
    CHECK(guide.lead({
        // Both workers have said what they had to say.
        steps[0],
        [&] { return loop->app().journey().state() == State::cannot_record; },
        guide.pause(),
        [&] {
            frames = guide.frames();
            wakeups = loop->wait().wakeups();
            return true;
        },
        guide.pause(),
        [&] {
            CHECK(guide.frames() == frames);
            CHECK(loop->wait().wakeups() - wakeups <= 3);  // those of the steps themselves
            loop->redraw();
            return true;
        },
        guide.pause(),
    }));
    CHECK(guide.frames() == frames + 2);
}

TEST_CASE("when the person has gone, what the screen showed is wiped", "[loop]") {
    auto const loop = open_loop();
    Guide guide{*loop};
    auto& app = loop->app();
    bool wiped = false;
    auto const to_the_name = [&] {
        if (app.journey().state() != State::explain) return false;
        app.clock().freeze(true);
        for (auto const event : {journey::Event::next, journey::Event::accept}) {
            app.advance_clock(journey::lock_after_change);
            app.act(event);
        }
        loop->redraw();
        return true;
    };
    auto const leave = [&] {
        app.take(workers::CardRemoved{1});
        // Before any frame of the next screen.
        wiped = loop->shown().texts.empty() && loop->shown().widgets.empty();
        return true;
    };
    auto const insert = [&] {
        loop->post(workers::CardInserted{1});
        workers::CardRead read{};
        read.card = 1;
        read.content = app_tests::luc();
        loop->post(std::move(read));
        return true;
    };
    CHECK(guide.lead(joined(
        opening(*loop), {insert, to_the_name, [&] { return shows(*loop, "EXEMPLE"); }, leave})));
    CHECK(wiped);
}

TEST_CASE("a card worker hung inside PC/SC is a lost reader after five seconds", "[loop]") {
    auto listener = base::listen_at(pcscd_socket());  // takes the connection, answers nothing
    REQUIRE(listener);
    Log const log;
    auto const loop = open_loop();
    Guide guide{*loop};
    CHECK(guide.lead({
        [&] { return loop->app().journey().state() == State::reader_trouble; },
        [&] {
            CHECK(log.holds("reader_hung: no answer for 5 s"));
            CHECK_FALSE(log.holds("no_service"));
            listener->close();  // pcscd dies: the call returns
            return true;
        },
        [&] { return log.holds("no_service"); },  // said anew by the worker that came back
    }));
}

TEST_CASE("a pcscd that is away is told at once, and is no hung worker", "[loop]") {
    Log const log;
    auto const loop = open_loop();
    Guide guide{*loop};
    CHECK(guide.lead({[&] { return loop->app().journey().state() == State::reader_trouble; }}));
    CHECK(log.holds("no_service"));
    CHECK_FALSE(log.holds("reader_hung"));
}

TEST_CASE("a touch panel that went and came is heard again within 5 s, and the session goes on",
          "[loop]") {
    auto with_devices = settings();
    with_devices.input_devices = app_tests::keys() / "input";
    std::filesystem::create_directories(with_devices.input_devices);
    auto opened = kiosk::Loop::open(with_devices);
    REQUIRE(opened);
    auto& loop = **opened;
    Guide guide{loop};
    Log log;
    auto const state = [&] { return loop.app().journey().state(); };
    auto const finger = [&](ui::Window::Phase phase, std::string_view id) {
        auto const* const widget = loop.shown().find(id);
        REQUIRE(widget != nullptr);
        loop.window().push_finger(phase, 1, widget->rect.centre_x(), widget->rect.centre_y());
    };
    Guide::Clock::time_point came;
    CHECK(guide.lead(
        joined(opening(loop),
               {[&] {
                    loop.post(workers::CardInserted{1});
                    loop.post(workers::CardRead{1, app_tests::luc(), {}});
                    return true;
                },
                [&] { return state() == State::explain && loop.shown().find("next") != nullptr; },
                guide.pause(),
                // A finger is down when the panel goes.
                [&] {
                    finger(ui::Window::Phase::down, "next");
                    return true;
                },
                guide.pause(),
                [&] {
                    came = Guide::Clock::now();
                    std::ofstream{with_devices.input_devices / "event7"} << "";
                    return true;
                },
                [&] { return log.holds("display: opened again"); }, guide.pause(),
                [&] {
                    CHECK(Guide::Clock::now() - came < 5s);
                    CHECK(state() == State::explain);
                    finger(ui::Window::Phase::down, "next");
                    finger(ui::Window::Phase::up, "next");
                    return true;
                },
                [&] { return state() == State::consent; }})));
}

TEST_CASE("a display that does not come back ends the loop with an error", "[loop]") {
    auto with_devices = settings();
    with_devices.input_devices = app_tests::keys() / "input";
    std::filesystem::create_directories(with_devices.input_devices);
    auto opened = kiosk::Loop::open(with_devices);
    REQUIRE(opened);
    ::setenv("SDL_VIDEODRIVER", "none-such", 1);
    std::ofstream{with_devices.input_devices / "event8"} << "";
    auto const ended = (*opened)->run();
    ::setenv("SDL_VIDEODRIVER", "dummy", 1);
    REQUIRE_FALSE(ended);
    CHECK_THAT(base::describe(ended.error()), Catch::Contains("video"));
}
