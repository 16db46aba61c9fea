#include "kiosk/dmp/evidence.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"

using dmp::Json;

TEST_CASE("the card reading holds the insured person in the bytes of the card", "[evidence]") {
    auto const card = dmp::card_reading(example::request());
    CHECK(card.at("request") == "0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e01");
    CHECK(card.at("nirOD") == "255069999999934");
    CHECK(card.at("same_birth_date") == false);
    CHECK(card.at("insured") == 0);
    CHECK(card.at("enrolled") == 0);
    REQUIRE(card.at("persons").size() == 1);
    auto const& person = card.at("persons")[0];
    CHECK(person.at("position") == 0);
    CHECK(person.at("family_name") == "4445534d4155582d4c2748c952495449"
                                      "4552");
    CHECK(person.at("first_name") == "4e415448414c4945");
    CHECK(person.at("birth_date") == "3139353530363135");
}

TEST_CASE("another person enrolled stands beside the insured one, and nobody else", "[evidence]") {
    auto request = example::request();
    request.card.enrolled = dmp::CardPerson{
        .position = 3, .family_name = "ZOE", .first_name = "ZOE", .birth_date = "20140203"};
    request.card.same_birth_date = true;
    auto const card = dmp::card_reading(request);
    CHECK(card.at("persons").size() == 2);
    CHECK(card.at("persons")[1].at("position") == 3);
    CHECK(card.at("enrolled") == 3);
    CHECK(card.at("same_birth_date") == true);
}

TEST_CASE("the evidence says which text was shown, how, when, and how the person was checked",
          "[evidence]") {
    auto const json = dmp::consent_evidence(example::request(), "kiosk-0001");
    CHECK(json.at("request") == "0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e01");
    CHECK(json.at("kiosk") == "kiosk-0001");
    CHECK(json.at("journey_version") == "0.1.0");
    auto const& text = json.at("text");
    CHECK(text.at("id") == "consent.fr");
    CHECK(text.at("version") == "2019-06");
    CHECK(text.at("sha256") == "76ee643aa71b5d124ba91025ed30d6ff29c0d62ac7ae05dde280b3cdbb697d57");
    CHECK(text.at("layers_shown") == Json::array({"short", "explanation"}));
    CHECK(text.at("language") == "fr");
    CHECK(text.at("reading_mode") == "standard");
    CHECK(text.at("operator").at("controller") == "Caisse d’essai");
    CHECK(text.at("operator").at("controller_address") == "1 rue de l’Essai, 75000 Paris");
    CHECK(text.at("operator").at("data_protection_contact") == "dpo@example.org");
    CHECK(json.at("consent_given_by") == "insured adult");
    CHECK_FALSE(json.contains("representative"));
    CHECK(json.at("person_checked") == "card only");
    CHECK(json.at("birth_name") == "typed");
    CHECK(json.at("birth_date") == "as on the card");
    CHECK(json.at("contact") == "unverified");
    CHECK(json.at("emergency_consents").at("samu") == true);
    CHECK(json.at("times").at("started") == "2019-06-17T22:29:05Z");
    CHECK(json.at("times").at("consented") == "2019-06-17T22:30:15Z");
    CHECK(json.at("times").at("confirmed") == "2019-06-17T22:31:10Z");
    CHECK(json.at("clock_trusted") == true);
}

TEST_CASE("the evidence follows what happened", "[evidence]") {
    auto request = example::request();
    request.evidence.identity_seen_by = "899900000000";
    request.evidence.clock_trusted = false;
    request.patient.birth_name = request.patient.card_family_name;
    request.contact = {};
    request.emergency = {.samu = false, .professional = true};
    auto const json = dmp::consent_evidence(request, "kiosk-0001");
    CHECK(json.at("person_checked") == "identity seen by 899900000000");
    CHECK(json.at("clock_trusted") == false);
    CHECK(json.at("birth_name") == "confirmed as on the card");
    CHECK_FALSE(json.contains("contact"));
    CHECK(json.at("emergency_consents").at("samu") == false);
    CHECK(json.at("emergency_consents").at("professional") == true);
}

TEST_CASE("the evidence says who consented", "[evidence]") {
    auto const giver = [](dmp::CreationRequest const& request) {
        return dmp::consent_evidence(request, "kiosk-0001").at("consent_given_by");
    };
    CHECK(giver(example::request()) == "insured adult");
    CHECK(giver(example::other_adult()) == "other adult");
    CHECK(giver(example::child()) == "representative");
    CHECK(giver(example::minor_with_own_card()) == "representative");
}

TEST_CASE("for a minor the evidence holds relationship, stated authority and the child's word",
          "[evidence]") {
    auto const picked = dmp::consent_evidence(example::child(), "kiosk-0001").at("representative");
    CHECK(picked.at("name") == "picked from the card");
    CHECK(picked.at("relationship").at("code") == "MTH");
    CHECK(picked.at("relationship").at("system") == "2.16.840.1.113883.1.11.19579");
    CHECK(picked.at("relationship").at("display") == "Mère");
    CHECK(picked.at("authority_stated") == true);
    CHECK(picked.at("childs_word") == "too young");

    auto const typed =
        dmp::consent_evidence(example::minor_with_own_card(), "kiosk-0001").at("representative");
    CHECK(typed.at("name") == "typed");
    CHECK(typed.at("relationship").at("code") == "TUTEUR");
    CHECK(typed.at("childs_word") == "agrees");
}

TEST_CASE("a century that was chosen and a provisional number are told", "[evidence]") {
    CHECK(dmp::consent_evidence(example::six_digits(), "kiosk-0001").at("birth_date") ==
          "century chosen");
    CHECK(dmp::card_reading(example::six_digits()).at("persons")[0].at("birth_date") ==
          "313230363135");
    CHECK(dmp::card_reading(example::provisional()).at("provisional") == true);
    CHECK(dmp::card_reading(example::request()).at("provisional") == false);
}

TEST_CASE("a text without places for the operator's names says none", "[evidence]") {
    auto request = example::request();
    request.evidence.operator_names = {};
    CHECK_FALSE(dmp::consent_evidence(request, "kiosk-0001").at("text").contains("operator"));
}
