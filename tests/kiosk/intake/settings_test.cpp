#include "kiosk/intake/settings.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/intake/running_intake.hpp"

using namespace intake_tests;

TEST_CASE("the commented example is a configuration that reads", "[intake]") {
    auto const settings = intake::read_settings(INTAKE_EXAMPLE);
    if (!settings) FAIL(settings.error().detail);
    CHECK(settings->node == "intake-1");
    CHECK(settings->port == 8443);
    CHECK(settings->connections == 512);
    CHECK(settings->database.is_absolute());
}

TEST_CASE("every bad configuration is one sentence with file, key and reason, and no start",
          "[intake]") {
    struct Case {
        std::string piece, by, key, reason;
    };
    auto const cases = std::vector<Case>{
        {"node = \"test-node\"", "node = \"a b\"", "node", "must be 1 to 64 characters"},
        {"node = \"test-node\"", "", "node", "missing"},
        {"node =", "nodes = 1\nnode =", "nodes", "unknown setting"},
        {"\"127.0.0.1\"", "\"localhost\"", "listen.address", "not an IP address"},
        {"\"127.0.0.1\"", "\"203.0.113.1\"", "listen.address", "Cannot assign requested address"},
        {"port = 0", "port = 70000", "listen.port", "must be a whole number from 0 to 65535"},
        {"port = 0", "port = \"0\"", "listen.port", "must be a whole number"},
        {"port_file = \"port\"", "port_file = \"none/port\"", "listen.port_file", "No such file"},
        {"\"server.pem\"", "\"none.pem\"", "tls.certificate", "No such file"},
        {"\"server.pem\"", "\"receipt.key\"", "tls.certificate", "not a certificate"},
        {"\"server.key\"", "\"receipt.key\"", "tls.key", "does not belong to tls.certificate"},
        {"\"server.key\"", "\"open.key\"", "tls.key", "other users may open this private key"},
        {"\"kiosk-ca.pem\"", "\"none.pem\"", "tls.client_ca", "No such file"},
        {"\"kiosk-ca.pem\"", "\"kiosk-ca.pem\"\nrevoked = \"empty.pem\"", "tls.revoked",
         "not a certificate revocation list"},
        {"\"kiosk-ca.pem\"", "\"empty.pem\"", "tls.client_ca", "not a list of certificates"},
        {"\"receipt.key\"", "\"server.key\"", "receipts.key", "receipts need their own"},
        {"\"receipt.key\"", "\"rsa.key\"", "receipts.key", "P-256"},
        {"\"receipt.key\"", "\"empty.pem\"", "receipts.key", "private key"},
        {"\"store/intake.db\"", "\"open/intake.db\"", "store.database", "other users may enter it"},
        {"\"store/intake.db\"", "\"none/store/intake.db\"", "store.database", "No such file"},
        {"\"admin.sock\"", "\"none/admin.sock\"", "store.admin_socket", "No such file"},
        {"[store]", "[limits]\nconnections = 0\n[store]", "limits.connections", "from 1 to 60000"},
    };
    auto const rsa = pki::certify(pki::rsa(2048), {});
    for (auto const& [piece, by, key, reason] : cases) {
        Site const site;
        std::filesystem::create_directory(site.folder() / "open");
        std::filesystem::permissions(site.folder() / "open", std::filesystem::perms{0755});
        site.write("empty.pem", "");
        site.write("rsa.key", rsa.key_pem());
        std::filesystem::copy_file(site.folder() / "server.key", site.folder() / "open.key");
        std::filesystem::permissions(site.folder() / "open.key", std::filesystem::perms{0644});
        site.change(piece, by);
        auto const ran = site.run({"serve", "--config", site.config()});
        CAPTURE(by, ran.output);
        CHECK(ran.exit_code == 1);
        CHECK_THAT(ran.output,
                   Catch::StartsWith("dmp-intake: " + site.config().string() + ": " + key + ": "));
        CHECK_THAT(ran.output, Catch::Contains(reason));
        CHECK(std::ranges::count(ran.output, '\n') == 1);
        CHECK_FALSE(std::filesystem::exists(site.folder() / "admin.sock"));
    }
}

TEST_CASE("a missing or unreadable configuration file is one sentence", "[intake]") {
    Site const site;
    auto const none = site.run({"serve", "--config", site.folder() / "none.toml"});
    CHECK(none.exit_code == 1);
    CHECK_THAT(none.output, Catch::Contains("none.toml: No such file"));
    site.change("node =", "node ==");
    auto const broken = site.run({"serve", "--config", site.config()});
    CHECK(broken.exit_code == 1);
    CHECK_THAT(broken.output, Catch::Contains("intake.toml: line 1: "));
}

TEST_CASE("a second server on the same port or the same store does not start", "[intake]") {
    Site const site;
    RunningIntake const intake{site};
    site.change("port = 0", "port = " + std::to_string(intake.port()));
    site.change("port_file = \"port\"", "");
    auto const same_store = site.run({"serve", "--config", site.config()});
    CHECK(same_store.exit_code == 1);
    CHECK_THAT(same_store.output,
               Catch::Contains("store.database") && Catch::Contains("another program has it open"));
    site.change("store/intake.db", "other/intake.db");
    site.change("admin.sock", "other.sock");
    auto const same_port = site.run({"serve", "--config", site.config()});
    CHECK(same_port.exit_code == 1);
    CHECK_THAT(same_port.output,
               Catch::Contains("listen.port") && Catch::Contains("Address already in use"));
    CHECK(intake.kiosk_1().send("GET", "/v1/health", {}, {}).status == 200);
}
