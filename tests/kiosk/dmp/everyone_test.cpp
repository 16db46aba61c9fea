// What is true of the request of everyone, over the three documents that leave the kiosk.
#include "kiosk/dmp/body.hpp"
#include "kiosk/dmp/evidence.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"
#include "tests/kiosk/dmp/message_paths.hpp"

using namespace paths;

namespace {

std::string body_of(dmp::CreationRequest const& request) {
    REQUIRE(dmp::check(request));
    return std::string{dmp::make_body(request, "kiosk-0001", "ab12")};
}

dmp::CreationBody read(dmp::CreationRequest const& request) {
    auto const text = body_of(request);
    auto body = dmp::read_body(base::to_bytes(text));
    REQUIRE(body);
    return std::get<dmp::CreationBody>(std::move(body->content));
}

bool holds(std::string_view document, std::string_view words) {
    return document.find(words) != std::string_view::npos;
}

}  // namespace

TEST_CASE("the number is a candidate only of the insured person, of class 1 or 2", "[everyone]") {
    for (auto const& [name, request] : example::kinds()) {
        INFO(name);
        reading::Document const message{read(request).message};
        REQUIRE(message.count(patient + "/hl7:id") == 1);
        bool const own = !request.card.enrolled && !request.card.provisional;
        if (own)
            CHECK(message.one(patient + "/hl7:id/@extension") == request.card.nir_od.view());
        else
            CHECK(message.one(patient + "/hl7:id[not(@root)][not(@extension)]/@nullFlavor") ==
                  "UNK");
        CHECK(message.count("//@*[contains(.,'" + std::string{request.card.nir_od.view()} +
                            "')]") == (own ? 1 : 0));
    }
}

TEST_CASE("names keep their accents, apostrophes and hyphens, on the card those of the card",
          "[everyone]") {
    for (auto const& [name, request] : example::kinds()) {
        INFO(name);
        auto const body = read(request);
        reading::Document const message{body.message};
        CHECK(message.one(person + "/hl7:name/hl7:family[@qualifier='SP']") ==
              request.patient.card_family_name.view());
        CHECK(message.one(person + "/hl7:name/hl7:family[@qualifier='BR']") ==
              request.patient.birth_name.view());
        CHECK(message.one(party + "/hl7:contactPerson/hl7:name/hl7:family") ==
              request.patient.card_family_name.view());
        CHECK(message.one(party + "/hl7:contactPerson/hl7:name/hl7:given") ==
              request.patient.given_name.view());
        auto const card = dmp::Json::parse(body.card);
        auto const enrolled = card.at("persons").back();
        CHECK(enrolled.at("position") == card.at("enrolled"));
        std::string_view const written =
            enrolled.at("family_name").get_ref<crypto::SecretString const&>();
        auto const& on_card = dmp::enrolled_person(request.card).family_name;
        CHECK(written == base::to_hex(base::to_bytes(on_card.view())));
    }
}

TEST_CASE("a representative picked from the card is named once, and no byte of his travels",
          "[everyone]") {
    // The father is neither the insured person nor the one enrolled.
    auto request = example::child();
    request.representative->family_name = "D'ARÇON";
    request.representative->given_name = "JEAN-NOËL";
    request.representative->relationship = dmp::default_relationships().at(1).relationship;
    auto const body = read(request);
    CHECK(reading::Document{body.message}.count("//hl7:given[.='JEAN-NOËL']") == 1);

    auto const card = dmp::Json::parse(body.card);
    CHECK(card.at("persons").size() == 2);
    CHECK(card.at("persons")[0].at("position") == 0);
    CHECK(card.at("persons")[1].at("position") == 3);
    for (auto const* written : {"JEAN", "4a45414e"}) {  // as text and as bytes of the card
        CHECK_FALSE(holds(body.card, written));
        CHECK_FALSE(holds(body.evidence, written));
    }
    // The control: the bytes of the two who do travel are there.
    CHECK(holds(body.card, "4e415448414c4945"));  // NATHALIE, the insured person
    CHECK(holds(body.card, "434cc94f"));          // CLÉO
}

TEST_CASE("the insured person is in no message but as patient or representative", "[everyone]") {
    auto const body = read(example::other_adult());
    CHECK_FALSE(holds(body.message, "NATHALIE"));
    CHECK_FALSE(holds(body.message, "DESMAUX"));
    CHECK_FALSE(holds(body.evidence, "NATHALIE"));
    CHECK(holds(body.card, "4e415448414c4945"));  // the receiver certifies from nirOD
}

TEST_CASE("a twin is told by a mark and by nothing else", "[everyone]") {
    auto request = example::child();
    request.card.same_birth_date = true;
    auto const twin = read(request);
    request.card.same_birth_date = false;
    auto const single = read(request);
    CHECK(dmp::Json::parse(twin.card).at("same_birth_date") == true);
    CHECK(dmp::Json::parse(single.card).at("same_birth_date") == false);
    CHECK(twin.message == single.message);
    CHECK(twin.evidence == single.evidence);
    CHECK(dmp::Json::parse(twin.card).at("persons").size() == 2);
}

TEST_CASE("the evidence names nobody, whoever consented", "[everyone]") {
    for (auto const& [name, request] : example::kinds()) {
        INFO(name);
        auto const evidence = read(request).evidence;
        for (auto const* personal :
             {"DESMAUX", "NATHALIE", "ARÇON", "NOËL", "CLÉO", "DIAYE", "MAËLLE", "GOFF", "JOSÉ",
              "2550699", "2030699", "7550699", "060000000", "@example.invalid"})
            CHECK_FALSE(holds(evidence, personal));
    }
}

TEST_CASE("the parts of one person's request never pass as another's", "[everyone]") {
    auto const id = example::id().text();
    for (auto const& [name, request] : example::kinds()) {
        INFO(name);
        auto const body = body_of(request);
        std::size_t places = 0;
        for (auto at = body.find(id); at != std::string::npos; at = body.find(id, at + 1)) {
            auto swapped = body;
            swapped.replace(at, id.size(), "11111111-5a5f-4d53-9f3b-3b2f2f6d1e01");
            CHECK(dmp::read_body(base::to_bytes(swapped)).error().code ==
                  base::Errc::not_authentic);
            ++places;
        }
        CHECK(places == 4);  // the body, the message, the card reading, the evidence
    }
}
