// The message of a minor: somebody acts in the child's place.
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

std::string const holder = relationship +
                           "[@classCode='PRS']/hl7:relationshipHolder1[@classCode='PSN']"
                           "[@determinerCode='INSTANCE']";

}  // namespace

TEST_CASE("a representative picked from the card stands beside the child with the relationship",
          "[hl7][minor]") {
    auto const message = read(example::child());
    CHECK(message.one(holder + "/hl7:name/hl7:family[@qualifier='SP']") == "DESMAUX-L'HÉRITIER");
    CHECK(message.one(holder + "/hl7:name/hl7:given") == "NATHALIE");
    CHECK(message.one(relationship + "/hl7:code/@code") == "MTH");
    CHECK(message.one(relationship + "/hl7:code/@codeSystem") == "2.16.840.1.113883.1.11.19579");
    CHECK(message.one(relationship + "/hl7:code/@displayName") == "Mère");

    CHECK(message.one(person + "/hl7:name/hl7:family[@qualifier='SP']") == "D'ARÇON-MODÈLE");
    CHECK(message.one(person + "/hl7:name/hl7:given") == "CLÉO");
    CHECK(message.one(person + "/hl7:birthTime/@value") == "20120905");
    CHECK(message.one(party + "/hl7:contactPerson/hl7:name/hl7:given") == "CLÉO");
}

TEST_CASE("a representative who typed the name stands in the same place", "[hl7][minor]") {
    auto const message = read(example::minor_with_own_card());
    CHECK(message.one(holder + "/hl7:name/hl7:family") == "LE GOFF-ÉTIENNE");
    CHECK(message.one(holder + "/hl7:name/hl7:given") == "JOSÉ");
    CHECK(message.one(relationship + "/hl7:code/@code") == "TUTEUR");
    CHECK(message.one(person + "/hl7:name/hl7:family[@qualifier='SP']") == "N'DIAYE");
    CHECK(message.one(person + "/hl7:name/hl7:given") == "ANNE-MAËLLE");
}

TEST_CASE("a relationship of the configuration travels as it is written there", "[hl7][minor]") {
    auto request = example::child();
    request.representative->relationship = {"GRMTH", "1.2.3.4", "Grand-mère & tutrice"};
    auto const message = read(request);
    CHECK(message.one(relationship + "/hl7:code/@code") == "GRMTH");
    CHECK(message.one(relationship + "/hl7:code/@codeSystem") == "1.2.3.4");
    CHECK(message.one(relationship + "/hl7:code/@displayName") == "Grand-mère & tutrice");
}

TEST_CASE("the representative's contact goes to the relationship and nowhere else",
          "[hl7][minor]") {
    for (auto request : {example::child(), example::minor_with_own_card()}) {
        auto const both = read(request);
        CHECK(both.count(person + "/hl7:telecom") == 0);
        CHECK(both.count(relationship + "/hl7:telecom") == 2);
        CHECK(both.one(relationship + "/hl7:telecom[@use='MC']/@value") == "tel:0600000001");
        CHECK(both.one(relationship + "/hl7:telecom[not(@use)]/@value") ==
              "mailto:nathalie@example.invalid");
        CHECK(both.count("//*[contains(@value,'0600000001')]") == 1);
        CHECK(both.count("//*[contains(@value,'nathalie@')]") == 1);
        CHECK(both.one(party + "/hl7:telecom/@nullFlavor") == "NA");

        request.contact.email.reset();
        CHECK(read(request).one(relationship + "/hl7:telecom/@value") == "tel:0600000001");
        request.contact.mobile.reset();
        CHECK(read(request).count("//hl7:telecom[@value]") == 0);
    }
}

TEST_CASE("an adult's contact is the adult's own, and nobody acts for an adult", "[hl7]") {
    for (auto const& request : {example::request(), example::other_adult()}) {
        auto const message = read(request);
        CHECK(message.count("//hl7:personalRelationship") == 0);
        CHECK(message.count(person + "/hl7:telecom[@use='MC']") == 1);
        CHECK(message.count("//hl7:telecom[@use='MC']") == 1);
    }
}

TEST_CASE("the relationship follows the card's traits and holds code, contact and holder in order",
          "[hl7][minor]") {
    auto const message = read(example::child());
    auto const next = "/following-sibling::*[1]";
    CHECK(message.count(person + "/*") == 4);
    CHECK(message.count(person + "/*[1][self::hl7:name]") == 1);
    CHECK(message.count(person + "/hl7:name" + next + "[self::hl7:birthTime]") == 1);
    CHECK(message.count(person + "/hl7:birthTime" + next + "[self::hl7:contactParty]") == 1);
    CHECK(message.count(party + next + "[self::hl7:personalRelationship]") == 1);
    CHECK(message.count(relationship + "/*") == 4);
    CHECK(message.count(relationship + "/*[1][self::hl7:code]") == 1);
    CHECK(message.count(relationship + "/*[2][self::hl7:telecom][@use='MC']") == 1);
    CHECK(message.count(relationship + "/*[3][self::hl7:telecom]") == 1);
    CHECK(message.count(relationship + "/*[4][self::hl7:relationshipHolder1]") == 1);
}

TEST_CASE("a representative's name cannot write markup", "[hl7][minor]") {
    auto request = example::child();
    request.representative->family_name = "</family><telecom value=\"tel:1\"/>&amp;";
    auto const message = read(request);
    CHECK(message.one(holder + "/hl7:name/hl7:family") ==
          "</family><telecom value=\"tel:1\"/>&amp;");
    CHECK(message.count(relationship + "/hl7:telecom") == 2);
}
