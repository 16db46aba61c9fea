#include "kiosk/spooler/protocol.hpp"

#include "tests/kiosk/spooler/desk.hpp"

#include <algorithm>

#include <unistd.h>

using namespace spooler;
using namespace spooler_test;

namespace {

std::string error_of(json const& answer) {
    CHECK(answer["ok"] == false);
    CHECK(answer["detail"].is_string());
    return answer["error"];
}

}  // namespace

TEST_CASE("a request is recorded, sent, and its receipt kept", "[protocol]") {
    Desk desk;
    desk.open_day();
    auto const request = desk.enqueue();
    CHECK(desk.eventually(all_sent));
    CHECK(desk.state(request) == "receipted");
    CHECK(desk.server->stored() == 1);
    auto const status = desk.status();
    CHECK(status["receipted_today"] == 1);
    CHECK(status["uplink"]["state"] == "idle");
    CHECK(status["uplink"]["last_success"] == "2026-06-17T09:30:00+02:00");
    CHECK(desk.ask(enqueue_line(request)) ==
          json{{"ok", true}, {"state", "recorded"}, {"replay", true}});
    CHECK(desk.server->requests().size() == 1);
}

TEST_CASE("another body under the same id is a conflict on the socket", "[protocol]") {
    Desk desk;
    desk.open_day();
    auto const first = desk.enqueue();
    auto second = sealed_request();
    second.id = first.id;
    CHECK(error_of(desk.ask(enqueue_line(second))) == "conflict");
}

TEST_CASE("bad lines are answered and the connection goes on", "[protocol]") {
    Desk desk;
    desk.open_day();
    auto const good = json::parse(enqueue_line(sealed_request(100)));
    auto const with = [&](char const* key, json value) {
        auto changed = good;
        changed[key] = std::move(value);
        return changed.dump();
    };
    auto too_large = sealed_request(Outbox::largest_body + 1);
    for (auto const& line :
         std::vector<std::string>{"",
                                  "{",
                                  "[]",
                                  "null",
                                  "42",
                                  std::string(60000, '['),
                                  R"({"do":"dance"})",
                                  R"({"do":7})",
                                  R"({})",
                                  R"({"do":"ask"})",
                                  R"({"do":"ask","id":"1"})",
                                  R"({"do":"open_day"})",
                                  R"({"do":"session_ended"})",
                                  R"({"do":"session_ended","session":"1","outcome":"left"})",
                                  R"({"do":"session_ended","session":77,"outcome":"left"})",
                                  R"({"do":"session_ended","session":1,"outcome":"interrupted"})",
                                  R"({"do":"session_ended","session":1,"outcome":"bored"})",
                                  with("id", "00000000-0000-0000-0000-00000000000G"),
                                  with("id", 5),
                                  with("kind", "Creation!"),
                                  with("kind", ""),
                                  with("key_id", "xyz"),
                                  with("key_id", ""),
                                  with("sha256", std::string(64, '0')),
                                  with("sha256", "00"),
                                  with("sealed", "%%%"),
                                  with("sealed", ""),
                                  enqueue_line(too_large),
                                  "\xFF\xFE"}) {
        CAPTURE(line.substr(0, 80));
        CHECK(error_of(desk.ask(line)) == "bad_request");
    }
    auto largest = sealed_request(Outbox::largest_body);
    CHECK(desk.ask(enqueue_line(largest))["ok"] == true);
    CHECK(error_of(desk.ask(R"({"do":"open_day","as":"A7"})")) == "unknown_author");
}

TEST_CASE("only this user and root may open and close the day", "[protocol]") {
    Desk desk;
    desk.loop.reset();
    auto const settings = Settings::read(desk.configuration);
    REQUIRE(settings);
    auto spooler = Spooler::open(*settings, desk.clock, [] { return 0.5; });
    REQUIRE(spooler);
    base::Peer const stranger{::geteuid() + 1, 0, 0};
    for (auto const* line :
         {R"({"do":"open_day","as":"A1"})", R"({"do":"close_day"})", R"({"do":"retry_now"})"}) {
        CHECK(error_of(json::parse(reply_to(*spooler, line, stranger).line)) == "refused");
        auto const unknown = base::failure(base::Errc::connection_lost);
        CHECK(error_of(json::parse(reply_to(*spooler, line, unknown).line)) == "refused");
        CHECK(json::parse(reply_to(*spooler, line, base::Peer{::geteuid(), 0, 0}).line)["ok"] ==
              true);
        CHECK(json::parse(reply_to(*spooler, line, base::Peer{0, 0, 0}).line)["ok"] == true);
    }
}

TEST_CASE("sessions and their ends are counted over the socket", "[protocol]") {
    Desk desk;
    CHECK(error_of(desk.ask(R"({"do":"session_started"})")) == "closed");
    desk.open_day();
    auto const started = desk.ask(R"({"do":"session_started"})");
    REQUIRE(started["ok"] == true);
    auto const session = started["session"].get<int>();
    CHECK(
        desk.ask(json{{"do", "session_ended"}, {"session", session}, {"outcome", "thought_it_over"}}
                     .dump())["ok"] == true);
    REQUIRE(desk.ask(R"({"do":"session_started"})")["ok"] == true);
    CHECK(desk.status()["ledger"]["running"] == 1);
    desk.start();  // a restart in the middle of a session
    auto const ledger = desk.status()["ledger"];
    CHECK(ledger["started"] == 2);
    CHECK(ledger["thought_it_over"] == 1);
    CHECK(ledger["interrupted"] == 1);
    CHECK(ledger["running"] == 0);
}

TEST_CASE("who watches hears of every change and need not ask", "[protocol]") {
    Desk desk;
    auto watcher = desk.connect();
    auto const first = Desk::ask(watcher, R"({"do":"watch"})");
    CHECK(first["accepts"] == true);
    CHECK(first["day"]["open"] == false);
    auto const next = [&] { return json::parse(watcher.receive(5s).value()); };

    desk.open_day();
    auto event = next();
    CHECK(event["event"] == "status");
    CHECK(event["accepts"] == true);
    CHECK(event["reason"].is_null());
    CHECK(event["day"]["author"] == "A1");
    CHECK(event["day"]["closes_at"] == "2026-06-17T19:00:00+02:00");

    REQUIRE(desk.ask(R"({"do":"open_day","as":"A2"})")["ok"] == true);
    CHECK(next()["day"]["author"] == "A2");

    desk.clock.set_calendar(local_time(2026, 6, 17, 19, 0));
    static_cast<void>(desk.status());
    CHECK(next()["day"]["open"] == false);

    // What changes nothing for the kiosk is not told.
    desk.open_day();
    CHECK(next()["day"]["open"] == true);
    desk.enqueue();
    CHECK(desk.eventually(all_sent));
    auto const silence = watcher.receive(50ms);
    REQUIRE_FALSE(silence);
    CHECK(silence.error().code == base::Errc::timed_out);
}

TEST_CASE("a server that is away, overloaded, then back loses and doubles nothing", "[protocol]") {
    Desk desk;
    desk.open_day();
    desk.server->script([](IntakeServer&, IntakeServer::Request const&) {
        return IntakeServer::Reply{.status = 503, .retry_after = "60"};
    });
    std::vector<SealedRequest> requests;
    for (int i = 0; i < 20; ++i)
        requests.push_back(desk.enqueue());
    CHECK(desk.eventually([](json const& s) { return s["uplink"]["state"] == "waiting"; }));
    auto const status = desk.status();
    CHECK(status["uplink"]["next_try_s"] == 90);  // 60 and half of as much jitter
    CHECK(status["uplink"]["last_error"] == "HTTP 503");
    CHECK(status["waiting"] == 20);
    // One 503 stopped them all.
    CHECK(desk.server->requests().size() == 1);
    desk.clock.advance(89s);
    static_cast<void>(desk.status());
    CHECK(desk.server->requests().size() == 1);

    // Now each is stored, but every third answer is cut off after that.
    desk.server->script([](IntakeServer& here, IntakeServer::Request const& request) {
        auto reply = here.take(request);
        reply.cut = request.number % 3 == 0;
        return reply;
    });
    CHECK(desk.eventually([&](json const& s) {
        desk.clock.advance(1s);
        return all_sent(s);
    }));
    CHECK(desk.server->stored() == 20);
    CHECK(desk.server->requests().size() > 20);
    for (auto const& request : requests)
        CHECK(desk.state(request) == "receipted");
}

TEST_CASE("an untrue receipt leaves the body in the outbox", "[protocol]") {
    Desk desk;
    desk.open_day();
    desk.server->script([](IntakeServer&, IntakeServer::Request const&) {
        return IntakeServer::Reply{200, "<html>guest network</html>"};
    });
    auto const request = desk.enqueue();
    CHECK(desk.eventually([](json const& s) { return s["uplink"]["state"] == "captive"; }));
    auto const status = desk.status();
    CHECK(status["uplink"]["unproven"] == 1);
    CHECK(status["waiting"] == 1);
    CHECK(desk.state(request) == "ready");
    desk.server->script([](IntakeServer& here, auto const& seen) { return here.take(seen); });
    CHECK(desk.ask(R"({"do":"retry_now"})")["ok"] == true);
    CHECK(desk.eventually(all_sent));
}

TEST_CASE("what the receiver refuses is parked and the others go on", "[protocol]") {
    Desk desk;
    desk.open_day();
    desk.server->script([](IntakeServer& here, IntakeServer::Request const& request) {
        if (request.number == 1) return IntakeServer::Reply{409};
        if (request.number == 2) return IntakeServer::Reply{422};
        return here.take(request);
    });
    std::vector<SealedRequest> requests;
    for (int i = 0; i < 5; ++i)
        requests.push_back(desk.enqueue());
    CHECK(desk.eventually(all_sent));
    auto const status = desk.status();
    CHECK(status["parked"] == 2);
    CHECK(status["conflicts"] == 1);
    CHECK(status["requests_today"]["recorded"] == 5);
    CHECK(status["requests_today"]["receipted"] == 3);
    CHECK(std::ranges::count_if(requests,
                                [&](auto const& r) { return desk.state(r) == "parked"; }) == 2);
}

TEST_CASE("the loop ends at once, also while a receiver does not answer", "[protocol]") {
    Desk desk;
    desk.open_day();
    std::atomic<bool> arrived = false;
    std::atomic<bool> may_end = false;
    desk.server->script([&](IntakeServer&, IntakeServer::Request const&) {
        arrived = true;
        arrived.notify_all();
        may_end.wait(false);
        return IntakeServer::Reply{.status = 500, .cut = true};
    });
    auto const request = desk.enqueue();
    arrived.wait(false);
    auto const begin = std::chrono::steady_clock::now();
    CHECK(desk.loop->stop());
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
    may_end = true;
    may_end.notify_all();
    CHECK_FALSE(fs::exists(desk.folder / "socket"));
    desk.start();
    CHECK(desk.state(request) != "unknown");
}

TEST_CASE("a second spooler on the same socket does not start", "[protocol]") {
    Desk desk;
    auto const settings = Settings::read(desk.configuration);
    REQUIRE(settings);
    CHECK_FALSE(Daemon::open(*settings, desk.clock, [] { return 0.5; }));
    desk.open_day();  // the first is not disturbed
    desk.enqueue();
}
