// Other people than the insured adult, the staff who sees a document, and another language.
#include "tests/system/player.hpp"
#include "tests/system/request_xml.hpp"

using namespace system_tests;
using namespace std::chrono_literals;

namespace {

json evidence_in(std::filesystem::path const& folder) {
    return json::parse(content_of(folder / "evidence.json"));
}

}  // namespace

TEST_CASE("a mother on the card asks for one of the twins") {
    auto desk = start_desk(sanitized());
    auto const end = play(*desk, "P05", {.person = 2});
    REQUIRE(end.state == "recorded");
    // Nothing leads a minor online.
    CHECK(screen(*desk).dump().find("www.dmp.fr") == std::string::npos);
    auto const folder = open_only_request(*desk);
    check_schema(folder / "request.xml");
    Message const message{folder / "request.xml"};
    std::string const patient = "//h:patient";
    CHECK(message[patient + "/h:id/@nullFlavor"] == "UNK");
    CHECK(message[patient + "/h:id/@extension"].empty());
    auto const person = patient + "/h:patientPerson";
    CHECK(message[person + "/h:name/h:given"] == "LEA");
    CHECK(message[person + "/h:birthTime/@value"] == "20140203");
    auto const relation = person + "/h:personalRelationship";
    CHECK(message[relation + "/h:code/@code"] == "MTH");
    CHECK(message[relation + "/h:relationshipHolder1/h:name/h:given"] == "ANDRE");
    auto const card = json::parse(content_of(folder / "card.json"));
    CHECK(card["same_birth_date"] == true);
    CHECK(card["enrolled"] == 2);
    auto const evidence = evidence_in(folder);
    CHECK(evidence["consent_given_by"] == "representative");
    CHECK(evidence["representative"]["authority_stated"] == true);
}

TEST_CASE("the contact given for a minor is the representative's and only there") {
    auto desk = start_desk(sanitized());
    insert(*desk, "P05");
    wait_for(*desk, "choose_person");
    walk(*desk, {{"person_3", "representative"},
                 {"representative_1", "relationship"},
                 {"relationship_0", "authority"},
                 {"declare_authority", "childs_word"},
                 {"child_too_young", "explain"},
                 {"next", "consent"},
                 {"accept", "birth_name"},
                 {"name_is_birth_name", "emergency"},
                 {"next", "contact"},
                 {"give_mobile", "mobile_entry"}});
    type(*desk, "0712345678");
    walk(*desk, {{"next", "mobile_check"}, {"next", "contact"}, {"next", "review"}});
    if (screen(*desk).dump().find("\"send\"") == std::string::npos) tap(*desk, "next_page");
    walk(*desk, {{"send", "recorded"}});
    auto const folder = open_only_request(*desk);
    check_schema(folder / "request.xml");
    Message const message{folder / "request.xml"};
    CHECK(message["//h:patientPerson/h:personalRelationship/h:telecom/@value"] == "tel:0712345678");
    CHECK(message["//h:patientPerson/h:telecom/@value"].empty());
    CHECK(evidence_in(folder)["contact"] == "unverified");
}

TEST_CASE("where identities are seen, the request names the author whose PIN was right") {
    auto with_pin = sanitized();
    with_pin.pin = "271846";
    auto desk = must(desk::Desk::start(with_pin));
    walk_to(*desk, "review");
    walk(*desk, {{"send", "identity_author"}, {"author_0", "identity_pin"}});
    type(*desk, "918273");
    tap(*desk, "next");
    REQUIRE(eventually([&] {
        auto const shown = screen(*desk);
        return shown["state"] == "identity_pin" &&
               shown.dump().find("Ce code est faux") != std::string::npos;
    }));
    CHECK(must(desk->spooler_status())["waiting"] == 0);
    type(*desk, "271846");
    walk(*desk, {{"next", "recorded"}});
    auto const folder = open_only_request(*desk);
    CHECK(evidence_in(folder).dump().find("identity seen by 899900000000") != std::string::npos);
    CHECK(content_of(desk->file("kiosk.log")).find("271846") == std::string::npos);
}

TEST_CASE("a person who reads English consents in English, and the next one finds French") {
    auto desk = start_desk(sanitized());
    insert(*desk, "P01");
    wait_for(*desk, "explain");
    tap(*desk, "language");
    tap(*desk, "language_en");
    CHECK(screen(*desk)["language"] == "en");
    walk(*desk, {{"next", "consent"},
                 {"accept", "birth_name"},
                 {"name_is_birth_name", "emergency"},
                 {"next", "contact"},
                 {"next", "review"},
                 {"send", "recorded"}});
    CHECK(screen(*desk)["language"] == "en");
    auto const folder = open_only_request(*desk);
    CHECK(evidence_in(folder)["text"]["language"] == "en");
    remove_card(*desk);
    walk(*desk, {{"done", "attract"}});
    CHECK(screen(*desk)["language"] == "fr");
}

TEST_CASE("a person who chose the largest letters before putting the card in is recorded") {
    auto desk = start_desk(sanitized());
    for (int taps = 0; taps < 3; ++taps)
        tap(*desk, "text_size");
    auto const end = play(*desk, "P01");
    CHECK(end.state == "recorded");
    CHECK(end.pages_turned > 0);
}
