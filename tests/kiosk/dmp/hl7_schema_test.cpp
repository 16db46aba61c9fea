#include "kiosk/dmp/hl7_message.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"
#include "tests/kiosk/dmp/xml_reading.hpp"

#include <cstdlib>

namespace {

std::filesystem::path const schema =
    std::filesystem::path{DMP_SCHEMA_DIR} / "HL7V3/NE2009/multicacheschemas/PRPA_IN201311UV02.xsd";

// Without the schema there is nothing to test, which must not pass unseen where it should be.
bool has_schema() {
    if (std::filesystem::exists(schema)) return true;
    if (std::getenv("CI") != nullptr && std::string_view{std::getenv("CI")} == "true")
        FAIL("the official schema is not in DMP_SCHEMA_DIR: " << schema);
    WARN("skipped: the official schema is not in DMP_SCHEMA_DIR: " << schema);
    return false;
}

std::string faults(dmp::CreationRequest const& request) {
    REQUIRE(dmp::check(request));
    return reading::Document{dmp::to_hl7(request)}.faults(schema);
}

}  // namespace

TEST_CASE("the message of everyone is valid against the official schema, with and without contact",
          "[hl7][schema]") {
    if (!has_schema()) return;
    for (auto const& [name, request] : example::kinds()) {
        for (auto change : {
                 +[](dmp::CreationRequest&) {},
                 +[](dmp::CreationRequest& r) { r.contact = {}; },
                 +[](dmp::CreationRequest& r) {
                     r.contact = {"0600000003", std::nullopt};
                 },
                 +[](dmp::CreationRequest& r) {
                     r.contact = {std::nullopt, "a@example.invalid"};
                 },
                 +[](dmp::CreationRequest& r) { r.contact.email = "a%&?<\"'>+b@example.invalid"; },
                 +[](dmp::CreationRequest& r) { r.patient.candidate_ins.reset(); },
                 +[](dmp::CreationRequest& r) { r.patient.birth_name = "ÉLÉONORE-ZOÉ D'Ÿ"; },
                 +[](dmp::CreationRequest& r) {
                     r.emergency = {false, false};
                 },
                 +[](dmp::CreationRequest& r) { r.card.same_birth_date = true; },
                 +[](dmp::CreationRequest& r) { r.environment = dmp::Environment::production; },
             }) {
            auto changed = request;
            change(changed);
            INFO(name);
            CHECK(faults(changed).empty());
        }
    }
}

TEST_CASE("every relationship of the default table makes a valid message", "[hl7][schema]") {
    if (!has_schema()) return;
    for (auto const& [id, relationship] : dmp::default_relationships()) {
        auto request = example::child();
        request.representative->relationship = relationship;
        INFO(id);
        CHECK(faults(request).empty());
    }
}

TEST_CASE("the control: the schema refuses a wrong date and a representative out of place",
          "[hl7][schema]") {
    if (!has_schema()) return;
    std::string dated{dmp::to_hl7(example::request())};
    dated.replace(dated.find("value=\"550615\""), 14, "value=\"55-06-15\"");
    CHECK_FALSE(reading::Document{dated}.faults(schema).empty());

    std::string const whole{dmp::to_hl7(example::child())};
    auto const from = whole.find("<personalRelationship");
    std::string_view const closing = "</personalRelationship>";
    auto const size = whole.find(closing) + closing.size() - from;
    auto moved = whole;
    moved.erase(from, size).insert(moved.find("<contactParty"), whole.substr(from, size));
    REQUIRE(moved.size() == whole.size());
    CHECK_FALSE(reading::Document{moved}.faults(schema).empty());
}
