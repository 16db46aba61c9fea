#include "tests/kiosk/intake/running_intake.hpp"

#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/jws.hpp"

#include <atomic>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace intake_tests {
namespace {

constexpr std::chrono::seconds patience{10};

base::Process started(Site const& site) {
    std::filesystem::remove(site.folder() / "port");
    auto process =
        base::Process::start({.arguments = {DMP_INTAKE, "serve", "--config", site.config()},
                              .output = site.folder() / "log"});
    if (!process) throw std::runtime_error(process.error().detail);
    return std::move(*process);
}

}  // namespace

pki::Party authority(std::string const& name) {
    return pki::certify(pki::ec(),
                        {.name = name, .authority = true, .key_usage = "keyCertSign,cRLSign"});
}

Site::Site(std::string const& more_settings)
    : kiosk_ca_(authority("Kiosk CA")), kiosk_1_(client({.name = "kiosk-1"})) {
    auto const server_ca = authority("Server CA");
    auto const server = pki::certify(
        pki::ec(), {.name = "127.0.0.1", .extended_key_usage = "serverAuth"}, &server_ca);
    write("kiosk-ca.pem", kiosk_ca_.certificate_pem());
    write("server-ca.pem", server_ca.certificate_pem());
    write("server.pem", server.certificate_pem());
    write("server.key", server.key_pem());
    auto const receipts = pki::certify(pki::ec(), {.name = "receipts"});
    write("receipt.key", receipts.key_pem());
    write("receipt.pub", receipts.public_key_pem());
    std::ofstream{config()} << R"(node = "test-node"
[listen]
address = "127.0.0.1"
port = 0
port_file = "port"
[tls]
certificate = "server.pem"
key = "server.key"
client_ca = "kiosk-ca.pem"
[receipts]
key = "receipt.key"
[store]
database = "store/intake.db"
admin_socket = "admin.sock"
)" << more_settings;
}

Identity Site::client(pki::Subject const& subject, pki::Party const* issuer) const {
    auto wanted = subject;
    if (wanted.extended_key_usage.empty()) wanted.extended_key_usage = "clientAuth";
    return client(pki::certify(pki::ec(), wanted, issuer != nullptr ? issuer : &kiosk_ca_));
}

Identity Site::client(pki::Party const& party) const {
    static std::atomic<int> number = 0;
    auto const name = "client-" + std::to_string(++number);
    return {write(name + ".pem", party.certificate_pem()), write(name + ".key", party.key_pem())};
}

crypto::PublicKey Site::receipt_key() const {
    return crypto::PublicKey::read(folder() / "receipt.pub").value();
}

void Site::change(std::string const& piece, std::string const& by) const {
    auto text = text_of(config());
    auto const found = text.find(piece);
    if (found == std::string::npos) throw std::runtime_error("no such piece: " + piece);
    std::ofstream{config()} << text.replace(found, piece.size(), by);
}

Site::Ran Site::run(std::vector<std::string> arguments) const {
    return run_with_input(std::move(arguments), "/dev/null");
}

Site::Ran Site::run_with_input(std::vector<std::string> arguments,
                               std::filesystem::path const& input) const {
    auto const output = folder() / "output";
    std::filesystem::remove(output);
    arguments.insert(arguments.begin(),
                     {"/bin/sh", "-c", R"(exec "$@" <"$0")", input.native(), DMP_INTAKE});
    auto process = base::Process::start({.arguments = std::move(arguments), .output = output});
    if (!process) throw std::runtime_error(process.error().detail);
    auto const exit_code = process->wait(patience);
    if (!exit_code) throw std::runtime_error("dmp-intake does not end");
    return {*exit_code, text_of(output)};
}

RunningIntake::RunningIntake(Site const& site) : site_(site), process_(started(site)) {
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (!std::filesystem::exists(site.folder() / "port")) {
        if (std::chrono::steady_clock::now() > deadline || !process_.running())
            throw std::runtime_error("dmp-intake did not start: " + log());
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    port_ = static_cast<std::uint16_t>(std::stoi(text_of(site.folder() / "port")));
}

Client RunningIntake::client(std::optional<Identity> const& identity) const {
    return {port_, site_.folder() / "server-ca.pem", identity};
}

std::string RunningIntake::log() const { return text_of(site_.folder() / "log"); }

nlohmann::json verified_receipt(Site const& site, Reply const& reply, crypto::Uuid const& id,
                                base::Bytes const& body) {
    auto const payload = crypto::verify_jws(reply.body, site.receipt_key());
    if (!payload) throw std::runtime_error("the receipt does not verify: " + reply.body);
    auto receipt = nlohmann::json::parse(*payload);
    if (receipt.at("v") != 1 || receipt.at("id") != id.text() ||
        receipt.at("sha256") != base::to_hex(crypto::sha256(body)))
        throw std::runtime_error("the receipt is of something else: " + *payload);
    return receipt;
}

std::string text_of(std::filesystem::path const& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

}  // namespace intake_tests
