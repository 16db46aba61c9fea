#include "kiosk/workers/identity_worker.hpp"

#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"
#include "tests/kiosk/identity/authors.hpp"

#include <atomic>
#include <deque>
#include <fstream>

#include <poll.h>

using namespace identity_tests;
using namespace std::chrono_literals;
using namespace workers;
using Verdict = PinJudged::Verdict;

namespace {

// The worker at a clock that only the test moves.
class Scene {
    TemporaryFolder folder_;

  public:
    explicit Scene(std::vector<config::Author> list = authors()) : authors_(std::move(list)) {
        std::filesystem::create_directory(state);
    }

    std::filesystem::path state = folder_ / "state";

    void start() {
        worker_.reset();
        worker_ = std::make_unique<IdentityWorker>(authors_, state, facts_,
                                                   [this] { return Instant{now_.load()}; });
    }
    void pass(std::chrono::seconds time) { now_ = now_.load() + time; }
    IdentityWorker& worker() { return *worker_; }

    template <class Kind>
    Kind await() {
        while (seen_.empty()) {
            pollfd polled{facts_.descriptor(), POLLIN, 0};
            if (::poll(&polled, 1, 10'000) != 1) FAIL("no fact came");
            for (auto& fact : facts_.take())
                seen_.push_back(std::move(fact));
        }
        auto const fact = std::move(seen_.front());
        seen_.pop_front();
        auto const* kind = std::get_if<Kind>(&fact);
        if (kind == nullptr) FAIL("another fact came");
        return *kind;
    }
    PinJudged give(char const* id, char const* pin) {
        worker_->check(id, std::string{pin});
        return await<PinJudged>();
    }
    PinJudged ask(char const* id) {
        worker_->ask(id);
        return await<PinJudged>();
    }

  private:
    std::vector<config::Author> authors_;
    Mailbox<Fact> facts_;
    std::deque<Fact> seen_;
    std::atomic<Instant::duration> now_ = Instant::duration{1h};

    std::unique_ptr<IdentityWorker> worker_;
};

}  // namespace

TEST_CASE("the right PIN is right, another or another author's is wrong") {
    Scene scene;
    scene.start();
    auto const right = scene.give(anne, annes_pin);
    CHECK(right.author_id == anne);
    CHECK(right.verdict == Verdict::right);
    CHECK(right.attempts_left == 15);
    CHECK(right.wrong_before == 0);
    auto const wrong = scene.give(anne, "482914");
    CHECK(wrong.verdict == Verdict::wrong);
    CHECK(wrong.wait == 0s);
    CHECK(wrong.attempts_left == 14);
    CHECK(scene.give(anne, brunos_pin).verdict == Verdict::wrong);
    CHECK(scene.give(bruno, brunos_pin).verdict == Verdict::right);
    auto const again = scene.give(anne, annes_pin);
    CHECK(again.verdict == Verdict::right);
    CHECK(again.wrong_before == 2);
    CHECK(again.attempts_left == 15);
}

TEST_CASE("before a PIN is typed the worker says whether it would be looked at") {
    Scene scene;
    scene.start();
    CHECK(scene.ask(anne).verdict == Verdict::ready);
    CHECK(scene.ask(without_pin).verdict == Verdict::no_pin);
    CHECK(scene.ask("nobody").verdict == Verdict::no_pin);
    CHECK(scene.give("nobody", annes_pin).verdict == Verdict::no_pin);
    for (int i = 0; i < 4; ++i)
        CHECK(scene.give(anne, "000000").wait == 0s);
    auto const fifth = scene.give(anne, "000000");
    CHECK(fifth.verdict == Verdict::wrong);
    CHECK(fifth.wait == 30s);
    auto const asked = scene.ask(anne);
    CHECK(asked.verdict == Verdict::waiting);
    CHECK(asked.wait == 30s);
    CHECK(asked.attempts_left == 10);
    CHECK(scene.give(anne, annes_pin).verdict == Verdict::waiting);
    CHECK(scene.ask(bruno).verdict == Verdict::ready);
    scene.pass(30s);
    CHECK(scene.ask(anne).verdict == Verdict::ready);
    CHECK(scene.give(anne, annes_pin).verdict == Verdict::right);
}

TEST_CASE("the fifteenth wrong PIN is told as the lock, and so is every later one") {
    Scene scene;
    scene.start();
    for (int i = 0; i < 14; ++i) {
        CHECK(scene.give(anne, "000000").verdict == Verdict::wrong);
        scene.pass(15min);
    }
    CHECK(scene.ask(anne).attempts_left == 1);
    auto const last = scene.give(anne, "000000");
    CHECK(last.verdict == Verdict::locked);
    CHECK(last.attempts_left == 0);
    CHECK(last.wait == 0s);
    CHECK(scene.give(anne, annes_pin).verdict == Verdict::locked);
    scene.start();
    CHECK(scene.ask(anne).verdict == Verdict::locked);
}

TEST_CASE("a worker that ends in the middle of a wait leaves it to the next in full") {
    Scene scene;
    scene.start();
    for (int i = 0; i < 5; ++i)
        scene.give(anne, "000000");
    scene.pass(29s);
    CHECK(scene.ask(anne).wait == 1s);
    scene.start();
    CHECK(scene.ask(anne).wait == 30s);
}

TEST_CASE("damaged counts are told before anything else") {
    Scene scene;
    std::ofstream{scene.state / "wrong-pins.json"} << "{";
    scene.start();
    CHECK(scene.await<PinCountsDamaged>().error.code == base::Errc::storage_damaged);
    CHECK(scene.ask(anne).wait == 30s);
}

TEST_CASE("a PIN that cannot be judged has failed, with the reason for the log") {
    SECTION("the count cannot be written") {
        Scene scene;
        scene.state = scene.state / "no such folder";
        scene.start();
        auto const judged = scene.give(anne, annes_pin);
        CHECK(judged.verdict == Verdict::failed);
        CHECK(judged.error.value().code == base::Errc::storage_failed);
        CHECK(base::describe(*judged.error).find(annes_pin) == std::string::npos);
    }
    SECTION("the hash is none") {
        Scene scene{{author(anne, "not a hash")}};
        scene.start();
        auto const judged = scene.give(anne, annes_pin);
        CHECK(judged.verdict == Verdict::failed);
        CHECK(judged.attempts_left == 15);
        CHECK(judged.error.has_value());
    }
}

TEST_CASE("answers come in the order of the questions, and asking waits for none of them") {
    Scene scene;
    scene.start();
    scene.worker().check(anne, std::string{annes_pin});
    scene.worker().ask(bruno);
    scene.worker().check(bruno, std::string{annes_pin});
    CHECK(scene.await<PinJudged>().verdict == Verdict::right);
    CHECK(scene.await<PinJudged>().verdict == Verdict::ready);
    CHECK(scene.await<PinJudged>().verdict == Verdict::wrong);
}
