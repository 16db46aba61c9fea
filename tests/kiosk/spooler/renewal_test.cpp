// The kiosk's TLS key and certificate are replaced while it runs, before the real receiver.
#include "tests/kiosk/intake/running_intake.hpp"
#include "tests/kiosk/spooler/desk.hpp"
#include "tests/kiosk/spooler/pki.hpp"

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;

namespace {

void replace(std::string& text, std::string const& piece, std::string const& by) {
    auto const found = text.find(piece);
    REQUIRE(found != std::string::npos);
    text.replace(found, piece.size(), by);
}

// Two pairs of the same kiosk from the same authority, each in a folder of its own, and a link to
// the one in use: renaming another link onto it replaces key and certificate in one step.
struct Renewed {
    intake_tests::Site site;
    ::pki::Party old_pair = pair();
    ::pki::Party new_pair = pair();
    std::optional<intake_tests::RunningIntake> intake{std::in_place, site};
    std::uint16_t port = intake->port();
    TemporaryFolder folder{On::disk};
    fs::path configuration;
    TestClock clock;
    std::optional<Loop> loop;
    std::optional<base::LineClient> client;

    Renewed() {
        site.change("port = 0", "port = " + std::to_string(port));
        lay_down(old_pair, "tls-old");
        lay_down(new_pair, "tls-new");
        use("tls-old");
        configuration =
            write_configuration(folder.path(), "https://127.0.0.1:" + std::to_string(port));
        auto text = content_of(configuration);
        replace(text, kiosk_name, "kiosk-1");
        replace(text, spooler_test::pki().authority, site.folder() / "server-ca.pem");
        replace(text, spooler_test::pki().client_key, "tls/key.pem");
        replace(text, spooler_test::pki().client_certificate, "tls/certificate.pem");
        replace(text, spooler_test::pki().receipt_public, site.folder() / "receipt.pub");
        write(configuration, text);
    }
    ::pki::Party pair() const {
        return ::pki::certify(::pki::ec(), {.name = "kiosk-1", .extended_key_usage = "clientAuth"},
                              &site.kiosk_ca());
    }
    void lay_down(::pki::Party const& party, std::string const& name) const {
        fs::create_directory(folder / name);
        for (auto const& [file, text] : {std::pair{"key.pem", party.key_pem()},
                                         {"certificate.pem", party.certificate_pem()}}) {
            write(folder.path() / name / file, text);
            fs::permissions(folder.path() / name / file, fs::perms::owner_read);
        }
    }
    void use(std::string const& name) const {
        fs::remove(folder / "tls.next");
        fs::create_directory_symlink(name, folder / "tls.next");
        fs::rename(folder / "tls.next", folder / "tls");
    }
    Intake settings() const { return Settings::read(configuration).value().intake; }

    void start() {
        loop.emplace(configuration, clock);
        client.emplace(base::LineClient::connect(folder / "socket").value());
        REQUIRE(Desk::ask(*client, R"({"do":"open_day","as":"A1"})")["ok"] == true);
    }
    void record(int count) {
        for (int i = 0; i < count; ++i)
            REQUIRE(Desk::ask(*client, enqueue_line(sealed_request()))["ok"] == true);
    }
    json status() { return Desk::ask(*client, R"({"do":"status"})"); }
    template <class Condition>
    bool eventually(Condition const& condition) {
        auto const deadline = std::chrono::steady_clock::now() + 10s;
        while (std::chrono::steady_clock::now() < deadline)
            if (condition(status())) return true;
        return false;
    }
    bool all_receipted(int count) {
        REQUIRE(Desk::ask(*client, R"({"do":"retry_now"})")["ok"] == true);
        return eventually([&](json const& now) { return now["receipted"] == count; });
    }
    // Ends every kept connection; the new receiver may no longer accept the old certificate.
    void restart_intake(bool old_is_revoked) {
        intake.reset();
        if (old_is_revoked) {
            site.write("kiosk-ca.crl", ::pki::revocation_list(site.kiosk_ca(), {old_pair}));
            site.change("client_ca = \"kiosk-ca.pem\"",
                        "client_ca = \"kiosk-ca.pem\"\nrevoked = \"kiosk-ca.crl\"");
        }
        intake.emplace(site);
    }
};

}  // namespace

TEST_CASE("a renewed certificate is taken up without a restart, and the old one serves until then",
          "[renewal]") {
    Renewed kiosk;
    kiosk.start();
    kiosk.record(10);
    REQUIRE(kiosk.all_receipted(10));
    kiosk.use("tls-new");
    kiosk.record(10);  // over the kept connection, still by the old one
    REQUIRE(kiosk.all_receipted(20));
    kiosk.restart_intake(true);
    kiosk.record(10);
    REQUIRE(kiosk.all_receipted(30));
    CHECK(kiosk.status()["uplink"]["unproven"] == 0);
    CHECK(kiosk.status()["balance"]["balanced"] == true);
}

TEST_CASE("control: without the renewal the same receiver refuses, and the renewal ends it",
          "[renewal]") {
    Renewed kiosk;
    kiosk.start();
    kiosk.restart_intake(true);
    kiosk.record(10);
    REQUIRE(kiosk.eventually([](json const& now) { return now["uplink"]["cause"] == "refused"; }));
    CHECK(kiosk.status()["waiting"] == 10);
    kiosk.use("tls-new");
    CHECK(kiosk.all_receipted(10));
}

TEST_CASE("half a renewal is named, sends nothing, loses nothing and stops a start", "[renewal]") {
    Renewed kiosk;
    kiosk.start();
    fs::remove(kiosk.folder.path() / "tls-old" / "key.pem");
    fs::copy_file(kiosk.folder.path() / "tls-new" / "key.pem",
                  kiosk.folder.path() / "tls-old" / "key.pem");
    kiosk.record(5);
    REQUIRE(
        kiosk.eventually([](json const& now) { return now["uplink"]["cause"] == "certificate"; }));
    CHECK(kiosk.status()["waiting"] == 5);
    auto const refused = Settings::read(kiosk.configuration);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail.find("intake.client_certificate: does not belong to client_key") !=
          std::string::npos);
    kiosk.use("tls-new");
    CHECK(kiosk.all_receipted(5));
}

TEST_CASE("at no moment of a renewal does the receiver see a certificate that is not valid",
          "[renewal]") {
    Renewed kiosk;
    auto const intake = kiosk.settings();
    auto const receipts = Settings::read(kiosk.configuration).value().receipts;
    std::atomic<bool> done = false;
    std::atomic<int> renewals = 0;
    std::thread renewing{[&] {
        while (!done) {
            kiosk.use(renewals % 2 == 0 ? "tls-new" : "tls-old");
            ++renewals;
        }
    }};
    for (int i = 0; i < 60; ++i) {
        auto request = sealed_request();
        Parcel const parcel{request.id, request.sha256, std::move(request.sealed), false};
        auto result = Result::not_sent;
        for (int tries = 0; tries < 50 && result != Result::delivered; ++tries) {
            // A connection of its own.
            auto courier = Courier::open(intake, receipts).value();
            auto const delivery = courier.deliver(parcel);
            result = delivery.result;
            if (result == Result::delivered) break;
            // At worst key and certificate were read on both sides of a renewal: nothing left.
            CAPTURE(delivery.detail);
            CHECK(result == Result::unreachable);
            CHECK(delivery.cause == Cause::certificate);
        }
        CHECK(result == Result::delivered);
    }
    done = true;
    renewing.join();
    CHECK(renewals > 60);
}
