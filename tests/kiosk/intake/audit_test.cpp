#include "drivers/base/eventually.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/intake/parties.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>

using namespace intake_tests;
using Json = nlohmann::json;

namespace {

struct AuditedSite : Site {
    explicit AuditedSite(std::string const& more = {})
        : Site("[audit]\nfile = \"audit.log\"\n" + more) {}

    std::filesystem::path log() const { return folder() / "audit.log"; }
    Ran verify(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"audit", "verify", "--config", config()});
        return run(std::move(more));
    }
    // "act kiosk result" of every line.
    std::vector<std::string> lines() const {
        std::vector<std::string> lines;
        std::ifstream content{log()};
        for (std::string line; std::getline(content, line);) {
            auto const json = Json::parse(line);
            lines.push_back(json.at("act").get<std::string>() + " " +
                            json.at("kiosk").get<std::string>() + " " +
                            json.at("result").get<std::string>());
        }
        return lines;
    }
    bool holds(std::string const& line) const {
        auto const all = lines();
        return std::ranges::find(all, line) != all.end();
    }
    // Refusals are written in a quiet moment.
    bool eventually_holds(std::string const& line) const {
        return base::eventually([&] { return holds(line); }, std::chrono::seconds{10});
    }
};

}  // namespace

TEST_CASE("the log of a day at the intake tells who brought fetched and told what", "[audit]") {
    AuditedSite const site;
    auto const id = crypto::Uuid::random();
    auto const body = random_body(3000);
    {
        RunningIntake const intake{site};
        auto kiosk = intake.kiosk_1();
        REQUIRE(kiosk.put(id, body).status == 201);
        REQUIRE(kiosk.put(id, body).status == 200);
        REQUIRE(kiosk.put(id, random_body(3000)).status == 409);
        auto const digest = content_digest(random_body(10));
        REQUIRE(kiosk
                    .send("PUT", "/v1/requests/" + crypto::Uuid::random().text(), body,
                          {"Content-Type: application/cms", "Content-Digest: " + digest})
                    .status == 400);
        REQUIRE(kiosk.send("GET", "/secret/name", {}, {}).status == 404);
        REQUIRE(site.run({"fetch", "--config", site.config(), "--id", id.text(), "--output",
                          site.folder() / "out"})
                    .exit_code == 0);
        REQUIRE(site.run({"outcome", "--config", site.config(), "--id", id.text(), "--outcome",
                          "created"})
                    .exit_code == 0);
        for (auto const* line :
             {"began  ", "stored kiosk-1 ", "replayed kiosk-1 ", "refused kiosk-1 conflict",
              "refused kiosk-1 digest_mismatch", "refused kiosk-1 not_found", "fetched kiosk-1 ",
              "outcome  created"}) {
            INFO(line);
            CHECK(site.eventually_holds(line));
        }
        // Also while the server writes it.
        CHECK(site.verify().exit_code == 0);
    }
    auto const verified = site.verify();
    CAPTURE(verified.output);
    CHECK(verified.exit_code == 0);
    CHECK_THAT(verified.output, Catch::Contains("lines 1 to 8 are unbroken"));
    CHECK_THAT(text_of(site.log()), !Catch::Contains("secret"));
}

TEST_CASE("a kiosk that brings too much is logged once a minute", "[audit]") {
    AuditedSite const site{"[limits]\nrequests_per_minute = 1\n"};
    RunningIntake const intake{site};
    auto kiosk = intake.kiosk_1();
    REQUIRE(kiosk.put(crypto::Uuid::random(), random_body(3000)).status == 201);
    for (int i = 0; i < 5; ++i)
        REQUIRE(kiosk.put(crypto::Uuid::random(), random_body(3000)).status == 429);
    CHECK(site.eventually_holds("rate_limited kiosk-1 1 requests"));
    auto const lines = site.lines();
    CHECK(std::ranges::count_if(
              lines, [](auto const& line) { return line.starts_with("rate_limited"); }) == 1);
}

TEST_CASE("a log changed or cut while nothing runs is found by verify and not gone on with",
          "[audit]") {
    AuditedSite const site;
    {
        RunningIntake intake{site};
        auto kiosk = intake.kiosk_1();
        for (int i = 0; i < 3; ++i)
            REQUIRE(kiosk.put(crypto::Uuid::random(), random_body(3000)).status == 201);
        intake.process().signal(SIGTERM);
        REQUIRE(intake.process().wait(std::chrono::seconds{5}));
    }
    auto const whole = text_of(site.log());
    REQUIRE(site.verify().exit_code == 0);
    auto const kept = site.run({"audit", "head", "--config", site.config()});
    REQUIRE(kept.exit_code == 0);
    auto const head = kept.output.substr(0, kept.output.find('\n'));

    auto const last_line = whole.rfind('\n', whole.size() - 2) + 1;
    auto changed = whole;
    changed.replace(changed.find("stored"), 6, "opened");
    for (auto const& text : {whole.substr(0, last_line), changed}) {
        std::ofstream{site.log()} << text;
        auto const found = site.verify();
        CHECK(found.exit_code == 1);
        CHECK_THAT(found.output, Catch::Contains("audit.log: "));
        CHECK(site.verify({"--head", head}).exit_code == 1);
    }
    std::ofstream{site.log()} << whole.substr(0, last_line);
    auto const refused = site.run({"serve", "--config", site.config()});
    CHECK(refused.exit_code == 1);
    CHECK_THAT(refused.output, Catch::Contains("audit.file: ") && Catch::Contains("cut off") &&
                                   Catch::Contains("move it away"));
    std::ofstream{site.log()} << whole;
    CHECK(site.verify({"--head", head}).exit_code == 0);  // the control
}

TEST_CASE("a killed server's log is gone on with and stays whole", "[audit]") {
    AuditedSite const site;
    for (int run = 0; run < 3; ++run) {
        RunningIntake intake{site};
        auto kiosk = intake.kiosk_1();
        REQUIRE(kiosk.put(crypto::Uuid::random(), random_body(3000)).status == 201);
        intake.process().signal(SIGKILL);
        intake.process().wait(std::chrono::seconds{5});
        std::ofstream{site.log(), std::ios::app} << R"({"seq":99,"ti)";  // what it was writing
    }
    { RunningIntake const intake{site}; }
    auto const verified = site.verify();
    CAPTURE(verified.output);
    CHECK(verified.exit_code == 0);
    auto const lines = site.lines();
    CHECK(std::ranges::count_if(lines,
                                [](auto const& line) { return line.starts_with("stored"); }) == 3);
    CHECK(std::ranges::count_if(lines,
                                [](auto const& line) { return line.starts_with("mended"); }) == 3);
}

TEST_CASE("open keeps a log of its own on the other machine", "[audit]") {
    Parties const parties;
    auto const& site = parties.site;
    auto const log = site.folder() / "opened.log";
    auto const good = parties.sealed(parties.kiosk);
    auto const file = site.write("a.cms", base::to_text(good.sealed));
    auto const out = site.folder() / "out";
    REQUIRE(
        parties.open({file, "--id", good.id.text(), "--output", out, "--audit", log}).exit_code ==
        0);
    auto const other = crypto::Uuid::random().text();
    REQUIRE(parties.open({file, "--id", other, "--output", out, "--audit", log}).exit_code == 1);
    CHECK_THAT(text_of(log),
               Catch::Contains(R"("act":"opened","kiosk":"kiosk-1","id":")" + good.id.text()) &&
                   Catch::Contains(R"("act":"refused","kiosk":"","id":")" + other +
                                   R"(","result":"not_authentic")"));
    CHECK(site.run({"audit", "verify", "--file", log}).exit_code == 0);

    // A log that was tampered with opens nothing more.
    auto text = text_of(log);
    text.replace(text.find("opened"), 6, "stored");
    std::ofstream{log} << text;
    CHECK(site.run({"audit", "verify", "--file", log}).exit_code == 1);
    auto const fresh = site.folder() / "fresh";
    CHECK(
        parties.open({file, "--id", good.id.text(), "--output", fresh, "--audit", log}).exit_code ==
        1);
    CHECK_FALSE(std::filesystem::exists(fresh / "request.xml"));
}

TEST_CASE("without audit.file there is no log and verify says so", "[audit]") {
    Site const site;
    { RunningIntake const intake{site}; }
    CHECK_FALSE(std::filesystem::exists(site.folder() / "audit.log"));
    auto const ran = site.run({"audit", "verify", "--config", site.config()});
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.output, Catch::Contains("audit.file: not set"));
}
