// Somebody comes back with the reference of their request.
#include "tests/kiosk/app_fixture.hpp"

using namespace app_tests;
using journey::Event;
using journey::State;
using journey::Trouble;
using Result = workers::WithdrawalAnswered::Result;

namespace {

struct Withdrawing : Bench {
    explicit Withdrawing(bool open = true) {
        app.take(workers::ReaderReady{});
        auto level = open_level();
        level.day_open = open;
        app.take(level);
        give_reference();
    }

    void give_reference() {
        REQUIRE(press(Event::withdraw));
        REQUIRE(state() == State::reference_entry);
        for (auto const* const character : {"7", "K", "M", "4", "P", "2", "X", "D", "9", "C"})
            type(character);
        REQUIRE(press(Event::next));
        REQUIRE(state() == State::withdrawing);
    }

    void answer(Result result, std::optional<crypto::Uuid> id = std::nullopt) {
        app.take(workers::WithdrawalAnswered{hands.withdrawals.back().order, result, id});
    }
};

}  // namespace

TEST_CASE("a waiting request is withdrawn by its reference, without a card", "[app]") {
    Withdrawing bench;
    REQUIRE(bench.hands.withdrawals.size() == 1);
    CHECK(bench.hands.withdrawals[0].reference == "7KM4P2XD9C");
    bench.answer(Result::cancelled);
    CHECK(bench.state() == State::withdrawn);
    CHECK(bench.app.session().typed.empty());
    CHECK(bench.hands.enqueued.empty());
    // It is no session of the day's ledger.
    CHECK(bench.hands.sessions == 0);
    CHECK(bench.hands.outcomes.empty());
    CHECK(bench.press(Event::done));
    CHECK(bench.state() == State::attract);
}

TEST_CASE("what left is followed by a withdrawal, and said so once it is recorded", "[app]") {
    Withdrawing bench;
    auto const request = crypto::Uuid::random();
    bench.answer(Result::left, request);
    CHECK(bench.state() == State::withdrawing);
    REQUIRE(bench.hands.enqueued.size() == 1);
    auto const& sealed = bench.hands.enqueued[0];
    CHECK(sealed.kind == dmp::Kind::withdrawal);
    CHECK(sealed.id == dmp::id_of_withdrawal(request));
    auto const receiver =
        dmp::Opener::open(keys() / "receiver.key", keys() / "kiosk-authority.pem");
    REQUIRE(receiver);
    auto const opened = receiver->open_sealed(sealed.sealed, sealed.id);
    REQUIRE(opened);
    CHECK(std::get<dmp::OpenedWithdrawal>(*opened).withdraws == request);

    SECTION("recorded") {
        bench.app.take(workers::RequestSaved{sealed.id});
        CHECK(bench.state() == State::withdrawal_sent);
    }
    SECTION("recorded before, in other bytes") {
        bench.app.take(workers::RequestRefused{sealed.id, {base::Errc::conflict, "other hash"}});
        CHECK(bench.state() == State::withdrawal_sent);
    }
    SECTION("refused") {
        bench.app.take(workers::RequestRefused{sealed.id, {base::Errc::storage_full, "full"}});
        CHECK(bench.state() == State::withdrawal_unconfirmed);
        CHECK(bench.app.session().trouble == Trouble::withdrawal_unconfirmed);
    }
    SECTION("nobody knows") {
        bench.app.take(workers::RequestUnanswered{sealed.id});
        CHECK(bench.state() == State::withdrawal_unconfirmed);
    }
}

TEST_CASE("an unknown reference stays to be corrected", "[app]") {
    Withdrawing bench;
    bench.answer(Result::unknown);
    CHECK(bench.state() == State::reference_entry);
    CHECK(bench.app.session().reference_unknown);
    CHECK(bench.app.session().typed.view() == "7KM4P2XD9C");
    REQUIRE(bench.press(journey::Edit{journey::Edit::Kind::erase}));
    CHECK_FALSE(journey::acceptable(bench.state(), bench.app.session().typed.view()));
    CHECK(bench.press(Event::back));
    CHECK(bench.state() == State::attract);
    CHECK(bench.app.session().typed.empty());
    // The next person finds an empty field and no reproach.
    REQUIRE(bench.press(Event::withdraw));
    CHECK(bench.app.session().typed.empty());
    CHECK_FALSE(bench.app.session().reference_unknown);
}

TEST_CASE("too many wrong references close the page and say for how long", "[app]") {
    Withdrawing bench;
    bench.answer(Result::closed);
    CHECK(bench.state() == State::withdrawal_closed);
    CHECK(bench.app.session().trouble == Trouble::withdrawal_closed);
}

TEST_CASE("without an answer nothing is said of the request, and a late one is not heard",
          "[app]") {
    Withdrawing bench;
    auto const late = bench.hands.withdrawals.back().order;
    bench.app.advance_clock(std::chrono::seconds{5});
    CHECK(bench.state() == State::withdrawal_unconfirmed);
    bench.app.take(workers::WithdrawalAnswered{late, Result::cancelled});
    CHECK(bench.state() == State::withdrawal_unconfirmed);
    REQUIRE(bench.press(Event::done));
    bench.give_reference();
    // The first reference's answer is not the second's.
    bench.app.take(workers::WithdrawalAnswered{late, Result::cancelled});
    CHECK(bench.state() == State::withdrawing);
    bench.answer(Result::unknown);
    CHECK(bench.state() == State::reference_entry);
}

TEST_CASE("a request is withdrawn although the day is not open", "[app]") {
    Withdrawing bench{false};
    bench.answer(Result::cancelled);
    REQUIRE(bench.state() == State::withdrawn);
    // A card put in now begins no session, for nobody opened the day.
    bench.app.take(workers::CardInserted{1});
    CHECK(bench.state() == State::not_open);
}

TEST_CASE("a request is withdrawn although the reader rests", "[app]") {
    Bench bench;
    bench.app.take(workers::ReaderLost{{base::Errc::no_service, "pcscd"}});
    bench.app.take(open_level());
    REQUIRE(bench.state() == State::reader_trouble);
    REQUIRE(bench.press(Event::withdraw));
    bench.app.take(workers::ReaderReady{});
    CHECK(bench.state() == State::reference_entry);
    REQUIRE(bench.press(Event::back));
    CHECK(bench.state() == State::attract);
}

TEST_CASE("a card put in while a reference is typed begins its own session", "[app]") {
    Bench bench;
    bench.ready();
    REQUIRE(bench.press(Event::withdraw));
    bench.type("7");
    bench.app.take(workers::CardInserted{1});
    CHECK(bench.state() == State::reading);
    CHECK(bench.app.session().typed.empty());
    CHECK(bench.hands.sessions == 1);
}
