#include "kiosk/spooler/staff.hpp"

#include "kiosk/crypto/reference_number.hpp"
#include "kiosk/spooler/protocol.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <cctype>

#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace spooler;
using namespace spooler_test;
using nlohmann::json;

namespace {

struct Running {
    TestClock clock;
    TemporaryFolder folder;
    Spooler spooler = open();

    Spooler open() {
        auto const settings =
            Settings::read(write_configuration(folder.path(), "https://intake.example.org"));
        REQUIRE(settings);
        return std::move(*Spooler::open(*settings, clock, [] { return 0.5; }));
    }
    json status() { return json::parse(ask(status_line)); }
    std::string ask(std::string const& line) {
        return reply_to(spooler, line, base::Peer{::geteuid(), 0, ::getpid()}).line;
    }
};

std::string sentences(json const& status) {
    auto const text = status_sentences(status.dump());
    REQUIRE(text);
    return *text;
}

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("staff read how many wait, since when, and that none was lost", "[staff]") {
    Running running;
    CHECK(contains(sentences(running.status()), "0 waiting, none lost.\n"));
    REQUIRE(running.spooler.open_day("A1"));
    for (int i = 0; i < 12; ++i)
        REQUIRE(running.spooler.enqueue(sealed_request()));
    running.clock.advance(2h);
    auto const text = sentences(running.status());
    CHECK(text.starts_with("12 waiting, oldest 2 h, none lost.\n"));
    CHECK(contains(text, "The day is open for A1 until 2026-06-17 19:00.\n"));
}

TEST_CASE("staff read what is wrong and what to do", "[staff]") {
    Running running;
    auto const good = running.status();
    CHECK(contains(sentences(good), "dmp-spooler open-day --as ID"));
    auto const with = [&](std::string const& pointer, json value) {
        auto changed = good;
        changed[json::json_pointer{pointer}] = std::move(value);
        return sentences(changed);
    };
    CHECK(contains(with("/parked", 2), "2 refused by the receiver"));
    CHECK(contains(with("/conflicts", 1), "ALARM"));
    CHECK(contains(with("/damaged", 3), "at most 3 lost"));
    CHECK(contains(with("/damaged_countable", false), "some lost"));
    CHECK(contains(with("/reason", "full"), "no room left"));
    CHECK(contains(with("/reason", "too_old"), "waited too long"));
    CHECK(contains(with("/reason", "damaged"), "disk does not work"));
    CHECK(contains(with("/used_percent", 80), "80 % full"));
    CHECK(contains(with("/exported", 3), "3 of these are also on a stick"));
    CHECK(contains(with("/carried/waiting", 4), "4 of other kiosks wait to be sent from here"));
    CHECK(contains(with("/carried/to_return", 5), "export-receipts --to STICK"));
    CHECK(contains(with("/carried/refused", 6), "6 of other kiosks were refused"));
    CHECK_FALSE(contains(sentences(good), "stick"));
    CHECK_FALSE(contains(sentences(good), "other kiosks"));
    CHECK(contains(with("/waiting_too_long", true), "longer than it should"));
    CHECK(contains(with("/uplink/cause", "no_link"), "has no network"));
    CHECK(contains(with("/uplink/cause", "name_not_found"), "does not know the receiver's name"));
    CHECK(contains(with("/uplink/cause", "no_answer"), "does not answer"));
    CHECK(contains(with("/uplink/cause", "clock"), "Compare its clock"));
    CHECK(contains(with("/uplink/cause", "stranger"), "something other than the receiver"));
    CHECK(contains(with("/uplink/cause", "refused"), "does not accept this kiosk"));
    CHECK(contains(with("/uplink/cause", "busy"), "asks to come later"));
    CHECK(contains(with("/uplink/cause", "rejected"), "refused a request"));
    CHECK(contains(with("/uplink/cause", "broken"), "has a fault"));
    CHECK(contains(with("/uplink/cause", "later version"), "no success at the last try"));
    CHECK_FALSE(contains(sentences(good), "ALARM"));
}

TEST_CASE("a request is withdrawn by its reference, as a person writes it", "[staff]") {
    Running running;
    REQUIRE(running.spooler.open_day("A1"));
    auto const request = sealed_request();
    REQUIRE(running.spooler.enqueue(request));
    auto written = crypto::reference_number(request.id);
    for (auto& byte : written)
        byte = static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
    written.insert(5, " ");
    auto const text = withdrawn_sentence(running.ask(withdraw_line(written)));
    REQUIRE(text);
    CHECK(contains(*text, "is erased"));
    CHECK(running.spooler.find(request.id).value() == RequestState::cancelled);
    CHECK(contains(*withdrawn_sentence(running.ask(withdraw_line("23456 789AB"))), "No request"));
}

TEST_CASE("staff are told when requests are nowhere", "[staff]") {
    Running running;
    auto status = running.status();
    CHECK_FALSE(contains(sentences(status), "nowhere"));
    status["balance"]["recorded"] = 7;
    status["balance"]["balanced"] = false;
    CHECK(contains(sentences(status), "ALARM: of 7 requests recorded some are nowhere"));
}

TEST_CASE("an answer that is none is an error, not a crash", "[staff]") {
    for (auto const* answer : {"", "[]", "{}", R"({"ok":true,"waiting":"many"})"})
        CHECK_FALSE(status_sentences(answer));
    CHECK_FALSE(opened_sentence("{}"));
}

TEST_CASE("an id with quotes stays one field", "[staff]") {
    CHECK(json::parse(open_day_line("a\"b\\"))["as"] == "a\"b\\");
}
