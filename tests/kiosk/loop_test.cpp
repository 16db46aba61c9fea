#include "kiosk/loop.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/loop_guide.hpp"

#include <algorithm>
#include <csignal>
#include <iterator>

#include <unistd.h>

using namespace loop_tests;
using namespace std::chrono_literals;
using journey::State;

namespace {

std::size_t entries(char const* folder) {
    std::filesystem::directory_iterator const begin{folder};
    return static_cast<std::size_t>(std::distance(begin, std::filesystem::directory_iterator{}));
}

bool shows(kiosk::Loop& loop, std::string_view words) {
    return std::ranges::any_of(loop.shown().texts, [&](std::string const& text) {
        return text.find(words) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("what keeps the loop from opening is one sentence, and nothing is left", "[loop]") {
    auto broken = loop_settings();
    std::string named;
    SECTION("a key that is not there") { broken.signing_key = named = "/nowhere/kiosk.key"; }
    SECTION("a key that others may read, while there is no certificate yet") {
        auto const copy = app_tests::keys() / "read-by-others.key";
        std::filesystem::copy_file(broken.signing_key, copy,
                                   std::filesystem::copy_options::overwrite_existing);
        std::filesystem::permissions(copy, std::filesystem::perms{0644});
        broken.signing_key = copy;
        broken.signing_certificate = "/nowhere/kiosk.pem";
        named = "chmod 600";
    }
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
