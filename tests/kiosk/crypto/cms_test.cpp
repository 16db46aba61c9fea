#include "kiosk/crypto/cms.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

#include "drivers/base/process.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

using base::Errc;

namespace {

std::string const secret = "DURAND-SECRET NATHALIE, née EXEMPLE, 2 55 06 99 999 999 34";

// One authority, one kiosk, one receiver: made once for the program.
struct World {
    pki::TemporaryFolder folder;
    pki::Party authority = pki::certify(
        pki::ec(), {.name = "Kiosk CA", .authority = true, .key_usage = "keyCertSign"});
    pki::Party kiosk = pki::certify(pki::ec(), {.key_usage = "digitalSignature"}, &authority);
    pki::Party receiver = pki::certify(pki::rsa(), {.name = "receiver"});

    crypto::PrivateKey key(pki::Party const& party) const {
        return crypto::PrivateKey::read(folder.write("key.pem", party.key_pem())).value();
    }
    crypto::Certificate certificate(pki::Party const& party) const {
        return crypto::Certificate::read(folder.write("crt.pem", party.certificate_pem())).value();
    }
    crypto::SecretBytes sign(pki::Party const& party) const {
        return crypto::sign_cms(base::to_bytes(secret), certificate(party), key(party)).value();
    }
    std::vector<crypto::Certificate> trusted() const { return {certificate(authority)}; }
};

World const& world() {
    static World const made;
    return made;
}

std::string text_of(crypto::SecretBytes const& bytes) { return {bytes.begin(), bytes.end()}; }

bool holds(base::ByteView haystack, std::string_view needle) {
    return !std::ranges::search(haystack, needle).empty();
}

// What the openssl program prints about a message.
std::string printed(std::vector<std::string> arguments) {
    auto const out = world().folder / "printed.txt";
    std::filesystem::remove(out);
    auto process = base::Process::start({.arguments = std::move(arguments), .output = out});
    REQUIRE(process);
    REQUIRE(process->wait(std::chrono::seconds{20}).value() == 0);
    std::ostringstream text;
    text << std::ifstream{out}.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("what a kiosk signed and sealed is opened and verified by the receiver", "[cms]") {
    auto const& w = world();
    auto const sealed = crypto::seal_cms(w.sign(w.kiosk), {w.certificate(w.receiver)});
    REQUIRE(sealed);
    CHECK_FALSE(holds(*sealed, "SECRET"));

    auto const unsealed = crypto::unseal_cms(*sealed, w.key(w.receiver));
    REQUIRE(unsealed);
    CHECK(unsealed->key_ids ==
          std::vector<base::Bytes>{w.certificate(w.receiver).subject_key_identifier()});
    auto const verified = crypto::verify_cms(unsealed->content, w.trusted());
    REQUIRE(verified);
    CHECK(text_of(verified->content) == secret);
    CHECK(verified->signer.common_name() == "kiosk-0001");
}

TEST_CASE("an empty content and one of many blocks survive the way", "[cms]") {
    auto const& w = world();
    for (std::size_t const size : {0U, 1U, 15U, 16U, 100'000U}) {
        base::Bytes const content(size, 0x0A);
        auto const sealed = crypto::seal_cms(content, {w.certificate(w.receiver)});
        REQUIRE(sealed);
        auto const unsealed = crypto::unseal_cms(*sealed, w.key(w.receiver));
        INFO(size << (unsealed ? "" : base::describe(unsealed.error())));
        REQUIRE(unsealed);
        CHECK(std::ranges::equal(unsealed->content, content));
    }
}

TEST_CASE("the openssl program sees AuthEnvelopedData, AES-256-GCM and OAEP with SHA-256 only",
          "[cms]") {
    auto const& w = world();
    auto const sealed =
        crypto::seal_cms(base::to_bytes(secret), {w.certificate(w.receiver)}).value();
    auto const file = w.folder.write("sealed.cms", base::to_text(sealed));
    auto const text =
        printed({"openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", file.native()});
    CHECK(text.find("id-smime-ct-authEnvelopedData") != std::string::npos);
    CHECK(text.find("subjectKeyIdentifier") != std::string::npos);
    CHECK(text.find("rsaesOaep") != std::string::npos);
    CHECK(text.find("aes-256-gcm") != std::string::npos);
    CHECK(text.find("issuerAndSerialNumber") == std::string::npos);

    auto const tree = printed({"openssl", "asn1parse", "-inform", "DER", "-in", file.native()});
    std::size_t sha256 = 0;
    for (auto at = tree.find(":sha256"); at != std::string::npos; at = tree.find(":sha256", at + 1))
        ++sha256;
    CHECK(sha256 == 2);  // of OAEP and of its mask
    CHECK(tree.find(":sha1") == std::string::npos);
    CHECK(tree.find(":mgf1") != std::string::npos);

    auto const key = w.folder.write("receiver.pem", w.receiver.key_pem());
    CHECK(printed({"openssl", "cms", "-decrypt", "-inform", "DER", "-in", file.native(), "-inkey",
                   key.native()}) == secret);
}

TEST_CASE("the openssl program verifies what a kiosk signed", "[cms]") {
    auto const& w = world();
    auto const der = w.sign(w.kiosk);
    auto const file = w.folder.write("signed.cms", text_of(der));
    auto const authority = w.folder.write("ca.pem", w.authority.certificate_pem());
    auto const text = printed({"openssl", "cms", "-verify", "-inform", "DER", "-in", file.native(),
                               "-CAfile", authority.native()});
    CHECK(text.find(secret) != std::string::npos);
}

TEST_CASE("a sealed message with any one bit flipped never opens", "[cms]") {
    auto const& w = world();
    auto const key = w.key(w.receiver);
    auto sealed = crypto::seal_cms(base::to_bytes(secret), {w.certificate(w.receiver)}).value();
    REQUIRE(crypto::unseal_cms(sealed, key));  // the control: untouched, it opens
    std::size_t opened = 0;
    std::size_t leaked = 0;
    // The key identifier opens by itself, but is reported, and is compared with the one inside.
    auto const key_id = w.certificate(w.receiver).subject_key_identifier();
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        // Every bit of what the tag does not cover, every 37th of the long random numbers.
        auto const byte = bit / 8;
        if (byte > 130 && byte + 130 < sealed.size() && bit % 37 != 0) continue;
        auto const mask = static_cast<std::uint8_t>(1U << (bit % 8));
        sealed[bit / 8] ^= mask;
        auto const result = crypto::unseal_cms(sealed, key);
        if (result && result->key_ids == std::vector<base::Bytes>{key_id}) ++opened;
        if (!result && result.error().detail.find("SECRET") != std::string::npos) ++leaked;
        sealed[bit / 8] ^= mask;
    }
    CHECK(opened == 0);
    CHECK(leaked == 0);
}

TEST_CASE("a sealed message cut short, lengthened or of another kind never opens", "[cms]") {
    auto const& w = world();
    auto const key = w.key(w.receiver);
    auto const sealed =
        crypto::seal_cms(base::to_bytes(secret), {w.certificate(w.receiver)}).value();
    for (std::size_t size = 0; size < sealed.size(); ++size)
        if (crypto::unseal_cms(base::ByteView{sealed}.first(size), key)) FAIL("opened at " << size);
    auto longer = sealed;
    longer.push_back(0);
    CHECK(crypto::unseal_cms(longer, key).error().code == Errc::not_authentic);
    CHECK(crypto::unseal_cms(w.sign(w.kiosk), key).error().code == Errc::not_authentic);
}

TEST_CASE("another key opens nothing", "[cms]") {
    auto const& w = world();
    auto const sealed =
        crypto::seal_cms(base::to_bytes(secret), {w.certificate(w.receiver)}).value();
    auto const other = w.key(pki::certify(pki::rsa(), {}));
    CHECK(crypto::unseal_cms(sealed, other).error().code == Errc::not_authentic);
    CHECK(crypto::unseal_cms(sealed, w.key(w.kiosk)).error().code == Errc::not_authentic);
}

TEST_CASE("a message sealed with weaker parameters is not opened", "[cms]") {
    auto const& w = world();
    auto const plain = w.folder.write("plain", secret);
    auto const certificate = w.folder.write("receiver.crt", w.receiver.certificate_pem());
    auto const out = w.folder / "foreign.cms";
    auto const sealed_by = [&](std::vector<std::string> const& options) {
        std::vector<std::string> arguments{"openssl",  "cms",       "-encrypt", "-binary",
                                           "-outform", "DER",       "-in",      plain.native(),
                                           "-out",     out.native()};
        arguments.insert(arguments.end(), options.begin(), options.end());
        printed(arguments);
        std::ostringstream bytes;
        bytes << std::ifstream{out, std::ios::binary}.rdbuf();
        return base::to_bytes(bytes.str());
    };
    auto const key = w.key(w.receiver);
    auto const recip = certificate.native();
    // The control: the program with our parameters writes what we open.
    CHECK(crypto::unseal_cms(
        sealed_by({"-aes-256-gcm", "-keyid", "-recip", recip, "-keyopt", "rsa_padding_mode:oaep",
                   "-keyopt", "rsa_oaep_md:sha256", "-keyopt", "rsa_mgf1_md:sha256"}),
        key));
    CHECK_FALSE(crypto::unseal_cms(sealed_by({"-aes-256-gcm", "-keyid", "-recip", recip}), key));
    CHECK_FALSE(crypto::unseal_cms(
        sealed_by({"-aes-256-gcm", "-keyid", "-recip", recip, "-keyopt", "rsa_padding_mode:oaep"}),
        key));
    CHECK_FALSE(crypto::unseal_cms(
        sealed_by({"-aes-256-cbc", "-keyid", "-recip", recip, "-keyopt", "rsa_padding_mode:oaep",
                   "-keyopt", "rsa_oaep_md:sha256", "-keyopt", "rsa_mgf1_md:sha256"}),
        key));
    CHECK_FALSE(crypto::unseal_cms(
        sealed_by({"-aes-256-gcm", "-recip", recip, "-keyopt", "rsa_padding_mode:oaep", "-keyopt",
                   "rsa_oaep_md:sha256", "-keyopt", "rsa_mgf1_md:sha256"}),
        key));
}

TEST_CASE("a receiver nobody may seal to is refused with its reason", "[cms]") {
    auto const& w = world();
    struct Case {
        pki::Party party;
        std::string reason;
    };
    for (auto const& [party, reason] : {
             Case{pki::certify(w.receiver.key, {.key_identifier = false}), "key identifier"},
             Case{pki::certify(pki::rsa(2048), {}), "2048 bits"},
             Case{pki::certify(pki::ec(), {}), "RSA"},
             Case{pki::certify(w.receiver.key, {.key_usage = "digitalSignature"}), "encipherment"},
         }) {
        auto const sealed = crypto::seal_cms(base::to_bytes(secret), {w.certificate(party)});
        REQUIRE_FALSE(sealed);
        CHECK(sealed.error().code == Errc::key_unusable);
        CHECK(sealed.error().detail.find(reason) != std::string::npos);
    }
    CHECK(crypto::check_receiver(
        w.certificate(pki::certify(w.receiver.key, {.key_usage = "keyEncipherment"}))));
}

TEST_CASE("a signature counts only from a kiosk of the trusted authority", "[cms]") {
    auto const& w = world();
    auto const code_of = [&](pki::Party const& party) {
        auto const verified = crypto::verify_cms(w.sign(party), w.trusted());
        return verified ? std::optional<Errc>{} : verified.error().code;
    };
    CHECK_FALSE(code_of(w.kiosk));  // the control
    auto const foreign = pki::certify(
        pki::ec(), {.name = "Kiosk CA", .authority = true, .key_usage = "keyCertSign"});
    CHECK(code_of(pki::certify(pki::ec(), {}, &foreign)) == Errc::not_authentic);
    CHECK(code_of(pki::certify(pki::ec(), {})) == Errc::not_authentic);
    // A certificate for TLS, and a kiosk that plays authority.
    CHECK(code_of(pki::certify(pki::ec(), {.extended_key_usage = "clientAuth"}, &w.authority)) ==
          Errc::not_authentic);
    CHECK(code_of(pki::certify(pki::ec(), {}, &w.kiosk)) == Errc::not_authentic);
}

TEST_CASE("a signature outlives its certificate: a request may wait long in a queue", "[cms]") {
    auto const& w = world();
    auto const expired =
        pki::certify(pki::ec(), {.from = std::chrono::hours{-48}, .until = std::chrono::hours{-24}},
                     &w.authority);
    CHECK(crypto::verify_cms(w.sign(expired), w.trusted()));
}

TEST_CASE("a signed message with any one byte changed does not verify", "[cms]") {
    auto const& w = world();
    auto der = w.sign(w.kiosk);
    auto const trusted = w.trusted();
    for (auto& byte : der) {
        byte ^= 0x01;
        auto const verified = crypto::verify_cms(der, trusted);
        // Unsigned parts (versions, parameters) may differ; content and signer may not.
        if (verified && (text_of(verified->content) != secret ||
                         verified->signer.common_name() != "kiosk-0001"))
            FAIL("a changed content verified");
        byte ^= 0x01;
    }
    CHECK(crypto::verify_cms(der, trusted));
}

TEST_CASE("a message with two signers, none, a detached content or SHA-1 is refused", "[cms]") {
    auto const& w = world();
    auto const plain = w.folder.write("plain", secret);
    auto const certificate = w.folder.write("kiosk.crt", w.kiosk.certificate_pem());
    auto const key = w.folder.write("kiosk.key", w.kiosk.key_pem());
    auto const out = w.folder / "foreign.cms";
    auto const signed_by = [&](std::vector<std::string> const& options) {
        std::vector<std::string> arguments{"openssl", "cms",          "-binary", "-outform",  "DER",
                                           "-in",     plain.native(), "-out",    out.native()};
        arguments.insert(arguments.end(), options.begin(), options.end());
        printed(arguments);
        std::ostringstream bytes;
        bytes << std::ifstream{out, std::ios::binary}.rdbuf();
        return base::to_bytes(bytes.str());
    };
    std::vector<std::string> const once{"-signer", certificate.native(), "-inkey", key.native()};
    auto const with = [&](std::vector<std::string> options) {
        options.insert(options.end(), once.begin(), once.end());
        return options;
    };
    auto const trusted = w.trusted();
    CHECK(crypto::verify_cms(signed_by(with({"-sign", "-nodetach"})), trusted));  // the control
    CHECK_FALSE(crypto::verify_cms(signed_by(with({"-sign"})), trusted));
    CHECK_FALSE(
        crypto::verify_cms(signed_by(with({"-sign", "-nodetach", "-md", "sha1"})), trusted));
    CHECK_FALSE(crypto::verify_cms(signed_by(with({"-sign", "-nodetach", "-noattr"})), trusted));
    auto const other = pki::certify(pki::ec(), {.name = "kiosk-0002"}, &w.authority);
    auto const other_certificate = w.folder.write("other.crt", other.certificate_pem());
    auto const other_key = w.folder.write("other.key", other.key_pem());
    CHECK_FALSE(crypto::verify_cms(
        signed_by(with({"-sign", "-nodetach", "-signer", other_certificate.native(), "-inkey",
                        other_key.native()})),
        trusted));
    CHECK_FALSE(crypto::verify_cms(signed_by({"-data_create"}), trusted));
    CHECK_FALSE(crypto::verify_cms({}, trusted));
}

TEST_CASE("an OpenSSL older than 3.0.22 is warned about", "[cms]") {
    CHECK(crypto::openssl_warning(0x30000130).value().find("3.0.19") != std::string::npos);
    CHECK(crypto::openssl_warning(0x30000150));
    CHECK_FALSE(crypto::openssl_warning(0x30000160));
    CHECK_FALSE(crypto::openssl_warning(0x30500000));
}
