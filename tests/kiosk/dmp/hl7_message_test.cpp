#include "kiosk/dmp/hl7_message.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"
#include "tests/kiosk/dmp/message_paths.hpp"

using namespace paths;

namespace {

reading::Document read(dmp::CreationRequest const& request) {
    REQUIRE(dmp::check(request));
    return reading::Document{dmp::to_hl7(request)};
}

std::string value_of(reading::Document const& message, std::string const& code) {
    return message.one(observation + "[hl7:code/@code='" + code + "']/hl7:value/@value");
}

}  // namespace

TEST_CASE("the message of an insured adult holds every code and identifier of a creation",
          "[hl7]") {
    auto const message = read(example::request());
    CHECK(message.one(root + "/@ITSVersion") == "XML_1.0");
    CHECK(message.one(root + "/hl7:id/@root") == "1.2.250.1.999.1.1.1");
    CHECK(message.one(root + "/hl7:id/@extension") == "0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e01");
    CHECK(message.one(root + "/hl7:interactionId/@root") == "2.16.840.1.113883.1.6");
    CHECK(message.one(root + "/hl7:interactionId/@extension") == "PRPA_IN201311UV02");
    CHECK(message.one(root + "/hl7:processingModeCode/@code") == "T");
    CHECK(message.one(root + "/hl7:acceptAckCode/@code") == "AL");
    CHECK(message.one(root + "/hl7:receiver[@typeCode='RCV']/hl7:device/hl7:id/@root") ==
          "1.2.250.1.213.4.1.1.1");
    CHECK(message.one(root + "/hl7:receiver/hl7:device/hl7:softwareName") == "DMP");
    CHECK(message.one(root + "/hl7:sender[@typeCode='SND']/hl7:device/hl7:id/@root") ==
          "1.2.250.1.999.1.1.1");
    CHECK(message.one(root + "/hl7:sender/hl7:device/hl7:softwareName") == "BORNE DMP (TEST)");
    auto const reason = root + "/hl7:controlActProcess/hl7:reasonCode";
    CHECK(message.one(reason + "/@code") == "CREA_RD");
    CHECK(message.one(reason + "/@codeSystem") == "1.2.250.1.213.1.1.4.11");
    CHECK(message.one(registration + "/hl7:statusCode/@code") == "active");
    CHECK(message.one(patient + "/hl7:statusCode/@code") == "active");
    CHECK(message.one(patient + "/hl7:providerOrganization/@xsi:nil") == "true");
}

TEST_CASE("the author is the configured person and structure", "[hl7]") {
    auto const message = read(example::request());
    auto const entity = registration + "/hl7:author[@typeCode='AUT']/hl7:assignedEntity";
    CHECK(message.one(entity + "/hl7:id[@root='1.2.250.1.71.4.2.1']/@extension") == "899900000000");
    CHECK(message.one(entity + "/hl7:assignedPerson/hl7:name/hl7:family") == "D'ESSAI");
    CHECK(message.one(entity + "/hl7:assignedPerson/hl7:name/hl7:given") == "AGNÈS");
    auto const structure = entity + "/hl7:representedOrganization";
    CHECK(message.one(structure + "/hl7:id[@root='1.2.250.1.71.4.2.2']/@extension") ==
          "10B0000000");
    CHECK(message.one(structure + "/hl7:name") == "CPAM <ESSAI> & FILS");
    CHECK(message.count(structure + "/hl7:contactParty") == 1);
}

TEST_CASE("the environment chooses the processing code and the authority of the INS", "[hl7]") {
    auto request = example::request();
    auto const test = read(request);
    CHECK(test.one(root + "/hl7:processingCode/@code") == "D");
    CHECK(test.one(patient + "/hl7:id/@root") == "1.2.250.1.213.1.4.10");
    CHECK(test.one(patient + "/hl7:id/@extension") == "255069999999934");

    request.environment = dmp::Environment::production;
    auto const production = read(request);
    CHECK(production.one(root + "/hl7:processingCode/@code") == "P");
    CHECK(production.one(patient + "/hl7:id/@root") == "1.2.250.1.213.1.4.8");
    CHECK(production.one(patient + "/hl7:id/@extension") == "255069999999934");
}

TEST_CASE("without a candidate INS the number is said to be unknown and stands nowhere", "[hl7]") {
    auto request = example::request();
    request.patient.candidate_ins.reset();
    auto const message = read(request);
    CHECK(message.one(patient + "/hl7:id/@nullFlavor") == "UNK");
    CHECK(message.count(patient + "/hl7:id/@root") == 0);
    CHECK(std::string_view{dmp::to_hl7(request)}.find("255069999999934") == std::string_view::npos);
}

TEST_CASE("the person has the card's name in use, the birth name and the given name", "[hl7]") {
    auto const message = read(example::request());
    CHECK(message.one(person + "/hl7:name/hl7:family[@qualifier='SP']") == "DESMAUX-L'HÉRITIER");
    CHECK(message.one(person + "/hl7:name/hl7:family[@qualifier='BR']") == "MODÈLE");
    CHECK(message.one(person + "/hl7:name/hl7:given") == "NATHALIE");
    CHECK(message.one(person + "/hl7:birthTime/@value") == "19550615");
}

TEST_CASE("what the kiosk does not ask is not said", "[hl7]") {
    auto const message = read(example::request());
    for (auto const* absent :
         {"prefix", "administrativeGenderCode", "addr", "birthPlace", "personalRelationship"})
        CHECK(message.count(std::string{"//hl7:"} + absent) == 0);
}

TEST_CASE("the card's traits go as read: one name, six digits of birth date", "[hl7]") {
    auto const message = read(example::request());
    CHECK(message.one(party + "/hl7:code/@code") == "CARTE_SESAM_VITALE");
    CHECK(message.one(party + "/hl7:code/@codeSystem") == "1.2.250.1.213.4.1.2.5");
    CHECK(message.one(party + "/hl7:telecom/@nullFlavor") == "NA");
    auto const card = party + "/hl7:contactPerson";
    CHECK(message.one(card + "/hl7:name/hl7:family") == "DESMAUX-L'HÉRITIER");
    CHECK(message.count(card + "/hl7:name/hl7:family/@qualifier") == 0);
    CHECK(message.one(card + "/hl7:name/hl7:given") == "NATHALIE");
    CHECK(message.one(card + "/hl7:birthTime/@value") == "550615");
}

TEST_CASE("a lunar birth date and an unknown day go on the wire as they are", "[hl7]") {
    for (auto const* date : {"19551701", "19550000", "19559999"}) {
        auto request = example::request();
        example::born(request, date);
        auto const message = read(request);
        CHECK(message.one(person + "/hl7:birthTime/@value") == date);
        CHECK(message.one(party + "/hl7:contactPerson/hl7:birthTime/@value") ==
              std::string{date}.substr(2));
    }
}

TEST_CASE("the person's birth date has the century chosen, the card's traits keep the six digits",
          "[hl7]") {
    for (auto const* date : {"19120615", "20120615"}) {
        auto request = example::six_digits();
        request.patient.birth_date = date;
        auto const message = read(request);
        CHECK(message.one(person + "/hl7:birthTime/@value") == date);
        CHECK(message.one(party + "/hl7:contactPerson/hl7:birthTime/@value") == "120615");
    }
}

TEST_CASE("emergency consents become oppositions, each its own", "[hl7]") {
    for (bool const samu : {true, false}) {
        for (bool const professional : {true, false}) {
            auto request = example::request();
            request.emergency = {.samu = samu, .professional = professional};
            auto const message = read(request);
            CHECK(message.count(observation) == 3);
            CHECK(value_of(message, "CONSENTEMENT_OUVERTURE_DMP") == "true");
            CHECK(value_of(message, "OPPOSITION_ACCES_URGENCE") == (samu ? "false" : "true"));
            CHECK(value_of(message, "OPPOSITION_BRIS_DE_GLACE") ==
                  (professional ? "false" : "true"));
        }
    }
}

TEST_CASE("the consent alone carries a date: the day where the kiosk stands", "[hl7]") {
    auto const message = read(example::request());
    CHECK(message.one("//hl7:effectiveTime/@value") == "20190618");
    CHECK(message.one(observation + "[hl7:code/@code='CONSENTEMENT_OUVERTURE_DMP']"
                                    "/hl7:effectiveTime/@value") == "20190618");
    CHECK(message.count(observation + "/hl7:code[@codeSystem='1.2.250.1.213.4.1.2.3']") == 3);
    CHECK(message.count(observation + "/hl7:value[@xsi:type='BL']") == 3);
    CHECK(message.one(root + "/hl7:creationTime/@value") == "20190617223115");  // UTC
}

TEST_CASE("mobile and e-mail are telecoms of the person; without them there is none", "[hl7]") {
    auto request = example::request();
    auto const both = read(request);
    CHECK(both.count(person + "/hl7:telecom") == 2);
    CHECK(both.one(person + "/hl7:telecom[@use='MC']/@value") == "tel:0600000001");
    CHECK(both.one(person + "/hl7:telecom[not(@use)]/@value") == "mailto:nathalie@example.invalid");

    request.contact.mobile.reset();
    CHECK(read(request).one(person + "/hl7:telecom/@value") == "mailto:nathalie@example.invalid");
    request.contact.email.reset();
    CHECK(read(request).count(person + "/hl7:telecom") == 0);
}

TEST_CASE("an e-mail with special characters stays one address", "[hl7]") {
    auto request = example::request();
    request.contact.email = "o'brien+dmp&\"x\"<y>?z%@example.invalid";
    auto const message = read(request);
    CHECK(message.one(person + "/hl7:telecom[not(@use)]/@value") ==
          "mailto:o'brien+dmp%26%22x%22%3Cy%3E%3Fz%25@example.invalid");
    CHECK(message.count("//hl7:telecom") == 3);
}

TEST_CASE("a name cannot write markup", "[hl7]") {
    auto request = example::request();
    request.patient.birth_name = "</family><id root='1'/>&amp;\"]]>";
    auto const message = read(request);
    CHECK(message.one(person + "/hl7:name/hl7:family[@qualifier='BR']") ==
          "</family><id root='1'/>&amp;\"]]>");
    CHECK(message.count(patient + "/hl7:id") == 1);
}

TEST_CASE("a message is known by its id", "[hl7]") {
    CHECK(dmp::id_of_message(dmp::to_hl7(example::request())) == example::id());
    CHECK_FALSE(dmp::id_of_message(""));
    CHECK_FALSE(dmp::id_of_message("<a><id extension='x'/></a>"));
    CHECK_FALSE(
        dmp::id_of_message("<!DOCTYPE a [<!ENTITY e 'x'>]>"
                           "<a><id extension='0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e01'/></a>"));
}
