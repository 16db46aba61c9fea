#include "kiosk/update/verdict.hpp"

#include "tests/catch.hpp"

using namespace update;
using namespace std::chrono_literals;

namespace {

Evidence good_evidence() {
    return {Proof{std::vector(10, std::chrono::milliseconds{30}), true, true},
            SpoolerAnswer{"", true, true, true, ""}};
}

Surroundings const well{true, true, "", "", true};

std::string reason(Evidence const& evidence, std::optional<Surroundings> const& before = well) {
    return judge(evidence, before, {}).reason.value_or("good");
}

}  // namespace

TEST_CASE("a proof is read, and what is none is not", "[update]") {
    std::string const whole = R"({"version":1,"attract":false,"answers_ms":[12,200,0],)"
                              R"("closed_for":"S05","reader":"present","recording":"impossible"})";
    auto const proof = parse_proof(whole);
    REQUIRE(proof);
    CHECK(proof->answers == std::vector<std::chrono::milliseconds>{12ms, 200ms, 0ms});
    CHECK(proof->has_reader);
    CHECK_FALSE(proof->drew_attract);
    CHECK(proof->closed_for == "S05");
    for (auto const* text :
         {"", "[]", "{}", R"({"version":1})",
          R"({"version":2,"attract":true,"answers_ms":[],"reader":"present","recording":"possible"})",
          R"({"version":1,"attract":1,"answers_ms":[],"reader":"present"})",
          R"({"version":1,"attract":true,"answers_ms":[-1],"reader":"present","recording":"possible"})",
          R"({"version":1,"attract":true,"answers_ms":["1"],"reader":"present","recording":"possible"})",
          R"({"version":1,"attract":true,"answers_ms":[],"reader":1,"recording":"possible"})"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_proof(text));
    }
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FALSE(parse_proof(whole.substr(0, size)));
}

TEST_CASE("the spooler's answer is read", "[update]") {
    auto const answer = parse_status(
        R"({"ok":true,"reason":null,"day":{"open":true},"balance":{"balanced":true},)"
        R"("uplink":{"cause":null,"last_success":"2026-07-07T10:00:00+02:00"}})");
    REQUIRE(answer);
    CHECK(answer->trouble.empty());
    CHECK(answer->day_is_open);
    CHECK(answer->balance_holds);
    CHECK(answer->reaches_intake);
    auto const offline = parse_status(
        R"({"ok":true,"reason":"full","balance":{"balanced":false},)"
        R"("uplink":{"cause":"no_link","last_success":"2026-07-07T10:00:00+02:00"}})");
    REQUIRE(offline);
    CHECK(offline->trouble == "full");
    CHECK_FALSE(offline->day_is_open);
    CHECK_FALSE(offline->balance_holds);
    CHECK_FALSE(offline->reaches_intake);
    CHECK(offline->uplink_cause == "no_link");
    for (auto const* text : {"", "{}", R"({"ok":false,"error":"failed"})", R"({"ok":true})"})
        CHECK_FALSE(parse_status(text));
}

TEST_CASE("what works as before has proved itself", "[update]") {
    CHECK(reason(good_evidence()) == "good");
    CHECK(reason(good_evidence(), std::nullopt) == "good");
}

TEST_CASE("without a proof, or without the spooler, it has not", "[update]") {
    auto evidence = good_evidence();
    evidence.proof.reset();
    CHECK_THAT(reason(evidence), Catch::Contains("screen"));
    evidence = good_evidence();
    evidence.spooler.reset();
    CHECK_THAT(reason(evidence), Catch::Contains("dmp-spooler did not answer"));
}

TEST_CASE("ten answers within the limit are wanted", "[update]") {
    auto evidence = good_evidence();
    evidence.proof->answers.back() = 200ms;
    CHECK(reason(evidence) == "good");
    evidence.proof->answers.back() = 201ms;
    CHECK_THAT(reason(evidence), Catch::Contains("201 ms"));
    evidence = good_evidence();
    evidence.proof->answers.pop_back();
    CHECK_THAT(reason(evidence), Catch::Contains("9 times of 10"));
}

TEST_CASE("a queue that cannot be used is the version's fault, a full one is not", "[update]") {
    auto evidence = good_evidence();
    evidence.spooler->trouble = "damaged";
    CHECK_THAT(reason(evidence), Catch::Contains("queue"));
    evidence.spooler->trouble = "full";
    CHECK(reason(evidence) == "good");
}

TEST_CASE("a screen that is closed must have a reason that is none of the version's", "[update]") {
    auto const closed_for = [](char const* code) {
        auto evidence = good_evidence();
        evidence.proof->drew_attract = false;
        evidence.proof->closed_for = code;
        return evidence;
    };
    for (auto const* code : {"", "S01", "S06", "S05", "S02"}) {  // day open, queue not full
        CAPTURE(code);
        CHECK_THAT(reason(closed_for(code)), Catch::Contains("never drew"));
        CHECK(judge(closed_for(code), well, {}).is_its_own);
    }
    CHECK(reason(closed_for("B01")) == "good");
    auto evidence = closed_for("S05");
    evidence.spooler->day_is_open = false;
    CHECK(reason(evidence) == "good");
    evidence = closed_for("S02");
    evidence.spooler->trouble = "full";
    CHECK(reason(evidence) == "good");
    auto before = well;
    before.closed_for = "S06";
    CHECK(reason(closed_for("S06"), before) == "good");
    CHECK(surroundings_of(closed_for("S06")).closed_for == "S06");
    before.closed_for = "";
    evidence = closed_for("C11");
    evidence.proof->has_reader = false;
    CHECK_FALSE(judge(evidence, well, {}).is_its_own);
    CHECK_THAT(reason(evidence, std::nullopt), Catch::Contains("reader"));
    before.has_reader = false;
    CHECK(reason(evidence, before) == "good");
}

TEST_CASE("requests that are gone are the version's fault if they were there before",
          "[update]") {
    auto evidence = good_evidence();
    evidence.spooler->balance_holds = false;
    CHECK_THAT(reason(evidence), Catch::Contains("not there"));
    auto before = well;
    before.balance_holds = false;
    CHECK(reason(evidence, before) == "good");
}

TEST_CASE("the reader is compared with how it was", "[update]") {
    auto evidence = good_evidence();
    evidence.proof->has_reader = false;
    auto const verdict = judge(evidence, well, {});
    CHECK_THAT(*verdict.reason, Catch::Contains("reader"));
    CHECK_FALSE(verdict.is_its_own);
    auto before = well;
    before.has_reader = false;
    CHECK(reason(evidence, before) == "good");
    CHECK(reason(good_evidence(), before) == "good");
    CHECK(reason(evidence, std::nullopt) == "good");
}

TEST_CASE("a receiver that is not reached is compared with how it was", "[update]") {
    auto const with_cause = [](char const* cause) {
        auto evidence = good_evidence();
        evidence.spooler->reaches_intake = false;
        evidence.spooler->uplink_cause = cause;
        return evidence;
    };
    auto offline = well;
    offline.reaches_intake = false;
    offline.uplink_cause = "no_link";
    CHECK(reason(with_cause("")) == "good");  // nothing was to be sent
    for (auto const* cause : {"no_link", "name_not_found", "no_answer", "busy"}) {
        CAPTURE(cause);
        auto const verdict = judge(with_cause(cause), well, {});
        CHECK_FALSE(verdict.good());
        CHECK_FALSE(verdict.is_its_own);
        CHECK(reason(with_cause(cause), offline) == "good");
    }
    // Not the network's: what this version makes of the receiver.
    for (auto const* cause : {"certificate", "stranger", "clock", "refused", "broken"}) {
        CAPTURE(cause);
        for (auto const& before : {well, offline}) {
            auto const verdict = judge(with_cause(cause), before, {});
            CHECK_FALSE(verdict.good());
            CHECK(verdict.is_its_own);
        }
        auto as_before = offline;
        as_before.uplink_cause = cause;
        CHECK(reason(with_cause(cause), as_before) == "good");
    }
}

TEST_CASE("what is compared later is what was seen", "[update]") {
    CHECK(surroundings_of(good_evidence()) == well);
    CHECK(surroundings_of({}) == Surroundings{});
}
