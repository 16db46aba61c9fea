// The real programs and a stick between them.
#include "tests/kiosk/carry/kiosk_program.hpp"

#include <sys/stat.h>

using namespace carry_tests;

namespace {

std::string carrier(Site const& site) {
    return "[carry]\nkiosk_ca = \"" + (site.folder() / "kiosk-ca.pem").native() + "\"\n";
}

dev_t device_of(fs::path const& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_dev;
}

bool nothing_waits(json const& status) { return status["waiting"] == 0; }

}  // namespace

TEST_CASE("what a stick brings to the receiver is in its audit log, once", "[carry]") {
    Site const site{"[audit]\nfile = \"audit.log\"\n"};
    TemporaryFolder const stick;
    KioskProgram kiosk{site, "kiosk-1"};
    auto const request = kiosk.enqueue();
    REQUIRE(kiosk.export_to(stick.path()).exit_code == 0);
    bool const running = GENERATE(true, false);  // the receiver's server
    {
        auto const intake = running ? std::make_unique<RunningIntake>(site) : nullptr;
        for (int i = 0; i < 2; ++i)
            REQUIRE(import_at_intake(site, stick / "bundle-kiosk-1-1").exit_code == 0);
    }
    auto const log = spooler_test::content_of(site.folder() / "audit.log");
    INFO(log);
    auto const count = [&](std::string const& act) {
        auto const member = "\"act\":\"" + act + "\"";
        int found = 0;
        for (auto at = log.find(member); at != std::string::npos; at = log.find(member, at + 1))
            ++found;
        return found;
    };
    CHECK(count("stored") == 1);
    CHECK(count("replayed") == 1);
    CHECK(contains(log, request.id.text()));
    CHECK(site.run({"audit", "verify", "--config", site.config()}).exit_code == 0);
}

TEST_CASE("a folder of this machine's own disk is written, and staff are told that it is no stick",
          "[carry]") {
    Site const site;
    KioskProgram kiosk{site, "kiosk-1"};
    auto const request = kiosk.enqueue();
    TemporaryFolder const elsewhere;  // in memory, another file system as a stick is
    TemporaryFolder const here{spooler_test::On::disk};
    if (device_of(elsewhere.path()) == device_of(here.path())) {
        WARN("no second file system here: what is no stick was not told from one");
        return;
    }
    CHECK_FALSE(contains(kiosk.export_to(elsewhere.path()).output, "ATTENTION"));
    auto const exported = kiosk.export_to(here.path());
    INFO(exported.output);
    CHECK(exported.exit_code == 0);
    CHECK(contains(exported.output, "is on this machine's own disk"));
    CHECK(fs::exists(here.path() / "bundle-kiosk-1-2"));
}

TEST_CASE("requests of a kiosk without network reach the receiver on a stick", "[carry]") {
    Site const site;
    TemporaryFolder const stick;
    KioskProgram kiosk{site, "kiosk-1"};
    auto const request = kiosk.enqueue();
    auto const other = kiosk.enqueue();
    auto const exported = kiosk.export_to(stick.path());
    INFO(exported.output);
    CHECK(exported.exit_code == 0);
    CHECK(exported.output.starts_with("bundle-kiosk-1-1: 2 requests.\nTake the stick to"));
    CHECK(kiosk.state(request) == "exported");
    CHECK(kiosk.status()["exported"] == 2);
    CHECK(kiosk.status()["balance"]["balanced"] == true);
    CHECK(contains(kiosk.run({"status"}).output, "2 of these are also on a stick"));

    bool const running = GENERATE(true, false);  // the receiver's server
    {
        auto const intake = running ? std::make_unique<RunningIntake>(site) : nullptr;
        auto const imported = import_at_intake(site, stick / "bundle-kiosk-1-1");
        INFO(imported.output);
        CHECK(imported.exit_code == 0);
        CHECK(contains(imported.output, "bundle-kiosk-1-1: 2 of 2 requests of kiosk-1 taken, 0 of "
                                        "them were here before.\n"));
        CHECK(contains(imported.output, "receipts-kiosk-1-1"));
    }
    auto const entries = received(site);
    REQUIRE(entries.size() == 2);
    CHECK(entries[0]["kiosk"] == "kiosk-1");
    CHECK(entries[0]["sha256"] == base::to_hex(request.sha256));

    auto const settled = kiosk.import(stick.path());
    CHECK(settled.exit_code == 0);
    CHECK(settled.output == "receipts-kiosk-1-1: 2 requests settled, 0 were before.\n");
    CHECK(kiosk.state(request) == "receipted");
    CHECK(kiosk.state(other) == "receipted");
    auto const status = kiosk.status();
    CHECK(status["waiting"] == 0);
    CHECK(status["receipted_today"] == 2);
    CHECK(status["balance"]["balanced"] == true);
    // As after a receipt on line the body is nowhere.
    kiosk.restart(nowhere);
    CHECK(spooler_test::occurrences(kiosk.data(), base::ByteView{request.sealed}.first(48)) == 0);
    CHECK(kiosk.import(stick.path()).output ==
          "receipts-kiosk-1-1: 0 requests settled, 2 were before.\n");
}

TEST_CASE("requests of a kiosk without network are sent by another kiosk", "[carry]") {
    Site const site;
    RunningIntake const intake{site};
    TemporaryFolder const stick;
    KioskProgram kiosk{site, "kiosk-1"};
    auto const request = kiosk.enqueue();
    REQUIRE(kiosk.export_to(stick.path()).exit_code == 0);

    KioskProgram online{site, "kiosk-2", intake.port(), carrier(site)};
    auto const own = online.enqueue();
    REQUIRE(online.eventually(nothing_waits));
    auto const before = online.status();
    auto const taken = online.import(stick.path());
    INFO(taken.output);
    CHECK(taken.exit_code == 0);
    CHECK(contains(taken.output, "bundle-kiosk-1-1: 1 of 1 requests taken"));
    REQUIRE(online.eventually([](json const& now) { return now["carried"]["to_return"] == 1; }));
    auto const after = online.status();
    CHECK(after["carried"]["waiting"] == 0);
    CHECK(after["balance"] == before["balance"]);
    CHECK(after["receipted_today"] == before["receipted_today"]);
    CHECK(online.state(request) == "unknown");
    CHECK(contains(online.run({"status"}).output, "1 receipts for other kiosks are to be taken"));
    CHECK(received(site).size() == 2);

    auto const returned = online.export_receipts(stick.path());
    CHECK(returned.output ==
          "receipts-kiosk-1-1: 1 receipts. Take the stick to kiosk-1 and run there: dmp-spooler "
          "import.\n");
    CHECK(online.export_receipts(stick.path()).output.starts_with("No receipt of another kiosk"));
    CHECK(kiosk.import(stick.path()).output ==
          "receipts-kiosk-1-1: 1 requests settled, 0 were before.\n");
    CHECK(kiosk.state(request) == "receipted");
    // A stick that got lost: the bundle is brought again, and its receipts are given again.
    fs::remove(stick / "receipts-kiosk-1-1");
    CHECK(online.import(stick.path()).exit_code == 0);
    CHECK(contains(online.export_receipts(stick.path()).output, "receipts-kiosk-1-1: 1 receipts"));
    CHECK(online.state(own) == "receipted");
}

TEST_CASE("a kiosk that was not told whose bundles to take takes none", "[carry]") {
    Site const site;
    TemporaryFolder const stick;
    KioskProgram kiosk{site, "kiosk-1"};
    kiosk.enqueue();
    REQUIRE(kiosk.export_to(stick.path()).exit_code == 0);
    KioskProgram const other{site, "kiosk-2"};
    auto const refused = other.import(stick.path());
    CHECK(refused.exit_code == 1);
    CHECK(refused.output == "bundle-kiosk-1-1: this kiosk takes no bundles of others: "
                            "carry.kiosk_ca is not set: nothing of it was taken\n");
    CHECK(other.status()["carried"]["waiting"] == 0);
    // Its own bundle goes elsewhere and is no mistake.
    CHECK(kiosk.import(stick.path()).output.starts_with("Nothing for kiosk-1 is there"));
}

TEST_CASE("by stick and then on line, or the other way round, is one record", "[carry]") {
    Site const site;
    RunningIntake const intake{site};
    TemporaryFolder const stick;
    KioskProgram kiosk{site, "kiosk-1"};
    auto const request = kiosk.enqueue();
    REQUIRE(kiosk.export_to(stick.path()).exit_code == 0);
    SECTION("the stick first") {
        REQUIRE(import_at_intake(site, stick.path()).exit_code == 0);
        kiosk.restart(intake.port());
        CHECK(kiosk.eventually(nothing_waits));
    }
    SECTION("the network first") {
        kiosk.restart(intake.port());
        CHECK(kiosk.eventually(nothing_waits));
        auto const imported = import_at_intake(site, stick.path());
        CHECK(imported.exit_code == 0);
        CHECK(contains(imported.output, "1 of 1 requests of kiosk-1 taken, 1 of them were here"));
    }
    SECTION("another kiosk first") {
        KioskProgram const online{site, "kiosk-2", intake.port(), carrier(site)};
        REQUIRE(online.import(stick.path()).exit_code == 0);
        CHECK(online.eventually([](json const& now) { return now["carried"]["to_return"] == 1; }));
        kiosk.restart(intake.port());
        CHECK(kiosk.eventually(nothing_waits));
    }
    SECTION("another kiosk last") {
        REQUIRE(import_at_intake(site, stick.path()).exit_code == 0);
        KioskProgram const online{site, "kiosk-2", intake.port(), carrier(site)};
        REQUIRE(online.import(stick.path()).exit_code == 0);
        CHECK(online.eventually([](json const& now) { return now["carried"]["to_return"] == 1; }));
        REQUIRE(online.export_receipts(stick.path()).exit_code == 0);
        CHECK(kiosk.import(stick.path()).exit_code == 0);
    }
    CHECK(kiosk.state(request) == "receipted");
    CHECK(kiosk.status()["conflicts"] == 0);
    CHECK(received(site).size() == 1);
}

TEST_CASE("export gives again what is still without receipt, and nothing else", "[carry]") {
    Site const site;
    TemporaryFolder const stick;
    TemporaryFolder const second;
    KioskProgram kiosk{site, "kiosk-1"};
    auto const none = kiosk.export_to(stick.path());
    CHECK(none.exit_code == 0);
    CHECK(none.output == "No request waits for a receipt: nothing was written.\n");
    CHECK(fs::is_empty(stick.path()));
    kiosk.enqueue();
    REQUIRE(kiosk.export_to(stick.path()).exit_code == 0);
    auto const later = kiosk.enqueue();
    CHECK(contains(kiosk.export_to(second.path()).output, "bundle-kiosk-1-2: 2 requests.\n"));
    CHECK(import_at_intake(site, stick.path()).exit_code == 0);
    REQUIRE(kiosk.import(stick.path()).exit_code == 0);
    CHECK(kiosk.state(later) == "exported");
    CHECK(contains(kiosk.export_to(second.path()).output, "bundle-kiosk-1-3: 1 requests.\n"));
    CHECK(import_at_intake(site, second.path()).exit_code == 0);
    CHECK(received(site).size() == 2);
    REQUIRE(kiosk.import(second.path()).exit_code == 0);
    CHECK(kiosk.status()["waiting"] == 0);
}

TEST_CASE("more requests than a bundle holds make several", "[carry]") {
    Site const site;
    TemporaryFolder const stick;
    KioskProgram kiosk{site, "kiosk-1"};
    for (int i = 0; i < 260; ++i)
        kiosk.enqueue();
    auto const exported = kiosk.export_to(stick.path());
    INFO(exported.output);
    CHECK(exported.output.starts_with(
        "bundle-kiosk-1-1: 256 requests.\nbundle-kiosk-1-2: 4 requests.\n"));
    CHECK(import_at_intake(site, stick.path()).exit_code == 0);
    CHECK(received(site).size() == 260);
    CHECK(kiosk.import(stick.path()).exit_code == 0);
    CHECK(kiosk.status()["receipted"] == 260);
}

TEST_CASE("a full stick is said to be full and nothing is marked", "[carry]") {
    Site const site;
    TemporaryFolder const stick;
    KioskProgram kiosk{site, "kiosk-1"};
    for (int i = 0; i < 12; ++i)
        kiosk.enqueue();
    auto const on_stick_of = [&](std::string const& size) {
        auto const mount = "mount -t tmpfs -o size=" + size + " none " + stick.path().native();
        return kiosk.run_in_shell(mount + " && " +
                                  kiosk.command_line("export --to " + stick.path().native()) +
                                  "; code=$?; ls " + stick.path().native() + "; exit $code");
    };
    if (kiosk.run_in_shell("mount -t tmpfs none " + stick.path().native()).exit_code != 0) {
        WARN("no user name spaces with mounts here: the full stick was not tried");
        return;
    }
    auto const full = on_stick_of("64k");
    INFO(full.output);
    CHECK(full.exit_code == 1);
    CHECK(contains(full.output, "the stick is full: make room on it or take another one. No "
                                "request of this bundle was marked as exported\n"));
    CHECK_FALSE(contains(full.output, "unfinished-kiosk-1\n"));
    CHECK(kiosk.status()["exported"] == 0);
    CHECK(kiosk.status()["waiting"] == 12);
    auto const enough = on_stick_of("1m");
    CHECK(enough.exit_code == 0);
    CHECK(contains(enough.output, "bundle-kiosk-1-1\n"));
    CHECK(kiosk.status()["exported"] == 12);
}

TEST_CASE("power lost before the mark leaves requests waiting, but none that could be cancelled",
          "[carry]") {
    Site const site;
    KioskProgram kiosk{site, "kiosk-1"};
    auto const request = kiosk.enqueue();
    auto const withdrawable = kiosk.enqueue();
    // What the command asks for, up to the mark.
    auto const piece = kiosk.ask({{"do", "export_next"}, {"after", 0}});
    REQUIRE(piece["id"] == request.id.text());
    auto const bundle = kiosk.ask({{"do", "export_sign"}, {"ids", {request.id.text()}}});
    REQUIRE(bundle["bundle"] == 1);
    kiosk.kill();
    kiosk.restart(nowhere);
    CHECK(kiosk.state(request) == "ready");
    CHECK(kiosk.state(withdrawable) == "ready");
    auto const again = kiosk.ask({{"do", "export_sign"}, {"ids", {request.id.text()}}});
    CHECK(again["bundle"] == 2);  // a number is given once
    REQUIRE(kiosk.ask({{"do", "export_done"}, {"ids", {request.id.text()}}})["ok"] == true);
    kiosk.kill();
    kiosk.restart(nowhere);
    CHECK(kiosk.state(request) == "exported");
    CHECK(kiosk.status()["waiting"] == 2);
}
