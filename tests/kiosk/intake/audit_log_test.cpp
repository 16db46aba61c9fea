#include "kiosk/intake/audit_log.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/intake/largest_file.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

#include <fstream>

using namespace intake;
using base::Errc;
using intake_tests::LargestFile;
using intake_tests::text_of;

namespace {

struct Folder {
    pki::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "audit.log";

    AuditLog open(std::optional<AuditHead> const& kept = std::nullopt) const {
        auto log = AuditLog::open(file, kept);
        if (!log) FAIL(log.error().detail);
        return std::move(*log);
    }
    AuditFinding check(std::optional<AuditHead> const& kept = std::nullopt) const {
        std::ifstream content{file, std::ios::binary};
        return check_audit(content, kept);
    }
    std::size_t others() const {  // files beside the log
        auto const all = std::distance(std::filesystem::directory_iterator{folder.path()}, {});
        return static_cast<std::size_t>(all) - 1;
    }
};

AuditHead write(AuditLog& log, int lines) {
    for (int i = 0; i < lines; ++i)
        log.add({.act = "stored", .kiosk = "kiosk-1", .id = crypto::Uuid::random().text()});
    REQUIRE(log.write());
    return log.head();
}

}  // namespace

TEST_CASE("a log goes on where it ended, in the same file or in a new one", "[audit]") {
    Folder const here;
    AuditHead head;
    {
        auto log = here.open();
        head = write(log, 3);
        CHECK(head.seq == 4);  // with the line that says that it began
        CHECK(std::filesystem::status(here.file).permissions() == std::filesystem::perms{0600});
    }
    {
        auto log = here.open(head);
        CHECK(log.head().seq == head.seq);
        head = write(log, 2);
    }
    CHECK_FALSE(here.check(head).fault);
    CHECK(here.check().head.seq == 6);

    std::filesystem::rename(here.file, here.folder.path() / "audit.log.1");
    {
        auto log = here.open(head);
        CHECK(log.head().seq == 7);
        write(log, 1);
    }
    auto const second = here.check();
    CHECK_FALSE(second.fault);
    CHECK(second.first == 7);
    CHECK_THAT(text_of(here.file), Catch::Contains("goes on after line 6"));
}

TEST_CASE("what a power cut tore is set aside, and the log says so and goes on", "[audit]") {
    for (auto const& torn : {std::string{R"({"seq":)"}, std::string(4096, '\0'),
                             std::string{"{}\n"}, std::string{R"({"seq":5,"time":"20)"}}) {
        Folder const here;
        AuditHead head;
        {
            auto log = here.open();
            head = write(log, 3);
        }
        auto const whole = text_of(here.file);
        std::ofstream{here.file, std::ios::app} << torn;
        auto const damaged = text_of(here.file);
        {
            auto log = here.open(head);
            write(log, 1);
        }
        auto const mended = text_of(here.file);
        CHECK(mended.starts_with(whole));
        CHECK_THAT(mended, Catch::Contains(R"("act":"mended")") && Catch::Contains("torn-5"));
        CHECK_FALSE(here.check(head).fault);
        CHECK(text_of(here.file.native() + ".torn-5") == damaged.substr(whole.size()));
    }
}

TEST_CASE("a batch torn in its middle is set aside whole behind the head that was kept",
          "[audit]") {
    Folder const here;
    AuditHead head;
    {
        auto log = here.open();
        head = write(log, 2);
        write(log, 5);
    }
    auto text = text_of(here.file);
    text[static_cast<std::size_t>(head.begin) + 400] = '\0';  // within the batch after the head
    std::ofstream{here.file} << text;
    auto log = here.open(head);
    write(log, 1);
    CHECK_FALSE(here.check(head).fault);
    CHECK(here.others() == 1);
}

TEST_CASE("a log that was cut or changed before what was kept is not gone on with", "[audit]") {
    Folder const here;
    AuditHead head;
    {
        auto log = here.open();
        head = write(log, 5);
    }
    auto const whole = text_of(here.file);
    auto const refused = [&](std::string const& text) {
        std::ofstream{here.file} << text;
        auto const log = AuditLog::open(here.file, head);
        CHECK(text_of(here.file) == text);  // left for examination
        CHECK(here.others() == 0);
        return !log && log.error().code == Errc::storage_damaged;
    };
    auto const last_line = whole.rfind('\n', whole.size() - 2) + 1;
    CHECK(refused(whole.substr(0, last_line)));
    CHECK(refused(whole.substr(0, last_line + 10)));
    auto changed = whole;
    changed[last_line + 30] ^= 1;
    CHECK(refused(changed));
    CHECK(refused("another file\n"));
    std::ofstream{here.file} << whole;
    CHECK(AuditLog::open(here.file, head));  // the control
}

TEST_CASE("without a head the whole log is read before it is gone on with", "[audit]") {
    Folder const here;
    {
        auto log = here.open();
        write(log, 5);
    }
    auto const whole = text_of(here.file);
    auto changed = whole;
    changed[whole.size() / 2] ^= 1;
    std::ofstream{here.file} << changed;
    CHECK(AuditLog::open(here.file, std::nullopt).error().code == Errc::storage_damaged);
    std::ofstream{here.file} << whole;
    CHECK(AuditLog::open(here.file, std::nullopt));
}

TEST_CASE("one program at a time writes a log", "[audit]") {
    Folder const here;
    auto const log = here.open();
    CHECK(AuditLog::open(here.file, std::nullopt).error().code == Errc::conflict);
}

TEST_CASE("a batch that finds no room leaves nothing, and the next one follows what was there",
          "[audit]") {
    Folder const here;
    auto log = here.open();
    auto const head = write(log, 2);
    auto const before = text_of(here.file);
    {
        LargestFile const limit{before.size() + 100};
        log.add({.act = "stored"});
        log.add({.act = "stored"});
        CHECK_FALSE(log.write());
    }
    CHECK(text_of(here.file) == before);
    CHECK(log.head().seq == head.seq);
    CHECK(write(log, 1).seq == head.seq + 1);
    CHECK_FALSE(here.check(log.head()).fault);
}
