#include "kiosk/update/trial.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

#include <fstream>

using namespace update;
using namespace std::chrono_literals;
using slots::SlotState;

namespace {

Release const old_release{"dmp-kiosk-amd64", "1.0", 100, std::string(64, 'a')};
Release const new_release{"dmp-kiosk-amd64", "2.0", 200, std::string(64, 'b')};

Started old_one() { return {Slot::a, old_release, SlotState::good, SlotState::bad}; }
Started new_one() { return {Slot::b, new_release, SlotState::on_trial, SlotState::good}; }

Evidence good_evidence() {
    return {Proof{std::vector(10, 30ms), true, true}, SpoolerAnswer{"", true, true, true, ""}};
}

struct Scene {
    pki::TemporaryFolder place;
    State state = State::open(place / "state").value();
    std::optional<bool> power_lost = false;
    std::chrono::seconds uptime{60};
    std::chrono::steady_clock::time_point time{};
    std::vector<Evidence> seen{good_evidence()};  // one after the other; the last one stays
    std::vector<std::string> done;
    base::Result<void> marking = {};

    Machine machine() {
        Machine made;
        auto const note = [this](std::string const& what) { done.push_back(what); };
        made.power_had_been_lost = [this] { return power_lost; };
        made.give_back_a_try = [=](Slot) -> base::Result<bool> {
            note("a try is given back");
            return true;
        };
        made.clear_entries = [=](Slot slot) -> base::Result<void> {
            note("cleared " + std::string{name(slot)});
            return {};
        };
        made.look = [this] {
            auto const evidence = seen.front();
            if (seen.size() > 1) seen.erase(seen.begin());
            return evidence;
        };
        made.wait = [this](auto at_most) { time += at_most; };
        made.now = [this] { return time; };
        made.mark_good = [=, this]() -> base::Result<void> {
            note("marked good");
            return marking;
        };
        made.mark_bad = [=]() -> base::Result<void> {
            note("marked bad");
            return {};
        };
        made.reboot = [=]() -> base::Result<void> {
            note("restarted");
            return {};
        };
        made.uptime = [this] { return uptime; };
        made.show = [=](std::string_view page) { note("shows " + std::string{page}); };
        made.log = [](std::string const&) {};
        return made;
    }
    void begin(Started const& started) { REQUIRE(update::begin(started, state, machine())); }
    void conclude(Started const& started) {
        REQUIRE(update::conclude(started, {}, state, machine()));
    }
    void crash(Started const& started) {
        REQUIRE(update::after_crashes(started, state, machine()));
    }
    std::string history() const {
        std::ifstream file{place / "state/history"};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
};

using Done = std::vector<std::string>;

}  // namespace

TEST_CASE("a new version that proves itself stays and raises the floor", "[update]") {
    Scene scene;
    scene.begin(new_one());
    CHECK(scene.state.trial()->starts == 1);
    CHECK(scene.state.floor() == 0);
    scene.conclude(new_one());
    CHECK(scene.done == Done{"marked good"});
    CHECK(scene.state.floor() == 200);
    CHECK(scene.state.last_good() == Surroundings{true, true, "", "", true});
    CHECK_FALSE(scene.state.trial());
    CHECK_THAT(scene.history(), Catch::Contains("accepted"));
    CHECK(scene.state.failures().empty());
}

TEST_CASE("a new version that does not is left for the old one, with the reason", "[update]") {
    Scene scene;
    scene.seen = {{}};
    scene.begin(new_one());
    scene.conclude(new_one());
    CHECK(scene.done == Done{"marked bad", "restarted"});
    CHECK(scene.time.time_since_epoch() == 120s);
    auto const failures = scene.state.failures();
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].release.kernel_sha256 == new_release.kernel_sha256);
    CHECK(failures[0].is_its_own);
    CHECK_THAT(scene.history(), Catch::Contains("gave_up") && Catch::Contains("screen"));
    CHECK_FALSE(scene.state.trial());
    CHECK(scene.state.floor() == 0);
}

TEST_CASE("a proof that comes late is waited for", "[update]") {
    Scene scene;
    scene.seen = {{}, {}, {}, good_evidence()};
    scene.conclude(new_one());
    CHECK(scene.done == Done{"marked good"});
    CHECK(scene.time.time_since_epoch() == 3s);
}

TEST_CASE("a reader that was there before is waited for, and missed after a while", "[update]") {
    Scene scene;
    auto without_reader = good_evidence();
    without_reader.proof->has_reader = false;
    REQUIRE(scene.state.keep(Surroundings{true, true, "", "", true}));
    scene.seen = {without_reader, without_reader, good_evidence()};
    scene.conclude(new_one());
    CHECK(scene.done == Done{"marked good"});
    scene.done.clear();
    scene.seen = {without_reader};
    scene.conclude(new_one());
    CHECK(scene.done == Done{"marked bad", "restarted"});
    CHECK_FALSE(scene.state.failures().back().is_its_own);
}

TEST_CASE("a version that RAUC cannot mark good could never be updated and is left", "[update]") {
    Scene scene;
    scene.marking = base::failure(base::Errc::system_failed, "rauc ended with 1");
    scene.conclude(new_one());
    CHECK(scene.done == Done{"marked good", "marked bad", "restarted"});
    CHECK_THAT(scene.state.failures().back().reason, Catch::Contains("rauc ended with 1"));
}

TEST_CASE("the last try counts as a trial too", "[update]") {
    Scene scene;
    auto started = new_one();
    started.own = SlotState::bad;  // kiosk-b+0-3.conf
    scene.begin(started);
    scene.conclude(started);
    CHECK(scene.done == Done{"marked good"});
}

TEST_CASE("power that was lost during a trial gives the try back", "[update]") {
    Scene scene;
    scene.power_lost = true;
    scene.begin(new_one());
    CHECK(scene.done.empty());  // this start is the first: the power went before it was tried
    scene.begin(new_one());
    CHECK(scene.done == Done{"a try is given back"});
    CHECK(scene.state.trial()->starts == 2);
    CHECK(scene.state.trial()->ended_by_the_mains == 1);
    scene.power_lost = false;
    scene.begin(new_one());
    CHECK(scene.done.size() == 1);
    scene.power_lost.reset();  // no board
    scene.begin(new_one());
    CHECK(scene.done.size() == 1);
}

TEST_CASE("tries are given back ten times and not for ever", "[update]") {
    Scene scene;
    scene.power_lost = true;
    for (int start = 0; start < 30; ++start)
        scene.begin(new_one());
    CHECK(scene.done.size() == 10);
}

TEST_CASE("another version in the slot is another trial", "[update]") {
    Scene scene;
    scene.begin(new_one());
    scene.begin(new_one());
    auto other = new_one();
    other.release.kernel_sha256 = std::string(64, 'c');
    scene.power_lost = true;
    scene.begin(other);
    CHECK(scene.state.trial()->starts == 1);
    CHECK(scene.done.empty());
}

TEST_CASE("back in the old version, it is noted that the new one never started", "[update]") {
    Scene scene;
    auto started = old_one();
    started.other_used_up_its_tries = true;
    started.other_release = new_release;
    scene.begin(started);
    CHECK(scene.done == Done{"cleared b"});
    REQUIRE(scene.state.failures().size() == 1);
    CHECK(scene.state.failures()[0].reason == "it did not start");
    CHECK(scene.state.failures()[0].release.version == "2.0");
    CHECK(scene.state.floor() == 100);
    started.other_used_up_its_tries = false;  // its entries are gone
    scene.begin(started);
    CHECK(scene.state.failures().size() == 1);
}

TEST_CASE("back in the old version, it is noted that the new one ended without a verdict",
          "[update]") {
    Scene scene;
    for (int start = 0; start < 3; ++start)
        scene.begin(new_one());
    auto started = old_one();
    started.other_used_up_its_tries = true;
    started.other_release = new_release;
    scene.begin(started);
    auto const failures = scene.state.failures();
    REQUIRE(failures.size() == 1);
    CHECK_THAT(failures[0].reason, Catch::Contains("started 3 times"));
    CHECK(failures[0].is_its_own);
    CHECK_FALSE(scene.state.trial());
}

TEST_CASE("a version that only lost its power is not blamed for it", "[update]") {
    Scene scene;
    scene.power_lost = true;
    for (int start = 0; start < 3; ++start)
        scene.begin(new_one());
    auto started = old_one();
    started.other_used_up_its_tries = true;
    started.other_release = new_release;
    scene.begin(started);
    auto const failures = scene.state.failures();
    REQUIRE(failures.size() == 1);
    CHECK_THAT(failures[0].reason, Catch::Contains("power was lost 3 times"));
    CHECK_FALSE(failures[0].is_its_own);
}

TEST_CASE("a version that is good notes how it finds its surroundings, and no more", "[update]") {
    Scene scene;
    auto offline = good_evidence();
    offline.spooler = SpoolerAnswer{"", true, true, false, "no_link"};
    scene.seen = {offline};
    scene.begin(old_one());
    scene.conclude(old_one());
    CHECK(scene.done.empty());
    CHECK(scene.state.last_good() == Surroundings{true, false, "no_link", "", true});
    CHECK(scene.state.floor() == 100);
    scene.seen = {{}};
    scene.conclude(old_one());  // no proof: nothing is known
    CHECK(scene.done.empty());
    CHECK(scene.state.last_good() == Surroundings{true, false, "no_link", "", true});
}

TEST_CASE("a trial that is still to come is no failure", "[update]") {
    Scene scene;
    auto started = old_one();
    started.other = SlotState::on_trial;
    started.other_release = new_release;
    REQUIRE(scene.state.keep(Trial{Slot::b, new_release, 1, 0}));
    scene.begin(started);
    CHECK(scene.state.failures().empty());
    CHECK(scene.state.trial());
}

TEST_CASE("after crashes the machine restarts once, then stays and says so", "[update]") {
    Scene scene;
    scene.begin(old_one());
    scene.crash(old_one());
    CHECK(scene.done == Done{"shows safe", "restarted"});
    CHECK(scene.time.time_since_epoch() == 8s);
    scene.done.clear();
    scene.begin(old_one());
    scene.crash(old_one());
    CHECK(scene.done == Done{"shows out-of-service"});
    CHECK_THAT(scene.history(), Catch::Contains("crashed"));
    CHECK(scene.state.failures().empty());
    scene.done.clear();
    scene.begin(old_one());  // somebody switched it off and on
    scene.crash(old_one());
    CHECK(scene.done == Done{"shows safe", "restarted"});
}

TEST_CASE("crashes long after a restart are others", "[update]") {
    Scene scene;
    scene.crash(old_one());
    scene.begin(old_one());
    scene.uptime = 15min;
    scene.done.clear();
    scene.crash(old_one());
    CHECK(scene.done == Done{"shows safe", "restarted"});
}

TEST_CASE("crashes on trial end the trial", "[update]") {
    Scene scene;
    scene.begin(new_one());
    scene.crash(new_one());
    CHECK(scene.done == Done{"shows safe", "marked bad", "restarted"});
    CHECK_THAT(scene.state.failures().at(0).reason, Catch::Contains("crashed three times"));
    scene.done.clear();
    scene.begin(old_one());
    scene.crash(old_one());  // the old one crashes too: its first time
    CHECK(scene.done == Done{"shows safe", "restarted"});
}
