#include "kiosk/spooler/outcomes.hpp"

#include "kiosk/crypto/jws.hpp"
#include "kiosk/spooler/protocol.hpp"
#include "kiosk/spooler/salvage.hpp"
#include "kiosk/spooler/staff.hpp"
#include "kiosk/spooler/statistics.hpp"
#include "tests/kiosk/spooler/couriers.hpp"
#include "tests/kiosk/spooler/desk.hpp"
#include "tests/kiosk/spooler/opened_outbox.hpp"

#include <mutex>

#include <unistd.h>

using namespace spooler;
using namespace spooler_test;

namespace {

json answer(std::int64_t after, std::vector<json> const& told, std::int64_t next = 10) {
    return {{"typ", "outcomes"}, {"v", 1},        {"kiosk", kiosk_name}, {"after", after},
            {"next", next},      {"more", false}, {"outcomes", told}};
}

json told(crypto::Uuid const& id, std::string const& outcome) {
    return {{"id", id.text()}, {"outcome", outcome}};
}

std::string signed_by(json const& payload, fs::path const& key) {
    return crypto::sign_jws(payload.dump(), crypto::PrivateKey::read(key).value()).value();
}

std::int64_t position_in(std::string const& target) {
    return std::stoll(target.substr(target.find('=') + 1));
}

bool asks_outcomes(IntakeServer::Request const& request) {
    return request.target.starts_with("/v1/outcomes");
}

OutcomePage page(std::vector<OutcomePage::Told> told, std::int64_t next) {
    return {next, false, std::move(told)};
}

}  // namespace

TEST_CASE("only what the receiver signed for this kiosk and this question is believed",
          "[outcomes]") {
    auto const verifier = ReceiptVerifier::open(pki().receipt_public, kiosk_name).value();
    auto const id = crypto::Uuid::random();
    auto const good = answer(5, {told(id, "created")});
    auto const believed = [&](json const& payload) {
        return verifier.outcomes(signed_by(payload, pki().receipt_key), 5).has_value();
    };
    auto const page = verifier.outcomes(signed_by(good, pki().receipt_key), 5);
    REQUIRE(page);
    CHECK(page->next == 10);
    REQUIRE(page->told.size() == 1);
    CHECK(page->told[0].id == id);
    CHECK(page->told[0].outcome == DmpOutcome::created);

    CHECK_FALSE(verifier.outcomes(signed_by(good, pki().foreign_receipt_key), 5));
    CHECK_FALSE(verifier.outcomes(signed_by(good, pki().receipt_key), 6));  // an older answer
    CHECK_FALSE(verifier.outcomes("a.b.c", 5));
    auto tampered = signed_by(good, pki().receipt_key);
    tampered[tampered.size() / 2] = tampered[tampered.size() / 2] == 'A' ? 'B' : 'A';
    CHECK_FALSE(verifier.outcomes(tampered, 5));

    auto const changed = [&](char const* member, json const& value) {
        auto payload = good;
        payload[member] = value;
        return payload;
    };
    CHECK_FALSE(believed(changed("kiosk", "kiosk-0002")));
    CHECK_FALSE(believed(changed("typ", "receipt")));
    CHECK_FALSE(believed(changed("v", 2)));
    CHECK_FALSE(believed(changed("after", "5")));
    CHECK_FALSE(believed(changed("next", 4)));
    CHECK_FALSE(believed(changed("outcomes", "none")));
    CHECK_FALSE(believed(changed("outcomes", json::array({told(id, "opened")}))));
    CHECK_FALSE(believed(changed("outcomes", json::array({json::object()}))));
    for (auto const* member : {"typ", "v", "kiosk", "after", "next", "more", "outcomes"}) {
        auto payload = good;
        payload.erase(member);
        INFO(member);
        CHECK_FALSE(believed(payload));
    }
    CHECK(believed(good));  // the control
}

TEST_CASE("a receipt says nothing about outcomes, and what says it is no receipt", "[outcomes]") {
    auto const verifier = ReceiptVerifier::open(pki().receipt_public, kiosk_name).value();
    auto const request = sealed_request();
    auto const hash = base::to_hex(request.sha256);
    auto const receipt = signed_receipt(
        {.id = request.id.text(), .kiosk = kiosk_name, .sha256 = hash}, pki().receipt_key);
    REQUIRE(verifier.verify(receipt, request.id, request.sha256));
    CHECK_FALSE(verifier.outcomes(receipt, 0));
    auto const outcomes = signed_by(answer(0, {told(request.id, "created")}), pki().receipt_key);
    REQUIRE(verifier.outcomes(outcomes, 0));
    CHECK_FALSE(verifier.verify(outcomes, request.id, request.sha256));
}

TEST_CASE("an outcome is counted once on the day of its request, and outlives the request",
          "[outcomes]") {
    OpenedOutbox opened;
    auto const first = opened.enqueue();
    auto const second = opened.enqueue();
    REQUIRE(opened.outbox.receipted({{first.id, "receipt"}, {second.id, "receipt"}}));
    Outcomes outcomes{opened.database};
    CHECK(outcomes.awaited().value() == 2);
    opened.clock.advance(72h);
    auto const both =
        page({{first.id, DmpOutcome::created, ""}, {second.id, DmpOutcome::refused, "late"}}, 8);
    REQUIRE(outcomes.keep(both));
    REQUIRE(outcomes.keep(both));
    CHECK(outcomes.awaited().value() == 0);
    CHECK(outcomes.position().value() == 8);
    auto const of_day = outcomes.of("2026-06-17").value();
    CHECK(of_day.count(DmpOutcome::created) == 1);
    CHECK(of_day.count(DmpOutcome::refused) == 1);
    CHECK(of_day.count(DmpOutcome::already_open) == 0);
    CHECK(outcomes.of("2026-06-20")->count(DmpOutcome::created) == 0);

    opened.clock.advance(24h * 120);
    REQUIRE(opened.outbox.purge().value() == 2);
    REQUIRE(outcomes.keep(both));  // of ids that nobody knows any more
    CHECK(outcomes.of("2026-06-17")->count(DmpOutcome::created) == 1);
    CHECK(outcomes.of_all_days()->count(DmpOutcome::refused) == 1);
    CHECK(opened.outbox.balance()->balanced());
}

TEST_CASE("outcomes are carried over from a damaged file", "[outcomes]") {
    OpenedOutbox opened;
    auto const one = opened.enqueue();
    auto const other = opened.enqueue();
    REQUIRE(opened.outbox.receipted({{one.id, "receipt"}, {other.id, "receipt"}}));
    REQUIRE(Outcomes{opened.database}.keep(page({{one.id, DmpOutcome::created, ""}}, 3)));
    REQUIRE(opened.database.checkpoint());
    fs::create_directory(opened.folder / "aside");
    fs::copy_file(opened.folder / "outbox.db", opened.folder / "aside" / "outbox.db");
    TemporaryFolder const fresh_folder;
    auto fresh = database_in(fresh_folder.path());
    auto salvage = Salvage::open(opened.folder / "aside", "outbox.db", 1000);
    REQUIRE(salvage.carry_over_the_day(fresh));
    while (!salvage.done())
        REQUIRE(salvage.step(fresh, 64));
    Outcomes outcomes{fresh};
    CHECK(outcomes.awaited().value() == 1);
    CHECK(outcomes.position().value() == 3);
    CHECK(outcomes.of("2026-06-17")->count(DmpOutcome::created) == 1);
}

TEST_CASE("the spooler asks within minutes, then hourly, and on while there is more",
          "[outcomes]") {
    Desk desk;
    std::atomic<int> asked = 0;
    std::vector<crypto::Uuid> ids;
    std::mutex mutex;
    desk.server->script([&](IntakeServer& server, IntakeServer::Request const& request) {
        if (!asks_outcomes(request)) return server.take(request);
        std::lock_guard const lock{mutex};
        auto const after = position_in(request.target);
        ++asked;
        auto payload = answer(after, {}, after);
        if (after < static_cast<std::int64_t>(ids.size())) {
            auto const at = static_cast<std::size_t>(after);
            payload = answer(after, {told(ids[at], "created")}, after + 1);
            payload["more"] = at + 1 < ids.size();
        }
        return IntakeServer::Reply{.status = 200, .body = signed_by(payload, pki().receipt_key)};
    });
    desk.open_day();
    std::vector<crypto::Uuid> sent;
    for (int i = 0; i < 3; ++i)
        sent.push_back(desk.enqueue().id);
    REQUIRE(desk.eventually([](json const& status) { return status["receipted"] == 3; }));
    CHECK(asked == 0);

    desk.clock.advance(6min);
    REQUIRE(desk.eventually([&](json const&) { return asked == 1; }));
    {
        std::lock_guard const lock{mutex};
        ids = {sent[0], sent[1]};
    }
    desk.clock.advance(30min);
    for (int i = 0; i < 20; ++i)
        desk.status();
    CHECK(asked == 1);
    desk.clock.advance(31min);
    REQUIRE(desk.eventually([](json const& status) { return status["outcomes_awaited"] == 1; }));
    CHECK(asked == 3);
    {
        std::lock_guard const lock{mutex};
        ids.push_back(sent[2]);
    }
    desk.clock.advance(61min);
    REQUIRE(desk.eventually([](json const& status) { return status["outcomes_awaited"] == 0; }));
    CHECK(desk.status()["dmp"]["created"] == 3);

    // Nothing is awaited: nothing is asked.
    auto const before = asked.load();
    desk.clock.advance(3h);
    for (int i = 0; i < 20; ++i)
        desk.status();
    CHECK(asked == before);
    CHECK(desk.server->connections() == 1);
}

TEST_CASE("an answer that is not believed changes nothing, and requests go on", "[outcomes]") {
    Desk desk;
    std::atomic<int> asked = 0;
    desk.server->script([&](IntakeServer& server, IntakeServer::Request const& request) {
        if (!asks_outcomes(request)) return server.take(request);
        auto const payload = answer(0, {});
        switch (++asked) {
        case 1: return IntakeServer::Reply{.status = 404};
        case 2: return IntakeServer::Reply{.status = 200, .cut = true};
        default:
            return IntakeServer::Reply{.status = 200,
                                       .body = signed_by(payload, pki().foreign_receipt_key)};
        }
    });
    desk.open_day();
    desk.enqueue();
    REQUIRE(desk.eventually([](json const& status) { return status["receipted"] == 1; }));
    for (int i = 1; i <= 3; ++i) {
        desk.clock.advance(61min);
        REQUIRE(desk.eventually([&](json const&) { return asked == i; }));
    }
    desk.enqueue();
    REQUIRE(desk.eventually([](json const& status) { return status["receipted"] == 2; }));
    auto const status = desk.status();
    CHECK(status["outcomes_awaited"] == 2);
    CHECK(status["uplink"]["unproven"] == 0);
    CHECK(status["uplink"]["cause"].is_null());
}

TEST_CASE("staff read what became of the requests, and others no small number", "[outcomes]") {
    TestClock const clock;
    TemporaryFolder const folder;
    auto const settings =
        Settings::read(write_configuration(folder.path(), "https://intake.example.org"));
    auto spooler = Spooler::open(*settings, clock, [] { return 0.5; }).value();
    auto const staff = base::Peer{::geteuid(), 0, ::getpid()};
    auto const sentences = [&] {
        return status_sentences(reply_to(spooler, status_line, staff).line).value();
    };
    CHECK_THAT(sentences(), !Catch::Contains("DMP:"));
    REQUIRE(spooler.open_day("A1"));
    OutcomePage known{20, false, {}};
    for (int i = 0; i < 16; ++i) {
        auto const request = sealed_request();
        REQUIRE(spooler.enqueue(request));
        auto const outcome = i < 12   ? DmpOutcome::created
                             : i < 15 ? DmpOutcome::already_open
                                      : DmpOutcome::refused;
        known.told.push_back({request.id, outcome, ""});
    }
    CHECK_FALSE(spooler.note(known));
    CHECK_THAT(sentences(), Catch::Contains("DMP: 12 created, 3 were open already, 1 refused.\n"));

    auto const answered = reply_to(spooler, ledger_line(1), staff).line;
    CHECK_THAT(ledger_table(answered, Readers::site).value(),
               Catch::Contains("already_open") &&
                   Catch::Contains("2026-06-17       16               12                3         "
                                   "       0                1"));
    CHECK_THAT(ledger_table(answered, Readers::others).value(),
               Catch::Contains("2026-06-17       16               12               <5         "
                               "       0               <5"));
}
