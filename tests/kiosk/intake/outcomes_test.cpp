#include "kiosk/crypto/jws.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

#include <fstream>

using namespace intake_tests;
using Json = nlohmann::json;

namespace {

crypto::Uuid stored(Client& kiosk) {
    auto const id = crypto::Uuid::random();
    REQUIRE(kiosk.put(id, random_body(500)).status == 201);
    return id;
}

Site::Ran tell(Site const& site, crypto::Uuid const& id, std::vector<std::string> words) {
    words.insert(words.begin(),
                 {"outcome", "--config", site.config(), "--id", id.text(), "--outcome"});
    return site.run(std::move(words));
}

Reply asked(Client& kiosk, std::string const& after) {
    return kiosk.send("GET", "/v1/outcomes?after=" + after, {}, {});
}

// What the kiosk is told, after checking that this receiver signed it.
Json outcomes_after(Site const& site, Client& kiosk, std::int64_t after) {
    auto const reply = asked(kiosk, std::to_string(after));
    REQUIRE(reply.status == 200);
    CHECK(reply.content_type == "application/jose");
    auto const payload = crypto::verify_jws(reply.body, site.receipt_key());
    REQUIRE(payload);
    auto answer = Json::parse(*payload);
    CHECK(answer.at("typ") == "outcomes");
    CHECK(answer.at("v") == 1);
    CHECK(answer.at("after") == after);
    return answer;
}

}  // namespace

TEST_CASE("what was told of a request is told to the kiosk that brought it and to no other",
          "[outcome]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk_1 = intake.kiosk_1();
    auto kiosk_2 = intake.client(site.client({.name = "kiosk-2"}));
    auto const first = stored(kiosk_1);
    auto const second = stored(kiosk_1);
    auto const others = stored(kiosk_2);
    CHECK(outcomes_after(site, kiosk_1, 0).at("outcomes").empty());

    REQUIRE(tell(site, first, {"created"}).exit_code == 0);
    REQUIRE(tell(site, others, {"already_open"}).exit_code == 0);
    REQUIRE(tell(site, second, {"refused", "--class", "unknown_identity"}).exit_code == 0);

    auto const all = outcomes_after(site, kiosk_1, 0);
    CHECK(all.at("kiosk") == "kiosk-1");
    CHECK(all.at("more") == false);
    CHECK(all.at("outcomes") ==
          Json::array(
              {{{"id", first.text()}, {"outcome", "created"}},
               {{"id", second.text()}, {"outcome", "refused"}, {"class", "unknown_identity"}}}));
    auto const next = all.at("next").get<std::int64_t>();
    CHECK(outcomes_after(site, kiosk_1, next).at("outcomes").empty());
    CHECK(outcomes_after(site, kiosk_1, next).at("next") == next);

    auto const of_other = outcomes_after(site, kiosk_2, 0);
    CHECK(of_other.at("kiosk") == "kiosk-2");
    CHECK(of_other.at("outcomes") ==
          Json::array({{{"id", others.text()}, {"outcome", "already_open"}}}));
}

TEST_CASE("the same outcome again is harmless and another one is refused with both", "[outcome]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    auto const id = stored(kiosk);
    REQUIRE(tell(site, id, {"created"}).exit_code == 0);
    auto const again = tell(site, id, {"created"});
    CHECK(again.exit_code == 0);
    CHECK_THAT(again.output, Catch::Contains("created, known before"));
    auto const other = tell(site, id, {"refused", "--class", "late"});
    CHECK(other.exit_code == 1);
    CHECK_THAT(other.output, Catch::Contains(id.text() + ": its outcome is already created, and "
                                                         "refused (late) contradicts it"));
    CHECK(outcomes_after(site, kiosk, 0).at("outcomes").size() == 1);

    auto const never = crypto::Uuid::random();
    auto const unknown = tell(site, never, {"created"});
    CHECK(unknown.exit_code == 1);
    CHECK_THAT(unknown.output, Catch::Contains(never.text() + ": never received"));
    CHECK(tell(site, id, {"opened"}).exit_code == 1);
    CHECK(site.run({"outcome", "--config", site.config(), "--id", id.text()}).exit_code != 0);
}

TEST_CASE("an outcome is kept when no server runs and survives a restart", "[outcome]") {
    Site const site;
    crypto::Uuid id;
    {
        RunningIntake const intake{site};
        auto kiosk = intake.kiosk_1();
        id = stored(kiosk);
    }
    REQUIRE(tell(site, id, {"closed_earlier"}).exit_code == 0);
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    CHECK(outcomes_after(site, kiosk, 0).at("outcomes")[0].at("outcome") == "closed_earlier");
}

TEST_CASE("many outcomes are told as lines on standard input and learnt page by page",
          "[outcome]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    constexpr int count = 450;
    std::string lines;
    for (int i = 0; i < count; ++i)
        lines += stored(kiosk).text() + " refused a_class_of_as_many_letters_as_32\n";
    auto const batch = site.write("batch", lines);
    auto const told = site.run_with_input({"outcome", "--config", site.config(), "--batch"}, batch);
    CAPTURE(told.output);
    REQUIRE(told.exit_code == 0);
    std::int64_t after = 0;
    std::size_t learnt = 0;
    for (bool more = true; more;) {
        // What a kiosk reads of any answer.
        CHECK(asked(kiosk, std::to_string(after)).body.size() <= 16 * 1024);
        auto const page = outcomes_after(site, kiosk, after);
        learnt += page.at("outcomes").size();
        CHECK(page.at("outcomes").size() <= 100);
        after = page.at("next");
        more = page.at("more");
    }
    CHECK(learnt == count);
}

TEST_CASE("of a list with a mistake nothing is kept and every mistake is named", "[outcome]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    auto const id = stored(kiosk);
    auto const batch =
        site.write("batch", id.text() + " created\n\n" + id.text() + " opened\nnonsense\n" +
                                id.text() + " refused a b\n");
    auto const told = site.run_with_input({"outcome", "--config", site.config(), "--batch"}, batch);
    CHECK(told.exit_code == 1);
    CHECK_THAT(told.output, Catch::Contains("line 3: ") && Catch::Contains("line 4: ") &&
                                Catch::Contains("line 5: ") && !Catch::Contains("line 1: ") &&
                                Catch::Contains("nothing of this list was noted"));
    CHECK(outcomes_after(site, kiosk, 0).at("outcomes").empty());
}

TEST_CASE("an answer about outcomes is no receipt and a receipt is no such answer", "[outcome]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    auto const id = crypto::Uuid::random();
    auto const body = random_body(500);
    auto const receipt = verified_receipt(site, kiosk.put(id, body), id, body);
    CHECK_FALSE(receipt.contains("typ"));
    REQUIRE(tell(site, id, {"created"}).exit_code == 0);
    auto const answer = asked(kiosk, "0");
    CHECK_THROWS(verified_receipt(site, answer, id, body));
}

TEST_CASE("a position that is none is refused, and only GET asks", "[outcome]") {
    Site const site;
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    for (auto const* after : {"", "-1", "x", "1x", "99999999999999999999", "0&more=1", "%30"}) {
        INFO(after);
        CHECK(asked(kiosk, after).status == 400);
    }
    CHECK(asked(kiosk, "9223372036854775807").status == 200);
    CHECK(kiosk.send("GET", "/v1/outcomes", {}, {}).status == 404);
    CHECK(kiosk.send("PUT", "/v1/outcomes?after=0", random_body(10), {}).status == 405);
}
