#include "drivers/base/eventually.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

#include <openssl/ssl.h>

using namespace intake_tests;

namespace {

// Status 0: refused by the handshake, before any HTTP.
long asked_with(RunningIntake const& intake, std::optional<Identity> const& identity) {
    auto const reply = intake.client(identity).send("GET", "/v1/health", {}, {});
    CAPTURE(reply.problem);
    CHECK((reply.status == 200 || !reply.problem.empty()));
    return reply.status;
}

// The client may know of the refusal before the server has written it down.
bool logged(RunningIntake const& intake, std::string const& sentence) {
    return base::eventually([&] { return intake.log().find(sentence) != std::string::npos; },
                            std::chrono::seconds{5});
}

}  // namespace

TEST_CASE("only a client with a valid certificate of our authority gets through", "[intake][tls]") {
    Site const site;
    RunningIntake const intake{site};
    CHECK(asked_with(intake, site.kiosk_1()) == 200);

    CHECK(asked_with(intake, std::nullopt) == 0);
    CHECK(logged(intake, "peer did not return a certificate"));

    auto const stranger = authority("Other CA");
    CHECK(asked_with(intake, site.client({.name = "kiosk-1"}, &stranger)) == 0);
    CHECK(logged(intake, "unable to get local issuer certificate"));

    // Same name as our authority, another key.
    auto const forger = authority("Kiosk CA");
    CHECK(asked_with(intake, site.client({.name = "kiosk-1"}, &forger)) == 0);
    CHECK(logged(intake, "certificate signature failure"));

    using namespace std::chrono_literals;
    CHECK(asked_with(intake, site.client({.name = "kiosk-1", .from = -48h, .until = -1h})) == 0);
    CHECK(logged(intake, "certificate has expired"));
    CHECK(asked_with(intake, site.client({.name = "kiosk-1", .from = 1h})) == 0);
    CHECK(logged(intake, "certificate is not yet valid"));

    pki::Subject const server{.name = "kiosk-1", .extended_key_usage = "serverAuth"};
    CHECK(asked_with(intake, site.client(server)) == 0);

    CHECK(asked_with(intake, site.kiosk_1()) == 200);
}

TEST_CASE("a kiosk whose certificate was taken back does not get through, the others do",
          "[intake][tls]") {
    Site const site;
    auto const stolen = pki::certify(
        pki::ec(), {.name = "kiosk-stolen", .extended_key_usage = "clientAuth"}, &site.kiosk_ca());
    auto const thief = site.client(stolen);
    {
        RunningIntake const intake{site};  // before anybody took it back
        CHECK(asked_with(intake, thief) == 200);
    }
    site.change("client_ca = \"kiosk-ca.pem\"",
                "client_ca = \"kiosk-ca.pem\"\nrevoked = \"kiosk-ca.crl\"");
    using namespace std::chrono_literals;
    for (auto const next : {24h, -24h}) {  // the second list should have been renewed yesterday
        site.write("kiosk-ca.crl", pki::revocation_list(site.kiosk_ca(), {stolen}, next));
        RunningIntake const intake{site};
        CHECK(asked_with(intake, thief) == 0);
        INFO(intake.log());
        CHECK(logged(intake, "certificate revoked"));
        CHECK(asked_with(intake, site.kiosk_1()) == 200);
    }
}

TEST_CASE("a certificate whose name cannot stand in a receipt is refused", "[intake][tls]") {
    Site const site;
    RunningIntake const intake{site};
    CHECK(asked_with(intake, site.client({.name = "kiosk\n1"})) == 0);
    CHECK(asked_with(intake, site.client({.name = "a\"b"})) == 0);
    CHECK(asked_with(intake, site.client({.name = "kiosk-1", .second_name = "kiosk-2"})) == 0);
    CHECK_THAT(intake.log(), !Catch::Contains("a\"b"));
}

TEST_CASE("TLS 1.1 is refused, TLS 1.2 and 1.3 are spoken, none is resumed", "[intake][tls]") {
    Site const site;
    RunningIntake const intake{site};
    for (auto const version : {TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION}) {
        std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> const context{
            SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
        SSL_CTX_set_security_level(context.get(), 0);
        SSL_CTX_set_min_proto_version(context.get(), version);
        SSL_CTX_set_max_proto_version(context.get(), version);
        auto const& identity = site.kiosk_1();
        SSL_CTX_use_certificate_file(context.get(), identity.certificate.c_str(), SSL_FILETYPE_PEM);
        SSL_CTX_use_PrivateKey_file(context.get(), identity.key.c_str(), SSL_FILETYPE_PEM);
        std::unique_ptr<BIO, decltype(&BIO_free_all)> const bio{BIO_new_ssl_connect(context.get()),
                                                                BIO_free_all};
        BIO_set_conn_hostname(bio.get(), ("127.0.0.1:" + std::to_string(intake.port())).c_str());
        CAPTURE(version);
        CHECK((BIO_do_connect(bio.get()) == 1) == (version >= TLS1_2_VERSION));
        if (version < TLS1_2_VERSION) continue;
        std::string_view const request = "GET /v1/health HTTP/1.1\r\n\r\n";
        char answer[512];
        BIO_write(bio.get(), request.data(), static_cast<int>(request.size()));
        CHECK(BIO_read(bio.get(), answer, sizeof(answer)) > 0);
        SSL* ssl = nullptr;
        BIO_get_ssl(bio.get(), &ssl);
        CHECK_FALSE(SSL_SESSION_is_resumable(SSL_get_session(ssl)));
    }
}
