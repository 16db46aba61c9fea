#include "tests/catch.hpp"
#include "tests/kiosk/dmp/message_paths.hpp"
#include "tests/kiosk/intake/parties.hpp"

using namespace intake_tests;

namespace {

void check_documents(std::filesystem::path const& folder) {
    CHECK_THAT(text_of(folder / "request.xml"), Catch::Contains("PRPA_IN201311UV02"));
    CHECK(nlohmann::json::accept(text_of(folder / "card.json")));
    CHECK(nlohmann::json::accept(text_of(folder / "evidence.json")));
    for (auto const* name : {"request.xml", "card.json", "evidence.json"})
        CHECK(std::filesystem::status(folder / name).permissions() == std::filesystem::perms{0600});
}

std::size_t files_in(std::filesystem::path const& folder) {
    if (!std::filesystem::exists(folder)) return 0;
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{folder}, {}));
}

}  // namespace

TEST_CASE("what kiosks sealed and sent is opened, one or all", "[intake]") {
    Parties const parties;
    auto const& site = parties.site;
    RunningIntake const intake{site};
    auto const first = parties.sealed(parties.kiosk);
    auto const second = parties.sealed(parties.kiosk);
    for (auto const* sealed : {&first, &second})
        REQUIRE(intake.kiosk_1().put(sealed->id, sealed->sealed).status == 201);

    auto const one = site.folder() / "one";
    auto const ran =
        parties.open({"--config", site.config(), "--id", first.id.text(), "--output", one});
    CAPTURE(ran.output);
    REQUIRE(ran.exit_code == 0);
    check_documents(one);
    CHECK_THAT(ran.output, Catch::Contains(first.id.text() + ": signed by kiosk-1, received") &&
                               !Catch::Contains("NATHALIE"));

    auto const all = site.folder() / "all";
    REQUIRE(parties.open({"--config", site.config(), "--all", "--output", all}).exit_code == 0);
    check_documents(all / first.id.text());
    check_documents(all / second.id.text());
    CHECK(files_in(all) == 3);  // with groups.json
}

TEST_CASE("a fetched file is opened on another machine, to a folder or to the terminal",
          "[intake]") {
    Parties const parties;
    auto const& site = parties.site;
    auto const sealed = parties.sealed(parties.kiosk);
    auto const file = site.write("a.cms", base::to_text(sealed.sealed));
    auto const out = site.folder() / "out";
    REQUIRE(parties.open({file, "--id", sealed.id.text(), "--output", out}).exit_code == 0);
    check_documents(out);
    auto const printed = parties.open({file, "--id", sealed.id.text()});
    CHECK(printed.exit_code == 0);
    CHECK_THAT(printed.output, Catch::Contains(text_of(out / "request.xml")) &&
                                   Catch::Contains(text_of(out / "card.json")) &&
                                   Catch::Contains(text_of(out / "evidence.json")));
}

TEST_CASE("the request of everyone is opened, its three parts about one person and under one id",
          "[intake]") {
    Parties const parties;
    auto const& site = parties.site;
    for (auto const& [name, request] : example::kinds()) {
        INFO(name);
        auto const sealed = parties.sealed(parties.kiosk, request);
        auto const file = site.write("a.cms", base::to_text(sealed.sealed));
        auto const out = site.folder() / "out";
        REQUIRE(parties.open({file, "--id", sealed.id.text(), "--output", out}).exit_code == 0);
        check_documents(out);
        reading::Document const message{text_of(out / "request.xml")};
        auto const card = nlohmann::json::parse(text_of(out / "card.json"));
        auto const evidence = nlohmann::json::parse(text_of(out / "evidence.json"));
        CHECK(message.one(paths::root + "/hl7:id/@extension") == sealed.id.text());
        CHECK(card.at("request") == sealed.id.text());
        CHECK(evidence.at("request") == sealed.id.text());

        CHECK(message.one(paths::person + "/hl7:name/hl7:given") ==
              request.patient.given_name.view());
        CHECK(card.at("enrolled") == dmp::enrolled_person(request.card).position);
        CHECK(card.at("provisional") == request.card.provisional);
        bool const represented = request.representative.has_value();
        CHECK(message.count(paths::relationship) == (represented ? 1 : 0));
        CHECK(evidence.contains("representative") == represented);
        CHECK((evidence.at("consent_given_by") == "representative") == represented);
    }
}

TEST_CASE("what a minor's request says is printed whole", "[intake]") {
    Parties const parties;
    auto const sealed = parties.sealed(parties.kiosk, example::child());
    auto const file = parties.site.write("a.cms", base::to_text(sealed.sealed));
    auto const printed = parties.open({file, "--id", sealed.id.text()});
    REQUIRE(printed.exit_code == 0);
    CHECK_THAT(printed.output,
               Catch::Contains("<relationshipHolder1") && Catch::Contains("NATHALIE") &&
                   Catch::Contains(R"("childs_word":"too young")") &&
                   Catch::Contains(R"("authority_stated":true)") &&
                   Catch::Contains(R"("provisional":false)") && Catch::Contains(R"("enrolled":3)"));
}

TEST_CASE("what does not verify is not opened, and nothing of it is written or printed",
          "[intake]") {
    Parties const parties;
    auto const& site = parties.site;
    auto const sealed = parties.sealed(parties.kiosk);
    auto const stranger_ca = authority("Other CA");
    auto const stranger =
        pki::certify(pki::ec(), {.name = "kiosk-1", .key_usage = "digitalSignature"}, &stranger_ca);
    auto const foreign = parties.sealed(stranger);
    auto tampered = sealed.sealed;
    tampered[tampered.size() / 2] ^= 1;
    auto const out = site.folder() / "out";

    auto const refused = [&](base::Bytes const& content, crypto::Uuid const& id) {
        auto const file = site.write("a.cms", base::to_text(content));
        auto const printed = parties.open({file, "--id", id.text()});
        auto const written = parties.open({file, "--id", id.text(), "--output", out});
        CAPTURE(printed.output, written.output);
        CHECK_THAT(written.output, Catch::Contains("not opened: not_authentic"));
        CHECK(printed.output == written.output);
        return printed.exit_code == 1 && written.exit_code == 1 && files_in(out) == 0;
    };
    CHECK(refused(tampered, sealed.id));
    CHECK(refused(foreign.sealed, foreign.id));
    CHECK(refused(sealed.sealed, crypto::Uuid::random()));
    // The control: what all three differ from opens.
    auto const file = site.write("a.cms", base::to_text(sealed.sealed));
    CHECK(parties.open({file, "--id", sealed.id.text(), "--output", out}).exit_code == 0);
    CHECK(files_in(out) == 3);
}

TEST_CASE("with --all the rest is opened although one cannot be", "[intake]") {
    Parties const parties;
    auto const& site = parties.site;
    auto const good = parties.sealed(parties.kiosk);
    auto const bad = crypto::Uuid::random();
    RunningIntake const intake{site};
    REQUIRE(intake.kiosk_1().put(bad, random_body(3000)).status == 201);
    REQUIRE(intake.kiosk_1().put(good.id, good.sealed).status == 201);
    auto const all = site.folder() / "all";
    auto const ran = parties.open({"--config", site.config(), "--all", "--output", all});
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.output, Catch::Contains(bad.text() + ": not opened"));
    check_documents(all / good.id.text());
    CHECK(files_in(all) == 2);  // with groups.json, which names what was opened alone
    CHECK_THAT(text_of(all / "groups.json"),
               Catch::Contains(good.id.text()) && !Catch::Contains(bad.text()));
}

TEST_CASE("a folder of fetched files is opened as a whole where no intake runs", "[intake]") {
    Parties const parties;
    auto const& site = parties.site;
    auto const fetched = site.folder() / "fetched";
    std::filesystem::create_directory(fetched);
    auto const first = parties.sealed(parties.kiosk);
    auto const second = parties.sealed(parties.kiosk);
    for (auto const* sealed : {&first, &second})
        site.write("fetched/" + sealed->id.text() + ".cms", base::to_text(sealed->sealed));
    site.write("fetched/notes.txt", "not a request");

    auto const all = site.folder() / "all";
    REQUIRE(parties.open({fetched, "--all", "--output", all}).exit_code == 0);
    check_documents(all / first.id.text());
    check_documents(all / second.id.text());
    CHECK(files_in(all) == 3);  // with groups.json

    auto const one = site.folder() / "one";
    REQUIRE(parties.open({fetched, "--id", first.id.text(), "--output", one}).exit_code == 0);
    check_documents(one);

    auto const empty = site.folder() / "empty";
    std::filesystem::create_directory(empty);
    auto const ran = parties.open({empty, "--all", "--output", all});
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.output, Catch::Contains("empty: holds no UUID.cms of `fetch`"));
}

TEST_CASE("open refuses a key others may read and a wrong command line", "[intake]") {
    Parties const parties;
    std::filesystem::permissions(parties.key, std::filesystem::perms{0640});
    auto const id = crypto::Uuid::random().text();
    auto const ran = parties.open({"--config", parties.site.config(), "--id", id});
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.output, Catch::Contains("opening.key: other users may open this private key"));
    CHECK(parties.open({"--id", id}).exit_code != 0);
    CHECK(parties.open({"--config", parties.site.config(), "--all"}).exit_code != 0);
    CHECK(parties.open({"a.cms", "--all", "--output", "out"}).exit_code != 0);
}
