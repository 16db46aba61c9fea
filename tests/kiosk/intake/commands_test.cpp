#include "tests/catch.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

#include "kiosk/crypto/digest.hpp"

using namespace intake_tests;
using crypto::Uuid;

TEST_CASE("list says the same whether the server runs or not", "[intake]") {
    Site const site;
    auto const id = Uuid::random();
    auto const body = random_body(4321);
    std::string while_running;
    {
        RunningIntake const intake{site};
        REQUIRE(intake.kiosk_1().put(id, body).status == 201);
        while_running = site.run({"list", "--config", site.config(), "--json"}).output;
    }
    auto const stopped = site.run({"list", "--config", site.config(), "--json"});
    CHECK(stopped.exit_code == 0);
    CHECK(stopped.output == while_running);
    auto const entries = nlohmann::json::parse(stopped.output);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].at("id") == id.text());
    CHECK(entries[0].at("kiosk") == "kiosk-1");
    CHECK(entries[0].at("size") == 4321);
    CHECK(entries[0].at("sha256") == base::to_hex(crypto::sha256(body)));
    auto const plain = site.run({"list", "--config", site.config()});
    CHECK_THAT(plain.output, Catch::StartsWith(id.text()));
}

TEST_CASE("list before the first start makes no store", "[intake]") {
    Site const site;
    auto const ran = site.run({"list", "--config", site.config()});
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.output, Catch::Contains("store.database") && Catch::Contains("no such file"));
    CHECK_FALSE(std::filesystem::exists(site.database()));
}

TEST_CASE("fetch writes the sealed bodies as they came, for their owner alone", "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    auto const first = Uuid::random();
    auto const second = Uuid::random();
    auto const body = random_body(60000);
    REQUIRE(intake.kiosk_1().put(first, body).status == 201);
    REQUIRE(intake.kiosk_1().put(second, random_body(10)).status == 201);
    auto const out = site.folder() / "out";
    REQUIRE(site.run({"fetch", "--config", site.config(), "--id", first.text(), "--output", out})
                .exit_code == 0);
    auto const file = out / (first.text() + ".cms");
    CHECK(text_of(file) == base::to_text(body));
    CHECK(std::filesystem::status(file).permissions() == std::filesystem::perms{0600});
    CHECK_FALSE(std::filesystem::exists(out / (second.text() + ".cms")));
    REQUIRE(site.run({"fetch", "--config", site.config(), "--all", "--output", out}).exit_code ==
            0);
    CHECK(std::filesystem::file_size(out / (second.text() + ".cms")) == 10);

    auto const unknown = Uuid::random().text();
    auto const ran =
        site.run({"fetch", "--config", site.config(), "--id", unknown, "--output", out});
    CHECK(ran.exit_code == 1);
    CHECK(ran.output == "dmp-intake: " + unknown + ": never received\n");
    CHECK(site.run({"fetch", "--config", site.config(), "--output", out}).exit_code != 0);
}
