#include "kiosk/app.hpp"

#include "kiosk/journey/edit.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/app_fixture.hpp"

using namespace app_tests;
using namespace std::chrono_literals;
using journey::Edit;
using journey::Event;
using journey::State;
using journey::Trouble;

TEST_CASE("the kiosk opens when reader, store and day are all there, in any order") {
    Bench bench;
    bench.app.take(workers::StoreLevel{.accepts = true, .day_open = false});
    CHECK(bench.state() == State::starting);
    bench.app.take(workers::ReaderReady{});
    CHECK(bench.state() == State::not_open);
    bench.app.take(open_level());
    CHECK(bench.state() == State::attract);
}

TEST_CASE("a day opened by somebody who is not on the list stays closed") {
    Bench bench;
    bench.app.take(workers::ReaderReady{});
    bench.app.take(workers::StoreLevel{.accepts = true, .day_open = true, .author_id = "999"});
    CHECK(bench.state() == State::not_open);
}

TEST_CASE("the insured adult alone on the card goes on at once") {
    Bench bench;
    bench.insert(luc());
    CHECK(bench.state() == State::explain);
    CHECK(bench.app.session().patient().family_name.view() == "EXEMPLE");
}

TEST_CASE("what the card cannot give is done at the desk, and says why") {
    struct Case {
        vitale::VitaleCard card;
        Trouble trouble;
    };
    auto missing = luc();
    missing.beneficiaries[0].nir.reset();
    auto wrong_key = luc();
    wrong_key.beneficiaries[0].nir = "178057599990176";
    auto migrant = luc();
    migrant.beneficiaries[0].nir = number_of_class('5');
    auto agricultural = luc();
    agricultural.beneficiaries[0].nir = "555555000001661";
    auto refused = luc();
    refused.number_file = vitale::NumberFile::refused;
    auto differs = luc();
    differs.number_file = vitale::NumberFile::differs_in_length;
    auto to_come = luc();
    to_come.beneficiaries[0].birth_date = "29990305";
    for (auto const& [card, trouble] :
         {Case{missing, Trouble::number_missing}, Case{wrong_key, Trouble::number_wrong_key},
          Case{migrant, Trouble::number_class}, Case{agricultural, Trouble::number_class},
          Case{refused, Trouble::number_refused}, Case{differs, Trouble::lists_differ},
          Case{to_come, Trouble::birth_date_unusable}}) {
        Bench bench;
        bench.app.clock().set_trusted(true);
        bench.insert(card);
        CHECK(bench.state() == State::desk);
        CHECK(bench.app.session().trouble == trouble);
        CHECK(bench.app.session().persons.empty());
    }
}

TEST_CASE("provisional numbers and lunar birth dates go on") {
    auto provisional = luc();
    provisional.beneficiaries[0].nir = number_of_class('7');
    Bench first;
    first.insert(provisional);
    CHECK(first.state() == State::explain);
    auto lunar = luc();
    lunar.beneficiaries[0].birth_date = "19551701";
    Bench second;
    second.insert(lunar);
    CHECK(second.state() == State::explain);
}

TEST_CASE("near majority an untrusted clock sends to the desk") {
    auto young = luc();
    young.beneficiaries[0].birth_date = "20050101";
    Bench bench;
    bench.app.clock().set_day(std::chrono::year{2024} / 1 / 2);
    bench.app.clock().set_trusted(false);
    bench.insert(young);
    CHECK(bench.state() == State::desk);
    CHECK(bench.app.session().trouble == Trouble::clock_untrusted);
}

TEST_CASE("a listed test number is refused in production and nowhere else") {
    Bench test;
    test.settings.test_numbers = {"178057599990175"};
    test.insert(luc());
    CHECK(test.state() == State::explain);
    Bench production;
    production.settings.test_numbers = {"178057599990175"};
    production.settings.environment = dmp::Environment::production;
    production.insert(luc());
    CHECK(production.app.session().trouble == Trouble::test_number);
}

TEST_CASE("the request is recorded only after the spooler said so") {
    Bench bench;
    bench.insert(luc());
    bench.go_to_review(luc());
    REQUIRE(bench.press(Event::send));
    CHECK(bench.state() == State::recording);
    REQUIRE(bench.hands.enqueued.size() == 1);
    CHECK(bench.app.session().reference.empty());
    bench.app.take(workers::RequestSaved{bench.hands.enqueued.front().id});
    CHECK(bench.state() == State::recorded);
    CHECK(bench.app.session().reference.size() == 10);
    CHECK(bench.app.session().persons.empty());
    CHECK(bench.hands.outcomes == std::vector<std::string>{"recorded"});
    CHECK(bench.hands.forgotten > 0);
}

TEST_CASE("an answer about another request moves nothing") {
    Bench bench;
    bench.insert(luc());
    bench.go_to_review(luc());
    bench.press(Event::send);
    bench.app.take(workers::RequestSaved{crypto::Uuid::random()});
    CHECK(bench.state() == State::recording);
}

TEST_CASE("a refused save says truthfully that nothing was recorded") {
    Bench bench;
    bench.insert(luc());
    bench.go_to_review(luc());
    bench.press(Event::send);
    bench.app.take(
        workers::RequestRefused{bench.hands.enqueued.front().id, {base::Errc::storage_full, ""}});
    CHECK(bench.state() == State::not_recorded);
    CHECK(bench.app.session().persons.empty());
}

TEST_CASE("a save without an answer is asked for by the same id, never sealed again") {
    Bench bench;
    bench.insert(luc());
    bench.go_to_review(luc());
    bench.press(Event::send);
    auto const id = bench.hands.enqueued.front().id;
    bench.app.take(workers::RequestUnanswered{id});
    CHECK(bench.state() == State::confirming);
    CHECK(bench.hands.asked == std::vector{id});
    CHECK(bench.hands.enqueued.size() == 1);
    bench.app.advance_clock(5s);
    CHECK(bench.state() == State::unconfirmed);
}

TEST_CASE("another card at the second reading ends the session") {
    Bench bench;
    bench.insert(luc());
    bench.go_to_contact();
    bench.press(Event::next);
    REQUIRE(bench.state() == State::checking_card);
    auto other = luc();
    other.beneficiaries[0].nir = "192049399691926";
    bench.app.take(workers::CardRead{bench.card, other, {}});
    CHECK(bench.state() == State::desk);
    CHECK(bench.app.session().trouble == Trouble::another_card);
}

TEST_CASE("a reading that began before the card was pulled is dropped") {
    Bench bench;
    bench.ready();
    bench.app.take(workers::CardInserted{7});
    bench.app.take(workers::CardRemoved{7});
    bench.app.take(workers::CardInserted{8});
    bench.app.take(workers::CardRead{7, luc(), {}});
    CHECK(bench.state() == State::reading);
    CHECK(bench.app.session().persons.empty());
}

TEST_CASE("a card put in while the kiosk is closed is read again when it opens") {
    Bench bench;
    bench.app.take(workers::ReaderReady{});
    bench.app.take(workers::StoreLevel{.accepts = true, .day_open = false});
    bench.app.take(workers::CardInserted{1});
    bench.app.take(workers::CardRead{1, luc(), {}});
    CHECK(bench.state() == State::not_open);
    CHECK(bench.app.session().persons.empty());
    bench.app.take(open_level());
    CHECK(bench.state() == State::reading);
    CHECK(bench.hands.readings == 1);
}

TEST_CASE("a number is taken over only from the screen that shows it again") {
    Bench bench;
    bench.insert(luc());
    bench.go_to_contact();
    bench.press(Event::give_mobile);
    for (char const* digit : {"0", "6", "1", "2", "3", "4", "5", "6", "7"})
        bench.type(digit);
    bench.press(Event::next);
    CHECK(bench.state() == State::mobile_entry);  // nine digits are no number
    bench.type("8");
    bench.press(Event::next);
    CHECK(bench.state() == State::mobile_check);
    CHECK(bench.app.session().mobile.empty());
    bench.press(Event::back);
    CHECK(bench.app.session().typed.view() == "0612345678");
    bench.press(Event::next);
    bench.press(Event::next);
    CHECK(bench.state() == State::contact);
    CHECK(bench.app.session().mobile.view() == "0612345678");
    CHECK(bench.app.session().typed.empty());
}

TEST_CASE("input within 300 ms of a change does nothing") {
    Bench bench;
    bench.insert(luc());
    bench.app.clock().freeze(true);
    CHECK_FALSE(bench.app.act(Event::next));
    bench.app.advance_clock(300ms);
    CHECK(bench.app.act(Event::next));
}

TEST_CASE("each layer that was on the screen is noted for the evidence") {
    Bench bench;
    bench.insert(luc());
    bench.press(Event::next);
    bench.press(Event::more);
    REQUIRE(bench.press(Edit{Edit::Kind::next_page}));
    using journey::LayerPage;
    CHECK(bench.app.session().layers_shown == std::vector{LayerPage{journey::Layer::explanation},
                                                          LayerPage{journey::Layer::statement},
                                                          LayerPage{journey::Layer::details, 0},
                                                          LayerPage{journey::Layer::details, 1}});
}

TEST_CASE("a double tap on a page or a panel does nothing the second time") {
    Bench bench;
    bench.insert(luc());
    bench.press(Event::next);
    bench.press(Event::more);
    for (ui::Intent const& intent :
         {ui::Intent{Edit{Edit::Kind::next_page}}, ui::Intent{ui::FrameAct::help},
          ui::Intent{ui::FrameAct::close_help}, ui::Intent{ui::FrameAct::more_time}}) {
        REQUIRE(bench.press(intent));
        CHECK_FALSE(bench.app.act(Event::back));
    }
    CHECK(bench.state() == State::consent_details);
}

TEST_CASE("a reader that comes back with the card still in does not end the receipt") {
    Bench bench;
    bench.insert(luc());
    bench.go_to_review(luc());
    bench.press(Event::send);
    bench.app.take(workers::RequestSaved{bench.hands.enqueued.front().id});
    auto const reference = bench.app.session().reference;
    bench.app.take(workers::ReaderLost{{base::Errc::no_service, ""}});
    bench.app.take(workers::ReaderReady{});
    bench.app.take(workers::CardInserted{2});
    CHECK(bench.state() == State::recorded);
    CHECK(bench.app.session().reference == reference);
    // The next person's card, put in after this one was taken out, is a new session.
    bench.app.take(workers::CardRemoved{2});
    bench.app.take(workers::CardInserted{3});
    CHECK(bench.state() == State::reading);
}

TEST_CASE("a closed screen names the cause there is now") {
    Bench bench;
    bench.ready();
    bench.app.take(workers::ReaderLost{{base::Errc::no_service, ""}});
    CHECK(bench.app.session().trouble == Trouble::reader_resting);
    bench.app.take(workers::ReaderLost{{base::Errc::reader_missing, ""}});
    CHECK(bench.app.session().trouble == Trouble::reader_missing);
    bench.app.take(workers::ReaderReady{});
    bench.app.take(workers::StoreLost{});
    CHECK(bench.app.session().trouble == Trouble::store_unreachable);
    bench.app.take(workers::StoreLevel{.accepts = false, .full = true});
    CHECK(bench.app.session().trouble == Trouble::store_full);
}
