#include "kiosk/enrolment.hpp"

#include "kiosk/judgement.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/app_fixture.hpp"

using namespace app_tests;
using journey::Layer;

namespace {

// Luc with a child of another birth date, at the end of the way.
struct End {
    journey::Session session;
    kiosk::Settings settings = app_tests::settings();
    kiosk::ConsentReference consent;
    kiosk::Clock clock;
    crypto::Uuid id = crypto::Uuid::random();

    End() {
        kiosk::fill_session(session, with_child());
        session.enrolled = 0;
        consent.id = "dmp-consent";
        consent.version = "7";
        consent.digest[0] = 0xAB;
        session.consent_language = "fr";
    }

    dmp::CreationRequest request() const {
        return kiosk::make_creation_request(session, settings, consent, settings.authors.front(),
                                            id, clock);
    }
};

}  // namespace

TEST_CASE("only the insured person's valid number for life is a candidate") {
    End end;
    SECTION("a man's or a woman's number is") {
        end.session.nir = number_of_class(GENERATE('1', '2'));
        auto const candidate = end.request().patient.candidate_ins;
        REQUIRE(candidate);
        CHECK(candidate->view() == end.session.nir.view());
    }
    SECTION("a provisional one or a migrant's is none") {
        end.session.nir = number_of_class(GENERATE('3', '5', '7', '8'));
        CHECK_FALSE(end.request().patient.candidate_ins);
    }
    SECTION("one with a wrong key is none") {
        end.session.nir = std::string_view{"178057599990176"};
        CHECK_FALSE(end.request().patient.candidate_ins);
    }
    SECTION("the insured person's is none of a child's") {
        end.session.enrolled = 1;
        CHECK_FALSE(end.request().patient.candidate_ins);
    }
    CHECK(end.request().card.nir_od.view() == end.session.nir.view());
}

TEST_CASE("another person of the same birth date is marked: twins") {
    End end;
    CHECK_FALSE(end.request().card.same_birth_date);
    end.session.persons[1].birth_date = end.session.persons[0].birth_date;
    CHECK(end.request().card.same_birth_date);
}

TEST_CASE("the birth name is the card's until another was typed") {
    End end;
    CHECK(end.request().patient.birth_name.view() == "EXEMPLE");
    end.session.birth_name = std::string_view{"D'ORIGINE"};
    auto const request = end.request();
    CHECK(request.patient.birth_name.view() == "D'ORIGINE");
    CHECK(request.patient.card_family_name.view() == "EXEMPLE");
}

TEST_CASE("what was not given is not there, what was ticked stays ticked") {
    End end;
    CHECK_FALSE(end.request().contact.mobile);
    CHECK_FALSE(end.request().contact.email);
    end.session.mobile = std::string_view{"0612345678"};
    end.session.emergency.samu = false;
    auto const request = end.request();
    CHECK(request.contact.mobile->view() == "0612345678");
    CHECK_FALSE(request.contact.email);
    CHECK_FALSE(request.emergency.samu);
    CHECK(request.emergency.professional);
}

TEST_CASE("the evidence names the text and each page that was shown, in the order shown") {
    End end;
    end.session.layers_shown = {
        {Layer::explanation, 0}, {Layer::details, 1, "en"}, {Layer::statement, 0}};
    end.session.consent_language = "en";
    end.clock.set_trusted(false);
    auto const evidence = end.request().evidence;
    CHECK(evidence.layers_shown ==
          std::vector<std::string>{"fr:explanation/1", "en:details/2", "fr:statement/1"});
    CHECK(evidence.text_id == "dmp-consent");
    CHECK(evidence.text_version == "7");
    CHECK(evidence.text_sha256 == end.consent.digest);
    CHECK(evidence.language == "en");
    CHECK_FALSE(evidence.clock_trusted);
}

TEST_CASE("the consent's day and the request's moment are the journey's clock's") {
    End end;
    end.clock.set_day(std::chrono::year{2026} / 3 / 14);
    end.session.started_at = end.session.consented_at = end.clock.calendar();
    auto const request = end.request();
    CHECK(request.consent_date == kiosk::local_day(end.session.consented_at));
    CHECK(kiosk::local_day(request.created_at) == kiosk::local_day(end.clock.calendar()));
    CHECK(request.evidence.confirmed_at >= request.evidence.consented_at);
    CHECK(request.id == end.id);
    CHECK(request.author.id == author_id);
}

TEST_CASE("a session at its end makes a request that can be sent") {
    End end;
    end.session.layers_shown = {{Layer::explanation, 0}, {Layer::statement, 0}};
    end.session.started_at = end.session.consented_at = end.clock.calendar();
    auto const checked = dmp::check(end.request());
    INFO((checked ? std::string{} : base::describe(checked.error())));
    CHECK(checked);
}
