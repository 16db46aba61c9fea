#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/intake/client.hpp"
#include "tests/system/fixture.hpp"

#include "kiosk/desk/configuration.hpp"

#include <fstream>

using namespace system_tests;
using namespace std::chrono_literals;

namespace {

void write_secret(std::filesystem::path const& file, std::string const& content) {
    std::filesystem::remove(file);
    std::ofstream{file} << content;
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
}

// A whole desk whose kiosk shows this certificate to a receiver that trusts this authority.
std::unique_ptr<desk::Desk> desk_with(pki::Party const& trusted, pki::Party const& shown) {
    auto desk = must(desk::Desk::prepare(options()));
    write_secret(desk->file("keys/kiosk-authority.pem"), trusted.certificate_pem());
    write_secret(desk->file("keys/kiosk-tls.pem"), shown.certificate_pem());
    write_secret(desk->file("keys/kiosk-tls.key"), shown.key_pem());
    must(desk->start_intake());
    must(desk->start_spooler());
    must(desk->open_day());
    must(desk->start_kiosk());
    wait_for(*desk, "attract");
    return desk;
}

pki::Party authority(std::string const& name) {
    return pki::certify(pki::ec(), {.name = name, .authority = true});
}

pki::Party kiosk(pki::Party const& issuer, std::chrono::hours until) {
    return pki::certify(pki::ec(),
                        {.name = std::string{desk::kiosk_id},
                         .extended_key_usage = "clientAuth",
                         .from = -48h,
                         .until = until},
                        &issuer);
}

void check_kept(desk::Desk& desk) {
    walk_to(desk, "recorded");
    json status;
    CHECK(eventually([&] {
        status = must(desk.spooler_status());
        return status["uplink"]["last_error"].is_string();
    }));
    INFO(status.dump());
    CHECK(status["waiting"] == 1);
    CHECK(must(desk.largest_received()) == 0);
}

}  // namespace

TEST_CASE("a kiosk with a valid certificate is heard") {
    auto const trusted = authority("Kiosk authority");
    auto desk = desk_with(trusted, kiosk(trusted, 24h));
    walk_to(*desk, "recorded");
    must(desk->wait_until_sent(20s));
    CHECK(must(desk->largest_received()) > 0);
}

TEST_CASE("a kiosk with a foreign certificate is not heard, and keeps its requests") {
    auto const other = authority("Another authority");
    auto desk = desk_with(authority("Kiosk authority"), kiosk(other, 24h));
    check_kept(*desk);
}

TEST_CASE("a kiosk with an expired certificate is not heard, and keeps its requests") {
    auto const trusted = authority("Kiosk authority");
    auto desk = desk_with(trusted, kiosk(trusted, -1h));
    check_kept(*desk);
}

TEST_CASE("a client without any certificate is refused by the handshake, and nothing is stored") {
    auto desk = must(desk::Desk::prepare(options()));
    must(desk->start_intake());
    auto const port = static_cast<std::uint16_t>(std::stoi(content_of(desk->file("intake.port"))));
    auto const put = [&](std::optional<intake_tests::Identity> const& identity) {
        intake_tests::Client client{port, desk->file("keys/intake-authority.pem"), identity};
        return client.put(crypto::Uuid::random(), intake_tests::random_body(4096));
    };

    auto const refused = put(std::nullopt);
    CHECK(refused.status == 0);  // no word of HTTP
    CHECK_FALSE(refused.problem.empty());
    CHECK(eventually(
        [&] { return holds(desk->file("intake.log"), "peer did not return a certificate"); }));
    CHECK(must(desk->largest_received()) == 0);

    auto const heard = put(
        intake_tests::Identity{desk->file("keys/kiosk-tls.pem"), desk->file("keys/kiosk-tls.key")});
    INFO(heard.problem);
    CHECK(heard.status == 201);
    CHECK(must(desk->largest_received()) > 0);
}
