#include "kiosk/self_proof.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/loop_guide.hpp"

#include <fstream>

#include <nlohmann/json.hpp>

using kiosk::SelfProof;
using namespace loop_tests;
using namespace std::chrono_literals;

namespace {

SelfProof::Seen const attract{true, "", true, true};
SelfProof::Seen const starting{};
SelfProof::Seen const closed{false, "C11", false, true};

struct Screen {
    pki::TemporaryFolder place;
    SelfProof proof{place / "proof.json"};
    SelfProof::Clock::time_point now{1h};

    // Draws at once, and answers what is asked after so long; until nothing more is asked.
    void run(SelfProof::Seen const& seen, std::chrono::milliseconds answer = 20ms) {
        proof.drew(seen, now);
        while (auto const due = proof.due()) {
            now = std::max(now, *due);
            REQUIRE(proof.asks(now));
            proof.asked();
            now += answer;
            proof.drew(seen, now);
        }
    }
    nlohmann::json written() const {
        std::ifstream file{place / "proof.json"};
        return file ? nlohmann::json::parse(file) : nlohmann::json{};
    }
};

}  // namespace

TEST_CASE("ten questions over ten seconds after attract are the proof", "[proof]") {
    Screen screen;
    auto const begun = screen.now;
    screen.run(attract);
    auto const proof = screen.written();
    CHECK(proof["version"] == 1);
    CHECK(proof["attract"] == true);
    CHECK(proof["closed_for"].is_null());
    CHECK(proof["answers_ms"] == std::vector<int>(10, 20));
    CHECK(proof["reader"] == "present");
    CHECK(proof["recording"] == "possible");
    CHECK(screen.now - begun > 9s);
    CHECK(screen.now - begun < 11s);
}

TEST_CASE("nothing is written before the tenth answer", "[proof]") {
    Screen screen;
    screen.proof.drew(attract, screen.now);
    for (int question = 0; question < 9; ++question) {
        screen.now += 1s;
        REQUIRE(screen.proof.asks(screen.now));
        screen.proof.asked();
        screen.proof.drew(attract, screen.now);
    }
    CHECK(screen.written().is_null());
}

TEST_CASE("only a frame that was drawn after the question came out answers it", "[proof]") {
    Screen screen;
    screen.proof.drew(attract, screen.now);
    REQUIRE(screen.proof.asks(screen.now + 1s));
    CHECK_FALSE(screen.proof.due());  // no second question meanwhile
    CHECK_FALSE(screen.proof.asks(screen.now + 5s));
    screen.proof.drew(attract, screen.now + 5s);  // for another reason
    screen.proof.asked();
    screen.proof.drew(attract, screen.now + 6s);
    screen.now += 7s;
    screen.run(attract);
    CHECK(screen.written()["answers_ms"][0] == 5000);
}

TEST_CASE("a slow answer is written as slow", "[proof]") {
    Screen screen;
    screen.run(attract, 1700ms);
    CHECK(screen.written()["answers_ms"] == std::vector<int>(10, 1700));
}

TEST_CASE("attract is waited for, and a kiosk that stays closed is asked too", "[proof]") {
    Screen screen;
    screen.proof.drew(starting, screen.now);
    CHECK(*screen.proof.due() - screen.now == 30s);
    screen.proof.drew(attract, screen.now + 3s);
    CHECK(*screen.proof.due() - screen.now == 4s);

    Screen other;
    auto const begun = other.now;
    other.run(closed);
    CHECK(other.now - begun > 39s);
    CHECK(other.written()["attract"] == false);
    CHECK(other.written()["closed_for"] == "C11");
    CHECK(other.written()["reader"] == "absent");
}

TEST_CASE("what changes later is written anew, with the same answers", "[proof]") {
    Screen screen;
    screen.run(closed);
    screen.proof.drew(attract, screen.now + 5s);
    CHECK(screen.written()["attract"] == true);
    CHECK(screen.written()["reader"] == "present");
    CHECK(screen.written()["answers_ms"].size() == 10);
    CHECK_FALSE(screen.proof.due());
    // Once drawn, attract stays drawn.
    screen.proof.drew(closed, screen.now + 6s);
    CHECK(screen.written()["attract"] == true);
    CHECK(screen.written()["reader"] == "absent");
}

TEST_CASE("what an earlier start proved is removed", "[proof]") {
    pki::TemporaryFolder const place;
    place.write("proof.json", "{}");
    SelfProof const proof{place / "proof.json"};
    CHECK_FALSE(std::filesystem::exists(place / "proof.json"));
}

TEST_CASE("nobody wants a proof: nothing is asked", "[proof]") {
    SelfProof proof{{}};
    proof.drew(attract, SelfProof::Clock::time_point{1h});
    CHECK_FALSE(proof.due());
    CHECK_FALSE(proof.asks(SelfProof::Clock::time_point{2h}));
}

TEST_CASE("a running kiosk proves itself", "[proof][loop]") {
    pki::TemporaryFolder const place;
    auto settings = loop_settings();
    settings.proof = place / "proof.json";
    auto const loop = kiosk::Loop::open(settings);
    REQUIRE(loop);
    Guide guide{**loop};
    auto const written = [&] { return std::filesystem::exists(place / "proof.json"); };
    REQUIRE(guide.lead(joined(opening(**loop), {written})));
    std::ifstream file{place / "proof.json"};
    auto const proof = nlohmann::json::parse(file);
    CHECK(proof["attract"] == true);
    CHECK(proof["answers_ms"].size() == 10);
    for (auto const& answer : proof["answers_ms"])
        CHECK(answer.get<int>() < 5000);
}
