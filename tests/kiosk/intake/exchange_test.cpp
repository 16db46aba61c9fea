// The way back of an outcome: the real receiver with its command line, and a whole spooler.
#include "tests/catch.hpp"
#include "tests/kiosk/intake/running_intake.hpp"
#include "tests/kiosk/spooler/desk.hpp"
#include "tests/kiosk/spooler/pki.hpp"

using intake_tests::RunningIntake;
using intake_tests::Site;
using namespace spooler_test;

namespace {

struct Exchange {
    Site site;
    RunningIntake intake{site};
    TestClock clock;
    TemporaryFolder folder{On::disk};
    fs::path configuration = configured();
    std::optional<Loop> loop{std::in_place, configuration, clock};

    fs::path configured() const {
        auto const file = write_configuration(folder.path(),
                                              "https://127.0.0.1:" + std::to_string(intake.port()));
        auto text = content_of(file);
        auto const replace = [&](std::string const& piece, std::string const& by) {
            auto const at = text.find(piece);
            REQUIRE(at != std::string::npos);
            text.replace(at, piece.size(), by);
        };
        replace(kiosk_name, "kiosk-1");
        replace(spooler_test::pki().authority.native(), (site.folder() / "server-ca.pem").native());
        replace(spooler_test::pki().client_key.native(), site.kiosk_1().key.native());
        replace(spooler_test::pki().client_certificate.native(),
                site.kiosk_1().certificate.native());
        replace(spooler_test::pki().receipt_public.native(),
                (site.folder() / "receipt.pub").native());
        write(file, text);
        return file;
    }
    json ask(std::string const& line) const {
        auto client = base::LineClient::connect(folder / "socket");
        REQUIRE(client);
        return Desk::ask(*client, line);
    }
    json status() const { return ask(R"({"do":"status"})"); }
    spooler::SealedRequest recorded() const {
        auto request = sealed_request();
        REQUIRE(ask(enqueue_line(request))["ok"] == true);
        return request;
    }
    template <class Condition>
    bool eventually(Condition const& condition) const {
        auto const deadline = std::chrono::steady_clock::now() + 20s;
        while (std::chrono::steady_clock::now() < deadline)
            if (condition(status())) return true;
        return false;
    }
    void tell(spooler::SealedRequest const& request, std::string const& outcome) const {
        REQUIRE(site.run({"outcome", "--config", site.config(), "--id", request.id.text(),
                          "--outcome", outcome})
                    .exit_code == 0);
    }
};

}  // namespace

TEST_CASE("what the DMP answered comes back to the kiosk that asked", "[exchange]") {
    Exchange exchange;
    REQUIRE(exchange.ask(R"({"do":"open_day","as":"A1"})")["ok"] == true);
    auto const first = exchange.recorded();
    auto const second = exchange.recorded();
    auto const third = exchange.recorded();
    REQUIRE(exchange.eventually([](json const& status) { return status["receipted"] == 3; }));
    CHECK(exchange.status()["outcomes_awaited"] == 3);

    exchange.tell(first, "created");
    exchange.tell(second, "already_open");
    exchange.clock.advance(6min);
    REQUIRE(
        exchange.eventually([](json const& status) { return status["outcomes_awaited"] == 1; }));
    CHECK(exchange.status()["dmp"] ==
          json{{"created", 1}, {"already_open", 1}, {"closed_earlier", 0}, {"refused", 0}});

    // The rest within the next hours, and nothing is counted twice, also after a restart.
    exchange.tell(third, "created");
    exchange.loop.reset();
    exchange.loop.emplace(exchange.configuration, exchange.clock);
    exchange.clock.advance(61min);
    REQUIRE(
        exchange.eventually([](json const& status) { return status["outcomes_awaited"] == 0; }));
    CHECK(exchange.status()["dmp"]["created"] == 2);
    auto const days = exchange.ask(R"({"do":"ledger","days":1})")["days"];
    CHECK(days[0]["dmp"]["created"] == 2);
    CHECK(days[0]["dmp"]["already_open"] == 1);
}
