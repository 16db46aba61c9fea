#include "tests/system/fixture.hpp"
#include "tests/system/request_xml.hpp"

#include <filesystem>

using namespace system_tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

TEST_CASE("one adult enrols and the receiver opens exactly what was consented to") {
    auto desk = start_desk();
    insert(*desk, "P01");
    wait_for(*desk, "explain");
    walk(*desk,
         {{"next", "consent"}, {"accept", "birth_name"}, {"name_is_birth_name", "emergency"}});
    tap(*desk, "toggle_professional");  // only this access is taken back
    walk(*desk, {{"next", "contact"}, {"give_mobile", "mobile_entry"}});
    type(*desk, "0612345678");
    walk(*desk,
         {{"next", "mobile_check"}, {"next", "contact"}, {"next", "review"}, {"send", "recorded"}});
    auto const folder = open_only_request(*desk);

    check_schema(folder / "request.xml");
    Message const message{folder / "request.xml"};
    CHECK(message["//h:processingCode/@code"] == "D");
    CHECK(message["//h:reasonCode/@code"] == "CREA_RD");
    auto const patient = std::string{"//h:patient"};
    CHECK(message[patient + "/h:id/@root"] == "1.2.250.1.213.1.4.10");
    CHECK(message[patient + "/h:id/@extension"] == "178057599990175");
    auto const person = patient + "/h:patientPerson";
    CHECK(message[person + "/h:name/h:family[@qualifier='SP']"] == "EXEMPLE");
    CHECK(message[person + "/h:name/h:family[@qualifier='BR']"] == "EXEMPLE");
    CHECK(message[person + "/h:name/h:given"] == "LUC");
    CHECK(message[person + "/h:birthTime/@value"] == "19780514");
    CHECK(message[person + "/h:telecom/@value"] == "tel:0612345678");
    CHECK(message[person + "/h:telecom/@use"] == "MC");
    CHECK(message[person + "/h:contactParty/h:code/@code"] == "CARTE_SESAM_VITALE");
    // The screen asks for consents, the wire carries oppositions.
    CHECK(message.observation("CONSENTEMENT_OUVERTURE_DMP") == "true");
    CHECK(message.observation("OPPOSITION_ACCES_URGENCE") == "false");
    CHECK(message.observation("OPPOSITION_BRIS_DE_GLACE") == "true");
    CHECK(message["//h:author//h:assignedEntity/h:id/@extension"] == "899900000000");

    auto const evidence = json::parse(content_of(folder / "evidence.json"));
    CHECK(evidence.dump().find("card only") != std::string::npos);
    CHECK(evidence.dump().find(folder.filename()) != std::string::npos);
    auto const card = content_of(folder / "card.json");
    CHECK(card.find("178057599990175") != std::string::npos);
}

TEST_CASE("the screen after recording names nobody and gives a reference") {
    auto desk = start_desk();
    walk_to(*desk, "recorded");
    auto const shown = screen(*desk).dump();
    CHECK(shown.find("EXEMPLE") == std::string::npos);
    CHECK(shown.find("LUC") == std::string::npos);
    remove_card(*desk);
    walk(*desk, {{"done", "attract"}});
}

TEST_CASE("a strict T=0 card gives the same result in at most eight APDUs") {
    auto desk = start_desk();
    insert(*desk, "P18");
    wait_for(*desk, "explain");
    auto const metrics = must(desk->robot().order(json{{"do", "metrics"}}));
    CHECK(metrics["card"]["apdus"] <= 8);
    CHECK(state_of(*desk) == "explain");
}

TEST_CASE("no file outside the sealed store holds anything about the person") {
    auto desk = start_desk();
    walk_to(*desk, "recorded");
    must(desk->wait_until_sent(20s));
    desk->stop_kiosk();
    int searched = 0;
    for (auto const& entry : fs::recursive_directory_iterator{desk->folder()}) {
        if (!entry.is_regular_file()) continue;
        ++searched;
        INFO(entry.path());
        for (auto const* word : {"EXEMPLE", "178057599990175", "17805759999"})
            CHECK_FALSE(holds(entry.path(), word));
    }
    CHECK(searched > 10);
    // The negative control: the search finds them where they are in clear.
    must(desk->open_received(desk->file("received")));
    bool found = false;
    for (auto const& entry : fs::recursive_directory_iterator{desk->file("received")})
        found = found || (entry.is_regular_file() && holds(entry.path(), "EXEMPLE"));
    CHECK(found);
}
