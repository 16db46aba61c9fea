#include "kiosk/dmp/creation_request.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"

using base::Errc;

namespace {

// The field that check() complains of, empty when it has no complaint.
std::string complaint(void (*change)(dmp::CreationRequest&)) {
    auto request = example::request();
    change(request);
    auto const checked = dmp::check(request);
    if (checked) return {};
    CHECK(checked.error().code == Errc::malformed);
    return checked.error().detail.substr(std::string_view{"creation request: "}.size());
}

using Request = dmp::CreationRequest;

}  // namespace

TEST_CASE("a complete request is accepted, also with little", "[request]") {
    CHECK(complaint([](Request&) {}).empty());
    CHECK(complaint([](Request& r) { r.contact = {}; }).empty());
    CHECK(complaint([](Request& r) { r.patient.candidate_ins.reset(); }).empty());
    CHECK(complaint([](Request& r) { r.evidence.identity_seen_by = "899900000000"; }).empty());
    CHECK(complaint([](Request& r) {
              r.card.nir_od = "188102B17295264";
              r.patient.candidate_ins = r.card.nir_od;
          }).empty());
}

TEST_CASE("nothing needed may be missing", "[request]") {
    CHECK(complaint([](Request& r) { r.software.oid = ""; }) == "software.oid");
    CHECK(complaint([](Request& r) { r.software.oid = "1.2..3"; }) == "software.oid");
    CHECK(complaint([](Request& r) { r.author.given_name = ""; }) == "author.given_name");
    CHECK(complaint([](Request& r) { r.patient.card_family_name = ""; }) ==
          "patient.card_family_name");
    CHECK(complaint([](Request& r) { r.patient.birth_name = ""; }) == "patient.birth_name");
    CHECK(complaint([](Request& r) { r.card.insured.first_name = ""; }) == "card.insured");
    CHECK(complaint([](Request& r) { r.evidence.layers_shown.clear(); }) ==
          "evidence.layers_shown");
    CHECK(complaint([](Request& r) { r.evidence.text_version = ""; }) == "evidence.text_version");
}

TEST_CASE("without the insured person's number there is no request", "[request]") {
    for (auto const* number : {"", "2550699999999", "25506999999993A", "1810A0000000000"}) {
        auto request = example::request();
        request.patient.candidate_ins.reset();
        request.card.nir_od = number;
        auto const checked = dmp::check(request);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().detail == "creation request: card.nir_od");
    }
}

TEST_CASE("dates and contacts have their shape", "[request]") {
    for (auto const* date : {"", "550615", "1955-06-15", "1955061", "195506150", "19550 15"}) {
        auto request = example::request();
        request.patient.birth_date = date;
        CHECK_FALSE(dmp::check(request));
    }
    for (auto const* mobile : {"", "06 00 00 00 01", "060000000", "+33600000001"}) {
        auto request = example::request();
        request.contact.mobile = mobile;
        CHECK_FALSE(dmp::check(request));
    }
    for (auto const* email :
         {"", "nathalie", "na thalie@example.invalid", "é@example.invalid", "a@b\n"}) {
        auto request = example::request();
        request.contact.email = email;
        CHECK_FALSE(dmp::check(request));
    }
}

TEST_CASE("the consent's date is the day of the consent, give or take the time zone", "[request]") {
    using namespace std::chrono;
    auto request = example::request();
    for (auto const day : {16U, 17U, 18U}) {
        request.consent_date = 2019y / June / day;
        CHECK(dmp::check(request).has_value());
    }
    for (auto const date :
         {2019y / June / 15, 2019y / June / 19, 2018y / June / 17, 2019y / June / 31}) {
        request.consent_date = date;
        CHECK_FALSE(dmp::check(request));
    }
}

TEST_CASE("a name with control characters or broken UTF-8 makes no message", "[request]") {
    for (auto const name : {std::string_view{"DU\x01PONT"}, std::string_view{"DU\x00PONT", 7},
                            std::string_view{"DUPONT\n"}, std::string_view{"H\xC9RITIER"},
                            std::string_view{"\xC0\xAF"}, std::string_view{"\xED\xA0\x80"},
                            std::string_view{"\xEF\xBF\xBF"}, std::string_view{"DUPONT\xC2\x85"},
                            std::string_view{"DUPONT\xE2\x80"}}) {
        auto request = example::request();
        request.patient.birth_name = name;
        INFO(base::to_hex(base::to_bytes(name)));
        CHECK_FALSE(dmp::check(request));
    }
    auto request = example::request();
    request.patient.birth_name = std::string_view{"D’ÉÿĀ\U00010348"};
    CHECK(dmp::check(request).has_value());
    request.patient.birth_name = std::string(511, 'A');
    CHECK_FALSE(dmp::check(request));
}

TEST_CASE("the insured person's number never stands for somebody else", "[request]") {
    CHECK(complaint([](Request& r) { r.patient.candidate_ins = "155069999999934"; }) ==
          "patient.candidate_ins");
    CHECK(complaint([](Request& r) {
              r.card.enrolled = dmp::CardPerson{
                  .position = 1, .family_name = "A", .first_name = "B", .birth_date = "20140203"};
          }) == "patient.candidate_ins");
}

TEST_CASE("a refusal names the field and tells nothing of its content", "[request]") {
    auto request = example::request();
    request.patient.birth_name = "SECRET\x01";
    CHECK(dmp::check(request).error().detail == "creation request: patient.birth_name");
}
