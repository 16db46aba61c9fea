#include "kiosk/spooler/settings.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"
#include "tests/kiosk/spooler/pki.hpp"

#include <sys/stat.h>

using namespace spooler;
using namespace spooler_test;

namespace {

std::string replaced(std::string text, std::string const& from, std::string const& to) {
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a whole configuration is read", "[settings]") {
    TemporaryFolder const folder;
    auto const settings = Settings::read(write_configuration(
        folder.path(), "https://intake.example.org/", "18:30", "quota_mib = 10"));
    REQUIRE(settings);
    CHECK(settings->socket == folder / "socket");
    CHECK(settings->intake.url == "https://intake.example.org");
    CHECK(settings->authors.size() == 2);
    CHECK(settings->room.quota_mib == 10);
    CHECK(settings->refuse_after_days == 30);
    CHECK_FALSE(settings->carriers);
    CHECK(read_socket_path(folder / "spooler.toml").value() == folder / "socket");
}

TEST_CASE("the clients of the socket are users of this machine", "[settings]") {
    TemporaryFolder const folder;
    auto const file = write_configuration(folder.path(), "https://intake.example.org");
    CHECK(Settings::read(file).value().clients.empty());
    auto const good = content_of(file);
    write(file, "clients = [\"nobody\", \"root\"]\n" + good);
    CHECK(Settings::read(file).value().clients == std::vector<uid_t>{65534, 0});
    write(file, "clients = [\"nobody\", \"no-such-user\"]\n" + good);
    auto const refused = Settings::read(file);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail.find("clients: this machine has no user \"no-such-user\"") !=
          std::string::npos);
}

TEST_CASE("the list of authors may hold the PIN hashes of the kiosk", "[settings]") {
    TemporaryFolder const folder;
    auto const file = write_configuration(folder.path(), "https://intake.example.org");
    write(folder / "authors.toml", content_of(folder / "authors.toml") +
                                       "pin_hash = \"$argon2id$v=19$m=32768,t=4,p=1$"
                                       "MDEyMzQ1Njc4OWFiY2RlZg$"
                                       "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\"\n");
    auto const settings = Settings::read(file);
    REQUIRE(settings);
    CHECK(settings->authors.size() == 2);
}

TEST_CASE("every mistake is one sentence with the file, the key and the reason", "[settings]") {
    TemporaryFolder const folder;
    auto const file = write_configuration(folder.path(), "https://intake.example.org");
    auto const good = content_of(file);
    write(folder / "empty.toml", "");
    write(folder / "open.key", content_of(pki().client_key));
    REQUIRE(::chmod((folder / "open.key").c_str(), 0644) == 0);
    struct Row {
        std::string from, to, key, reason;
    };
    auto const row = GENERATE_COPY(
        Row{"socket = \"socket\"\n", "", "socket", "missing"},
        Row{"\"19:00\"", "\"7pm\"", "closing_hour", "19:00"},
        Row{"https://", "http://", "intake.url", "https"},
        Row{"authors.toml", "nobody.toml", "authors", "No such file"},
        Row{"authors.toml", "empty.toml", "authors", "at least one"},
        Row{pki().authority.native(), "missing.pem", "intake.ca_certificate", "No such file"},
        Row{pki().client_key.native(), "open.key", "intake.client_key", "chmod 600"},
        Row{pki().client_key.native(), pki().server_key.native(), "intake.client_certificate",
            "does not belong"},
        Row{kiosk_name, "kiosk-0002", "kiosk", "kiosk-0001"},
        Row{pki().receipt_public.native(), pki().rsa_public.native(), "intake.receipt_key",
            "P-256"},
        Row{"ballast_mib = 0", "ballast_mib = -1", "limits.ballast_mib", "whole number"},
        Row{"ballast_mib = 0", "ballast_mib = 0\n[carry]\nkiosk_ca = \"none.pem\"",
            "carry.kiosk_ca", "No such file"},
        Row{"ballast_mib = 0",
            "ballast_mib = 0\n[carry]\nkiosk_ca = \"" + pki().authority.native() +
                "\"\nrevoked = \"empty.toml\"",
            "carry.revoked", "not a certificate revocation list"},
        Row{"ballast_mib = 0", "balast_mib = 0", "limits.balast_mib", "unknown"});
    write(file, replaced(good, row.from, row.to));
    auto const settings = Settings::read(file);
    REQUIRE_FALSE(settings);
    auto const& detail = settings.error().detail;
    CAPTURE(detail);
    CHECK(detail.find(file.native()) == 0);
    CHECK(detail.find(" " + row.key + ": ") != std::string::npos);
    CHECK(detail.find(row.reason) != std::string::npos);
    CHECK(detail.find('\n') == std::string::npos);
}

TEST_CASE("the example is a configuration but for its files", "[settings]") {
    TemporaryFolder const folder;
    auto const example = content_of(SPOOLER_EXAMPLE);
    REQUIRE_FALSE(example.empty());
    write_configuration(folder.path(), "https://x");
    fs::create_directory(folder / "tls");
    for (auto const& [name, from] :
         {std::pair{"intake-ca.pem", pki().authority}, std::pair{"tls/key.pem", pki().client_key},
          std::pair{"tls/certificate.pem", pki().client_certificate},
          std::pair{"receipt-public.pem", pki().receipt_public}})
        fs::copy(from, folder / name);
    write(folder / "example.toml", example);
    auto const settings = Settings::read(folder / "example.toml");
    if (!settings) FAIL(settings.error().detail);
    CHECK(settings->room.quota_mib == 2048);
    CHECK(settings->room.least_free_mib == 64);
    CHECK(settings->room.ballast_mib == 16);
    CHECK(settings->warn_after == 24h);
    CHECK(settings->refuse_after_days == 30);
}
