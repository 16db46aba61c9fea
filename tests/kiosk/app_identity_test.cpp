// The site setting "identity seen": a listed author confirms with an own PIN.
#include "kiosk/app.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/app_fixture.hpp"

using namespace app_tests;
using journey::Edit;
using journey::Event;
using journey::Pick;
using journey::PinAnswer;
using journey::State;
using Verdict = workers::PinJudged::Verdict;

namespace {

constexpr auto checker_id = "899911111111";

kiosk::Settings identity_seen() {
    auto settings = app_tests::settings();
    settings.identity_seen = true;
    settings.authors.push_back({checker_id, "VERIFIE", "ANNE", "10B0000000", "STRUCTURE", "hash"});
    settings.site.checkers = {"ANNE VERIFIE"};
    return settings;
}

struct IdentityBench : Bench {
    IdentityBench() : Bench(identity_seen()) {
        insert(luc());
        go_to_review(luc());
        REQUIRE(press(Event::send));
    }

    void to_pin(Verdict asked = Verdict::ready, std::chrono::seconds wait = {}) {
        REQUIRE(press(Pick{Pick::Of::author, 0}));
        REQUIRE(state() == State::identity_pin);
        judged(asked, wait);
    }
    void give(std::string_view digits) {
        for (std::size_t i = 0; i < digits.size(); ++i)
            type(digits.substr(i, 1));
        press(Event::next);
    }
    void judged(Verdict verdict, std::chrono::seconds wait = {}) {
        workers::PinJudged fact;
        fact.author_id = checker_id;
        fact.verdict = verdict;
        fact.wait = wait;
        app.take(fact);
    }
};

}  // namespace

TEST_CASE("where identities are seen, sending leads to who saw the document") {
    IdentityBench bench;
    CHECK(bench.state() == State::identity_author);
    CHECK(bench.hands.enqueued.empty());
}

TEST_CASE("only authors with a PIN can confirm an identity") {
    IdentityBench bench;
    bench.press(Pick{Pick::Of::author, 1});
    CHECK(bench.state() == State::identity_author);
    bench.to_pin();
    REQUIRE(bench.hands.pin_orders.size() == 1);
    CHECK(bench.hands.pin_orders[0].author_id == checker_id);
    CHECK_FALSE(bench.hands.pin_orders[0].digits);
}

TEST_CASE("the right PIN records the request in the name of who saw the document") {
    IdentityBench bench;
    bench.to_pin();
    bench.give("271828");
    CHECK(bench.state() == State::identity_checking);
    REQUIRE(bench.hands.pin_orders.size() == 2);
    CHECK(bench.hands.pin_orders[1].author_id == checker_id);
    CHECK(bench.hands.pin_orders[1].digits == "271828");
    CHECK(bench.app.session().typed.empty());
    CHECK(bench.hands.enqueued.empty());
    bench.judged(Verdict::right);
    CHECK(bench.state() == State::recording);
    CHECK(bench.hands.enqueued.size() == 1);
}

TEST_CASE("a PIN that is wrong, early, locked or unjudged records nothing") {
    struct Case {
        Verdict verdict;
        std::chrono::seconds wait;
        PinAnswer::Kind said;
    };
    for (auto const& [verdict, wait, said] :
         {Case{Verdict::wrong, {}, PinAnswer::Kind::wrong},
          Case{Verdict::wrong, std::chrono::seconds{30}, PinAnswer::Kind::waiting},
          Case{Verdict::waiting, std::chrono::seconds{12}, PinAnswer::Kind::waiting},
          Case{Verdict::locked, {}, PinAnswer::Kind::locked},
          Case{Verdict::no_pin, {}, PinAnswer::Kind::failed},
          Case{Verdict::failed, {}, PinAnswer::Kind::failed}}) {
        IdentityBench bench;
        bench.to_pin();
        bench.give("271828");
        bench.judged(verdict, wait);
        CHECK(bench.state() == State::identity_pin);
        CHECK(bench.app.session().pin_answer.kind == said);
        CHECK(bench.app.session().pin_answer.wait == wait);
        CHECK(bench.hands.enqueued.empty());
    }
}

TEST_CASE("an author who must wait is told before typing") {
    IdentityBench bench;
    bench.to_pin(Verdict::waiting, std::chrono::seconds{30});
    CHECK(bench.state() == State::identity_pin);
    CHECK(bench.app.session().pin_answer.kind == PinAnswer::Kind::waiting);
}

TEST_CASE("a verdict that was not asked for confirms nothing") {
    IdentityBench bench;
    bench.judged(Verdict::right);
    CHECK(bench.state() == State::identity_author);
    bench.to_pin();
    bench.judged(Verdict::right);
    CHECK(bench.state() == State::identity_pin);
    bench.give("271828");
    workers::PinJudged other;
    other.author_id = author_id;
    other.verdict = Verdict::right;
    bench.app.take(other);
    CHECK(bench.state() == State::identity_checking);
    CHECK(bench.hands.enqueued.empty());
}

TEST_CASE("the late verdict on an earlier PIN does not confirm a later one") {
    IdentityBench bench;
    bench.to_pin();
    bench.give("271828");
    bench.app.advance_clock(std::chrono::seconds{5});  // no answer: asked anew
    REQUIRE(bench.state() == State::identity_author);
    REQUIRE(bench.press(Pick{Pick::Of::author, 0}));
    bench.give("161803");
    REQUIRE(bench.state() == State::identity_checking);
    bench.judged(Verdict::right);  // on the first PIN
    bench.judged(Verdict::ready);  // to the question before the second
    CHECK(bench.state() == State::identity_checking);
    CHECK(bench.hands.enqueued.empty());
    bench.judged(Verdict::wrong);
    CHECK(bench.state() == State::identity_pin);
    CHECK(bench.hands.enqueued.empty());
}

TEST_CASE("five digits are no PIN") {
    IdentityBench bench;
    bench.to_pin();
    bench.give("27182");
    CHECK(bench.state() == State::identity_pin);
    CHECK(bench.hands.pin_orders.size() == 1);
}

TEST_CASE("taking the card ends the identity check too") {
    IdentityBench bench;
    bench.to_pin();
    bench.app.take(workers::CardRemoved{bench.card});
    CHECK(bench.state() == State::card_taken);
    bench.judged(Verdict::right);
    CHECK(bench.hands.enqueued.empty());
}

TEST_CASE("where the card suffices nobody is asked for a PIN") {
    Bench bench;
    bench.insert(luc());
    bench.go_to_review(luc());
    bench.press(Event::send);
    CHECK(bench.state() == State::recording);
}
