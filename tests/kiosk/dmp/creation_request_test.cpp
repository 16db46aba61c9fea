#include "kiosk/dmp/creation_request.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"

using base::Errc;

namespace {

// The field that check() complains of, empty when it has no complaint.
std::string complaint(void (*change)(dmp::CreationRequest&),
                      dmp::CreationRequest request = example::request()) {
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

TEST_CASE("the request of everyone is accepted, with and without contact", "[request]") {
    for (auto [name, request] : example::kinds()) {
        INFO(name);
        CHECK(dmp::check(request).has_value());
        request.contact = {};
        CHECK(dmp::check(request).has_value());
    }
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

TEST_CASE("a provisional number is nobody's candidate, and the mark says what the number is",
          "[request]") {
    CHECK(complaint([](Request& r) { r.patient.candidate_ins = r.card.nir_od; },
                    example::provisional()) == "patient.candidate_ins");
    CHECK(complaint([](Request& r) { r.card.provisional = false; }, example::provisional()) ==
          "card.provisional");
    CHECK(complaint([](Request& r) { r.card.provisional = true; }) == "card.provisional");
    for (auto const* digit : {"3", "4", "7", "8"}) {
        auto request = example::provisional();
        request.card.nir_od = digit + std::string{"55069999999934"};
        CHECK(dmp::check(request).has_value());
    }
    for (auto const* digit : {"0", "5", "6", "9"}) {  // for the desk
        auto request = example::provisional();
        request.card.nir_od = digit + std::string{"55069999999934"};
        CHECK(dmp::check(request).error().detail == "creation request: card.nir_od");
    }
}

TEST_CASE("who consented, for whom and in which quality never contradict each other", "[request]") {
    using dmp::ConsentGiver;
    struct Case {
        dmp::CreationRequest request;
        ConsentGiver giver;
    };
    for (auto const& [right, giver] :
         {Case{example::request(), ConsentGiver::insured_adult},
          Case{example::other_adult(), ConsentGiver::other_adult},
          Case{example::child(), ConsentGiver::representative},
          Case{example::minor_with_own_card(), ConsentGiver::representative}}) {
        for (auto const said : {ConsentGiver::insured_adult, ConsentGiver::other_adult,
                                ConsentGiver::representative}) {
            auto request = right;
            request.evidence.consent_given_by = said;
            auto const checked = dmp::check(request);
            CHECK(checked.has_value() == (said == giver));
            if (!checked)
                CHECK(checked.error().detail == "creation request: evidence.consent_given_by");
        }
    }
}

TEST_CASE("a representative has name, relationship, authority and the child's word", "[request]") {
    auto const child = [](void (*change)(Request&)) { return complaint(change, example::child()); };
    CHECK(child([](Request& r) { r.representative->family_name = ""; }) ==
          "representative.family_name");
    CHECK(child([](Request& r) { r.representative->given_name = "A\n"; }) ==
          "representative.given_name");
    CHECK(child([](Request& r) { r.representative->relationship = {}; }) ==
          "representative.relationship");
    CHECK(child([](Request& r) { r.representative->relationship.code = ""; }) ==
          "representative.relationship");
    CHECK(child([](Request& r) { r.representative->relationship.system = "mother"; }) ==
          "representative.relationship");
    CHECK(child([](Request& r) { r.representative->relationship.display = ""; }) ==
          "representative.relationship");
    CHECK(child([](Request& r) { r.evidence.authority_stated = false; }) ==
          "evidence.authority_stated");
    CHECK(child([](Request& r) { r.evidence.childs_word.reset(); }) == "evidence.childs_word");
}

TEST_CASE("without a representative there is no authority and no child's word", "[request]") {
    CHECK(complaint([](Request& r) { r.evidence.authority_stated = true; }) ==
          "evidence.authority_stated");
    CHECK(complaint([](Request& r) { r.evidence.childs_word = dmp::ChildsWord::agrees; }) ==
          "evidence.childs_word");
    CHECK(complaint([](Request& r) { r.representative.reset(); }, example::child()) ==
          "evidence.consent_given_by");
    CHECK(complaint([](Request& r) { r.representative = example::child().representative; }) ==
          "evidence.consent_given_by");
}

TEST_CASE("two persons of the card are never mixed", "[request]") {
    auto const other = [](void (*change)(Request&)) {
        return complaint(change, example::other_adult());
    };
    CHECK(other([](Request& r) { r.card.enrolled->position = 0; }) == "card.enrolled.position");
    CHECK(other([](Request& r) { r.card.insured.position = 1; }) == "card.insured.position");
    CHECK(other([](Request& r) { r.card.enrolled.reset(); }) == "patient.card_family_name");
    CHECK(other([](Request& r) { r.card.enrolled->family_name = "D'ARCON"; }) ==
          "patient.card_family_name");
    CHECK(other([](Request& r) { r.card.enrolled->first_name = "JEAN-NO\xCBLLE"; }) ==
          "patient.given_name");
    CHECK(other([](Request& r) { r.card.enrolled->birth_date = "19521204"; }) ==
          "patient.birth_date");
    CHECK(complaint([](Request& r) { r.card.enrolled = example::child().card.enrolled; },
                    example::provisional()) == "patient.card_family_name");
    // The control: what a card holds around and within a name does not hinder.
    CHECK(other([](Request& r) { r.card.enrolled->family_name = "  D'AR\xC7ON "; }).empty());
    CHECK(other([](Request& r) {
              r.card.enrolled->first_name = "JEAN\x01NO\xCBL";
              r.patient.given_name = "JEAN\uFFFDNOËL";
          }).empty());
}

TEST_CASE("a birth date of six digits is completed by a century and not otherwise changed",
          "[request]") {
    for (auto const* date : {"19120615", "20120615"}) {
        auto request = example::six_digits();
        request.patient.birth_date = date;
        CHECK(dmp::check(request).has_value());
    }
    CHECK(complaint([](Request& r) { r.patient.birth_date = "19120616"; }, example::six_digits()) ==
          "patient.birth_date");
    // A card that says the century leaves nothing to choose.
    CHECK(complaint([](Request& r) { r.patient.birth_date = "20550615"; }) == "patient.birth_date");
}

TEST_CASE("the operator is named wholly, or not where the text has no place for names",
          "[request]") {
    CHECK(complaint([](Request& r) { r.evidence.operator_names = {}; }).empty());
    CHECK(complaint([](Request& r) { r.evidence.operator_names.controller = ""; }) ==
          "evidence.operator_names");
    CHECK(complaint([](Request& r) { r.evidence.operator_names.controller_address = "a\nb"; }) ==
          "evidence.operator_names");
    CHECK(complaint([](Request& r) { r.evidence.operator_names.data_protection_contact = ""; }) ==
          "evidence.operator_names");
}

TEST_CASE("a refusal names the field and tells nothing of its content", "[request]") {
    auto request = example::request();
    request.patient.birth_name = "SECRET\x01";
    CHECK(dmp::check(request).error().detail == "creation request: patient.birth_name");
}
