#include "kiosk/intake/audited_store.hpp"

#include "kiosk/intake/sqlite_store.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/intake/largest_file.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

using namespace intake;
using base::Errc;
using crypto::Uuid;
using intake_tests::LargestFile;
using intake_tests::random_body;

namespace {

struct Audited {
    pki::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "audit.log";
    std::unique_ptr<AuditedStore> store = open();

    std::unique_ptr<AuditedStore> open() const {
        auto inner = SqliteStore::open(folder.path() / "intake.db", 0).value();
        auto const kept = inner->audit_head().value();
        return std::make_unique<AuditedStore>(std::move(inner), AuditLog::open(file, kept).value());
    }
    base::Result<Outcome> put(Arrival const& arrival) { return store->put({&arrival, 1}).front(); }

    // "act result" of the lines about an id.
    std::vector<std::string> lines_of(Uuid const& id) const {
        std::vector<std::string> lines;
        std::ifstream log{file};
        for (std::string line; std::getline(log, line);) {
            auto const json = nlohmann::json::parse(line);
            if (json.at("id") == id.text())
                lines.push_back(json.at("act").get<std::string>() + " " +
                                json.at("result").get<std::string>());
        }
        return lines;
    }
};

Arrival arrival(Uuid const& id, base::Bytes const& body) {
    return {id, "kiosk-1", crypto::sha256(body), "2026-11-21T10:00:00Z", "a.b.c", body};
}

}  // namespace

TEST_CASE("what the store keeps and gives out is in the log when the answer is there", "[audit]") {
    Audited audited;
    auto const id = Uuid::random();
    auto const body = random_body(3000);
    REQUIRE(audited.put(arrival(id, body)));
    CHECK(audited.lines_of(id) == std::vector<std::string>{"stored "});
    REQUIRE(audited.put(arrival(id, body)));
    REQUIRE(audited.put(arrival(id, random_body(3000)))->kind == Outcome::Kind::conflicting);
    REQUIRE(audited.store->fetch(id));
    DmpOutcome const refused{id, DmpOutcome::Kind::refused, "unknown_identity"};
    REQUIRE(audited.store->tell({&refused, 1}).front());
    DmpOutcome const created{id, DmpOutcome::Kind::created};
    CHECK_FALSE(audited.store->tell({&created, 1}).front());
    CHECK(audited.lines_of(id) == std::vector<std::string>{"stored ", "replayed ",
                                                           "refused conflict", "fetched ",
                                                           "outcome refused (unknown_identity)",
                                                           "refused outcome: conflict"});
    auto const never = Uuid::random();
    CHECK_FALSE(audited.store->fetch(never));
    CHECK(audited.lines_of(never) == std::vector<std::string>{"fetched not given: file_missing"});
}

TEST_CASE("the store keeps the head, so that a log cut off behind it is found", "[audit]") {
    Audited audited;
    auto const id = Uuid::random();
    REQUIRE(audited.put(arrival(id, random_body(3000))));
    audited.store->settle();
    audited.store.reset();
    auto const store = SqliteStore::open(audited.folder.path() / "intake.db", 0).value();
    auto const kept = store->audit_head().value();
    REQUIRE(kept);
    auto const text = intake_tests::text_of(audited.file);
    auto const finding = [&](std::string const& content) {
        std::istringstream stream{content};
        return check_audit(stream, kept).fault;
    };
    CHECK_FALSE(finding(text));
    CHECK(finding(text.substr(0, text.rfind('\n', text.size() - 2) + 1)));
}

TEST_CASE("what cannot be logged gets no receipt and comes again", "[audit]") {
    Audited audited;
    auto const id = Uuid::random();
    auto const one = arrival(id, random_body(3000));
    {
        // A log much longer than the store's files: at its size they still have room to grow.
        for (int i = 0; i < 2000; ++i)
            audited.store->note({.act = "refused", .result = "not_found"});
        audited.store->settle();
        LargestFile const limit{std::filesystem::file_size(audited.file)};
        auto const refused = audited.put(one);
        CHECK_THAT(refused.error().detail, Catch::Contains("audit log cannot be written"));
    }
    CHECK(audited.lines_of(id).empty());
    CHECK(audited.put(one)->kind == Outcome::Kind::replayed);
    CHECK(audited.lines_of(id).size() == 1);
}

TEST_CASE("notes wait for the next act or a quiet moment", "[audit]") {
    Audited audited;
    auto const id = Uuid::random();
    audited.store->note({.act = "refused", .kiosk = "kiosk-1", .id = id.text(), .result = "empty"});
    CHECK(audited.lines_of(id).empty());
    audited.store->settle();
    CHECK(audited.lines_of(id) == std::vector<std::string>{"refused empty"});
}
