// Whose record: the insured adult, another adult, a minor with who acts for them.
#include "kiosk/app.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/app_fixture.hpp"

using namespace app_tests;
using journey::Edit;
using journey::Event;
using journey::Pick;
using journey::Quality;
using journey::State;
using journey::Trouble;

namespace {

// The family of the card profiles, on a day when its twins are twelve.
struct FamilyBench : Bench {
    explicit FamilyBench(vitale::VitaleCard const& content = family()) {
        app.clock().set_day(std::chrono::year{2026} / 11 / 22);
        app.clock().set_trusted(true);
        insert(content);
    }

    void pick(Pick::Of of, std::size_t index) { REQUIRE(press(Pick{of, index})); }

    void write(std::string_view text) {
        for (std::size_t i = 0; i < text.size(); ++i)
            type(text.substr(i, 1));
        REQUIRE(press(Event::next));
    }

    // The mother, on the card, acts for the first of the twins.
    void mother_for_lea() {
        pick(Pick::Of::person, 2);
        pick(Pick::Of::representative, 1);
        pick(Pick::Of::relationship, 0);
        REQUIRE(press(Event::declare_authority));
        REQUIRE(press(Event::child_agrees));
        REQUIRE(state() == State::explain);
    }
};

vitale::VitaleCard alone(std::string birth_date) {
    auto card = luc();
    card.beneficiaries[0].birth_date = std::move(birth_date);
    return card;
}

}  // namespace

TEST_CASE("on a card of several the person is chosen, and a stranger to it is sent to the desk") {
    FamilyBench bench;
    CHECK(bench.state() == State::choose_person);
    bench.press(Event::not_me);
    CHECK(bench.state() == State::desk);
    CHECK(bench.app.session().trouble == Trouble::other_person);
}

TEST_CASE("another adult goes on only after saying to be that person") {
    FamilyBench bench;
    bench.pick(Pick::Of::person, 1);
    CHECK(bench.state() == State::other_adult);
    CHECK(bench.app.session().quality == Quality::other_adult);
    SECTION("yes") {
        bench.press(Event::confirm_person);
        CHECK(bench.state() == State::explain);
        CHECK(bench.app.session().patient().first_name.view() == "SOPHIE");
    }
    SECTION("no") {
        bench.press(Event::not_me);
        CHECK(bench.state() == State::desk);
        CHECK(bench.app.session().persons.empty());
    }
    SECTION("back, and the insured adult instead") {
        bench.press(Event::back);
        bench.pick(Pick::Of::person, 0);
        CHECK(bench.state() == State::explain);
        CHECK(bench.app.session().quality == Quality::insured_adult);
    }
}

TEST_CASE("a minor is represented by an adult of the card, never by the twin") {
    FamilyBench bench;
    bench.pick(Pick::Of::person, 2);
    CHECK(bench.state() == State::representative);
    CHECK(bench.app.session().adults == std::vector<std::size_t>{0, 1});
    bench.press(Event::back);
    bench.mother_for_lea();
    auto const& session = bench.app.session();
    CHECK(session.representative.first_name.view() == "SOPHIE");
    CHECK(session.representative.person == 1);
    CHECK(session.representative.authority_stated);
    CHECK(session.representative.childs_word == journey::ChildsWord::agrees);
}

TEST_CASE("a minor alone on an own card is represented by somebody who types a name") {
    FamilyBench bench{alone("20101013")};
    CHECK(bench.state() == State::representative);
    CHECK(bench.app.session().adults.empty());
    bench.press(Event::type_representative);
    bench.write("D'ALMEIDA");
    bench.write("ZOE");
    bench.pick(Pick::Of::relationship, 2);
    CHECK(bench.state() == State::authority);
    auto const& representative = bench.app.session().representative;
    CHECK(representative.family_name.view() == "D'ALMEIDA");
    CHECK(representative.first_name.view() == "ZOE");
    CHECK_FALSE(representative.person);
}

TEST_CASE("who types a name after picking one is not the person picked") {
    FamilyBench bench;
    bench.pick(Pick::Of::person, 2);
    bench.pick(Pick::Of::representative, 0);
    bench.press(Event::back);
    bench.press(Event::type_representative);
    CHECK(bench.app.session().typed.empty());
    CHECK_FALSE(bench.app.session().representative.person);
    CHECK(bench.app.session().representative.family_name.empty());
}

TEST_CASE("without representative, authority or the child's will nothing is requested") {
    FamilyBench bench;
    bench.pick(Pick::Of::person, 2);
    SECTION("nobody is there") {
        bench.press(Event::no_representative);
        CHECK(bench.state() == State::desk);
        CHECK(bench.app.session().trouble == Trouble::no_representative);
    }
    SECTION("no authority") {
        bench.pick(Pick::Of::representative, 0);
        bench.pick(Pick::Of::relationship, 3);
        bench.press(Event::no_authority);
        CHECK(bench.state() == State::desk);
        CHECK(bench.app.session().trouble == Trouble::no_authority);
    }
    SECTION("the child refuses") {
        bench.pick(Pick::Of::representative, 0);
        bench.pick(Pick::Of::relationship, 1);
        bench.press(Event::declare_authority);
        bench.press(Event::child_refuses);
        CHECK(bench.state() == State::refused);
        CHECK(bench.app.session().for_minor);
        CHECK(bench.hands.outcomes == std::vector<std::string>{"refused"});
    }
    CHECK(bench.app.session().persons.empty());
}

TEST_CASE("another representative consents anew") {
    FamilyBench bench;
    bench.mother_for_lea();
    bench.go_to_review(family());
    bench.press(Event::change_representative);
    bench.pick(Pick::Of::representative, 0);
    CHECK(bench.app.session().representative.first_name.view() == "ANDRE");
    CHECK_FALSE(bench.app.session().representative.authority_stated);
    bench.pick(Pick::Of::relationship, 1);
    bench.press(Event::declare_authority);
    bench.press(Event::child_too_young);
    CHECK(bench.state() == State::explain);
}

TEST_CASE("another person chosen at the review starts without the answers of the one before") {
    FamilyBench bench;
    bench.mother_for_lea();
    bench.go_to_review(family());
    bench.press(Event::change_person);
    bench.pick(Pick::Of::person, 0);
    CHECK(bench.state() == State::explain);
    CHECK(bench.app.session().quality == Quality::insured_adult);
    CHECK(bench.app.session().representative.family_name.empty());
}

TEST_CASE("the day of majority divides the minor from the adult") {
    auto const born = alone("20081122");
    auto const state_on = [&](unsigned day, bool trusted) {
        Bench bench;
        bench.app.clock().set_day(std::chrono::year{2026} / std::chrono::November / day);
        bench.app.clock().set_trusted(trusted);
        bench.insert(born);
        return std::pair{bench.state(), bench.app.session().trouble};
    };
    CHECK(state_on(21, true).first == State::representative);
    CHECK(state_on(22, true).first == State::explain);
    for (unsigned const day : {21U, 22U})
        CHECK(state_on(day, false) ==
              std::pair{State::desk, std::optional{Trouble::clock_untrusted}});
}

TEST_CASE("far from majority an untrusted clock stops nobody") {
    for (auto const* const date : {"19780514", "20140203"}) {
        Bench bench;
        bench.app.clock().set_day(std::chrono::year{2026} / 11 / 22);
        bench.app.clock().set_trusted(false);
        bench.insert(alone(date));
        CHECK(bench.state() != State::desk);
    }
}

TEST_CASE("a date of six digits is asked for its century, and decides adult or minor") {
    FamilyBench bench{alone("120305")};
    REQUIRE(bench.state() == State::birth_century);
    SECTION("1912") {
        bench.pick(Pick::Of::century, 0);
        CHECK(bench.state() == State::explain);
        CHECK(bench.app.session().patient().whole_birth_date.view() == "19120305");
    }
    SECTION("2012") {
        bench.pick(Pick::Of::century, 1);
        CHECK(bench.state() == State::representative);
        CHECK(bench.app.session().patient().whole_birth_date.view() == "20120305");
    }
    // The card's own bytes stay what they are.
    CHECK(bench.app.session().patient().birth_date.view() == "120305");
}

TEST_CASE("where the later century is yet to come nothing is asked") {
    FamilyBench bench{alone("780514")};
    CHECK(bench.state() == State::explain);
    CHECK(bench.app.session().patient().whole_birth_date.view() == "19780514");
}

TEST_CASE("an adult under guardianship is sent to the desk") {
    FamilyBench bench{luc()};
    bench.press(Event::under_guardianship);
    CHECK(bench.state() == State::desk);
    CHECK(bench.app.session().trouble == Trouble::guardianship);
}

TEST_CASE("beginning again asks first, wipes every answer and reads the card anew") {
    FamilyBench bench;
    bench.mother_for_lea();
    bench.press(ui::LanguageChoice{1});
    bench.press(ui::FrameAct::start_over);
    CHECK(bench.app.view().start_over);
    bench.press(ui::FrameAct::keep_going);
    CHECK_FALSE(bench.app.view().start_over);
    CHECK(bench.state() == State::explain);
    bench.press(ui::FrameAct::start_over);
    bench.press(Event::start_again);
    CHECK(bench.state() == State::reading);
    CHECK(bench.app.session().persons.empty());
    CHECK(bench.app.session().language == "en");  // the same person reads on
    CHECK(bench.hands.readings == 1);
    CHECK(bench.hands.outcomes == std::vector<std::string>{"left"});
    CHECK(bench.hands.sessions == 2);
    bench.app.take(workers::CardRead{bench.card, family(), {}});
    CHECK(bench.state() == State::choose_person);
}

TEST_CASE("the language belongs to the person and is French again for the next one") {
    FamilyBench bench{luc()};
    bench.press(ui::LanguageChoice{1});
    CHECK(bench.app.session().language == "en");
    bench.press(Event::next);
    bench.press(Event::refuse);
    CHECK(bench.app.session().language == "en");  // still reading the farewell
    bench.app.take(workers::CardRemoved{bench.card});
    bench.app.take(workers::CardInserted{2});
    CHECK(bench.app.session().language == "fr");
}

TEST_CASE("a language chosen before any card is undone when nobody comes") {
    Bench bench;
    bench.ready();
    bench.press(ui::LanguageChoice{1});
    CHECK(bench.app.session().language == "en");
    bench.app.advance_clock(std::chrono::seconds{59});
    CHECK(bench.app.session().language == "en");
    bench.app.advance_clock(std::chrono::seconds{2});
    CHECK(bench.app.session().language == "fr");
    CHECK(bench.state() == State::attract);
    CHECK_FALSE(bench.app.deadline());  // an untouched kiosk has nothing to wake up for
}

TEST_CASE("who turns the card over goes on in the language chosen") {
    Bench bench;
    bench.ready();
    bench.press(ui::LanguageChoice{1});
    bench.app.take(workers::CardInserted{1});
    bench.app.take(workers::CardFailed{1, {base::Errc::card_mute, ""}});
    CHECK(bench.state() == State::card_trouble);
    bench.app.take(workers::CardRemoved{1});
    CHECK(bench.state() == State::attract);
    CHECK(bench.app.session().language == "en");
    bench.app.advance_clock(std::chrono::seconds{61});
    CHECK(bench.app.session().language == "fr");
}

TEST_CASE("the evidence is of the language in which the consent was given") {
    FamilyBench bench{luc()};
    bench.press(Event::next);
    bench.press(ui::LanguageChoice{1});
    bench.press(Event::accept);
    bench.press(ui::LanguageChoice{0});
    CHECK(bench.app.session().language == "fr");
    CHECK(bench.app.session().consent_language == "en");
    using journey::Layer;
    using journey::LayerPage;
    CHECK(bench.app.session().layers_shown == std::vector{LayerPage{Layer::explanation, 0, "fr"},
                                                          LayerPage{Layer::statement, 0, "fr"},
                                                          LayerPage{Layer::statement, 0, "en"}});
}
