#include "kiosk/intake/grouping.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/intake/parties.hpp"

using namespace intake_tests;
using Json = nlohmann::json;

namespace {

// Seals as a kiosk does, opens as the receiver does, and groups what comes out.
struct Counter {
    Parties parties;
    pki::Party kiosk_2 = pki::certify(
        pki::ec(), {.name = "kiosk-2", .key_usage = "digitalSignature"}, &parties.signers);
    dmp::Opener opener = dmp::Opener::open(parties.key, parties.ca).value();
    intake::Grouping grouping;

    std::string bring(dmp::CreationRequest const& request, pki::Party const& kiosk) {
        auto const sealed = parties.sealed(kiosk, request);
        auto const opened = opener.open_request(sealed.sealed, sealed.id);
        REQUIRE(opened);
        REQUIRE(grouping.add(*opened));
        return sealed.id.text();
    }
    std::string bring(dmp::CreationRequest const& request) { return bring(request, parties.kiosk); }
    Json groups() const { return Json::parse(grouping.json()).at("groups"); }
    Json contacts() const { return Json::parse(grouping.json()).at("contacts"); }
};

std::vector<std::string> ids_of(Json const& group) {
    std::vector<std::string> ids;
    for (auto const& request : group.at("requests"))
        ids.push_back((request.is_string() ? request : request.at("id")).get<std::string>());
    return ids;
}

// Nobody's twin: each another number, and no contact but what is given.
dmp::CreationRequest somebody(int number, dmp::Contact const& contact) {
    auto request = example::other_adult();
    auto const position = static_cast<std::size_t>(number);
    request.card.enrolled->position = position;
    request.contact = contact;
    return request;
}

dmp::CreationRequest on_the_next_day(dmp::CreationRequest request) {
    request.consent_date = std::chrono::sys_days{request.consent_date} + std::chrono::days{1};
    for (auto* time : {&request.evidence.started_at, &request.evidence.consented_at,
                       &request.evidence.confirmed_at})
        *time += std::chrono::days{1};
    return request;
}

dmp::Contact mobile(std::string_view number) { return {.mobile = number, .email = std::nullopt}; }
dmp::Contact email(std::string_view address) { return {.mobile = std::nullopt, .email = address}; }

}  // namespace

TEST_CASE("who asked twice is one group, at one kiosk or at two", "[grouping]") {
    Counter counter;
    auto const first = counter.bring(example::request());
    auto const other = counter.bring(example::other_adult());
    auto const again = counter.bring(example::request());
    auto const elsewhere = counter.bring(example::request(), counter.kiosk_2);

    auto const groups = counter.groups();
    REQUIRE(groups.size() == 2);
    CHECK(ids_of(groups[0]) == std::vector{first, again, elsewhere});
    CHECK(groups[0].at("group") == 1);
    CHECK(groups[0].at("day") == "2019-06-18");
    CHECK(groups[0].at("requests")[0].at("kiosk") == "kiosk-1");
    CHECK(groups[0].at("requests")[2].at("kiosk") == "kiosk-2");
    CHECK(ids_of(groups[1]) == std::vector{other});
    CHECK_THAT(counter.grouping.summary(),
               Catch::Contains("4 requests in 2 groups") &&
                   Catch::Contains("group 1: 3 requests of one person on 2019-06-18, create one: " +
                                   first + " " + again + " " + elsewhere) &&
                   !Catch::Contains(other));
}

TEST_CASE("everyone for whom requests are made is a person of an own group", "[grouping]") {
    Counter counter;
    // A date of six digits and a lunar one are the same insured person's number with other dates.
    for (auto const& [name, request] : example::kinds())
        counter.bring(request);
    CHECK(counter.groups().size() == example::kinds().size());
}

TEST_CASE("twins are two persons: one number and one birth date but two places on the card",
          "[grouping]") {
    Counter counter;
    auto twin = example::child();
    twin.card.same_birth_date = true;
    auto other_twin = twin;
    other_twin.card.enrolled->position = 4;
    auto const first = counter.bring(twin);
    auto const second = counter.bring(other_twin);
    auto const first_again = counter.bring(twin, counter.kiosk_2);
    auto const groups = counter.groups();
    REQUIRE(groups.size() == 2);
    CHECK(ids_of(groups[0]) == std::vector{first, first_again});
    CHECK(ids_of(groups[1]) == std::vector{second});
}

TEST_CASE("a correction typed the second time does not make another person", "[grouping]") {
    Counter counter;
    counter.bring(example::request());
    auto corrected = example::request();
    corrected.patient.birth_name = "AUTREMENT";
    corrected.contact = {};
    counter.bring(corrected);
    CHECK(counter.groups().size() == 1);
}

TEST_CASE("another day is another group", "[grouping]") {
    Counter counter;
    counter.bring(example::request());
    counter.bring(on_the_next_day(example::request()));
    auto const groups = counter.groups();
    REQUIRE(groups.size() == 2);
    CHECK(groups[1].at("day") == "2019-06-19");
}

TEST_CASE("a contact on three requests of a day is a family and on four it is marked",
          "[grouping]") {
    Counter counter;
    std::vector<std::string> ids;
    for (int i = 1; i <= 3; ++i)
        ids.push_back(counter.bring(somebody(i, mobile("0600000003"))));
    CHECK(counter.contacts().empty());
    ids.push_back(counter.bring(somebody(4, mobile("0600000003")), counter.kiosk_2));
    auto const contacts = counter.contacts();
    REQUIRE(contacts.size() == 1);
    CHECK(contacts[0].at("kind") == "mobile");
    CHECK(contacts[0].at("day") == "2019-06-18");
    CHECK(ids_of(contacts[0]) == ids);
    CHECK_THAT(counter.grouping.summary(),
               Catch::Contains("contact 1: one mobile on 4 requests of 2019-06-18"));
}

TEST_CASE("an address is the same in capitals and another day counts anew", "[grouping]") {
    Counter counter;
    for (int i = 1; i <= 2; ++i)
        counter.bring(somebody(i, email("helper@example.invalid")));
    counter.bring(somebody(3, email("Helper@Example.INVALID")));
    counter.bring(on_the_next_day(somebody(4, email("helper@example.invalid"))));
    counter.bring(somebody(5, email("other@example.invalid")));
    CHECK(counter.contacts().empty());
    counter.bring(somebody(6, email("HELPER@example.invalid")));
    REQUIRE(counter.contacts().size() == 1);
    CHECK(counter.contacts()[0].at("kind") == "e-mail");
    CHECK(counter.contacts()[0].at("requests").size() == 4);
}

TEST_CASE("the contact of a minor's representative is counted too", "[grouping]") {
    Counter counter;
    for (std::size_t position = 3; position < 7; ++position) {
        auto child = example::child();
        child.card.enrolled->position = position;
        counter.bring(child);
    }
    REQUIRE(counter.contacts().size() == 2);
    CHECK(counter.contacts()[0].at("kind") == "mobile");
    CHECK(counter.contacts()[1].at("kind") == "e-mail");
}

TEST_CASE("what does not say who is enrolled is in no group", "[grouping]") {
    Counter counter;
    auto const sealed = counter.parties.sealed(counter.parties.kiosk);
    auto opened = counter.opener.open_request(sealed.sealed, sealed.id).value();
    auto const whole = opened.card;
    for (auto const* card : {"", "[]", "{}", R"({"nirOD":"1","enrolled":0,"persons":[]})",
                             R"({"nirOD":1,"enrolled":0,"persons":[{"position":0}]})",
                             R"({"nirOD":"1","enrolled":0,"persons":[{"position":0}]})"}) {
        INFO(card);
        opened.card = card;
        CHECK(counter.grouping.add(opened).error().code == base::Errc::malformed);
    }
    opened.card = whole;
    auto const message = opened.message;
    opened.message = "<a/>";
    CHECK_FALSE(counter.grouping.add(opened));
    CHECK(counter.groups().empty());
    opened.message = message;
    CHECK(counter.grouping.add(opened));  // the control
}

TEST_CASE("open --all leaves the groups in a file of its owner and nobody in clear", "[intake]") {
    Parties const parties;
    auto const& site = parties.site;
    RunningIntake const intake{site};
    std::vector<std::string> ids;
    for (int i = 0; i < 4; ++i) {
        auto const sealed = parties.sealed(parties.kiosk);
        REQUIRE(intake.kiosk_1().put(sealed.id, sealed.sealed).status == 201);
        ids.push_back(sealed.id.text());
    }
    auto const all = site.folder() / "all";
    auto const ran = parties.open({"--config", site.config(), "--all", "--output", all});
    REQUIRE(ran.exit_code == 0);
    auto const text = text_of(all / "groups.json");
    auto const groups = Json::parse(text);
    REQUIRE(groups.at("groups").size() == 1);
    CHECK(ids_of(groups.at("groups")[0]) == ids);
    CHECK(groups.at("contacts").size() == 2);
    CHECK(std::filesystem::status(all / "groups.json").permissions() ==
          std::filesystem::perms{0600});
    auto const request = example::request();
    for (auto const& shown : {text, ran.output})
        for (auto const& secret :
             {request.card.nir_od, request.patient.card_family_name, request.patient.birth_date,
              *request.contact.mobile, *request.contact.email})
            CHECK_THAT(shown, !Catch::Contains(std::string{secret.view()}));
}

TEST_CASE("a withdrawal is listed with what it ends, which may not be here", "[grouping]") {
    Counter counter;
    auto const id = crypto::Uuid::parse(counter.bring(example::request())).value();
    auto const elsewhere = crypto::Uuid::random();
    for (auto const& withdrawn : {id, elsewhere})
        REQUIRE(counter.grouping.add(dmp::OpenedWithdrawal{
            dmp::id_of_withdrawal(withdrawn), "kiosk-1", example::at(60), true, withdrawn}));
    auto const withdrawals = Json::parse(counter.grouping.json()).at("withdrawals");
    REQUIRE(withdrawals.size() == 2);
    CHECK(withdrawals[0].at("withdraws") == id.text());
    CHECK(withdrawals[0].at("id") == dmp::id_of_withdrawal(id).text());
    CHECK(withdrawals[0].at("request_here") == true);
    CHECK(withdrawals[1].at("request_here") == false);
    CHECK_THAT(counter.grouping.summary(),
               Catch::Contains("withdrawn: " + id.text() + ", do not create it\n") &&
                   Catch::Contains(elsewhere.text() + " (not here), do not create it\n"));
}
