#include "kiosk/crypto/jws.hpp"

#include "kiosk/crypto/base64.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using base::Errc;

namespace {

struct Signer {
    pki::TemporaryFolder folder;
    pki::Party party;
    crypto::PrivateKey key;
    crypto::PublicKey public_key;

    explicit Signer(pki::Key made)
        : party{std::move(made), nullptr},
          key(crypto::PrivateKey::read(folder.write("key", party.key_pem())).value()),
          public_key(crypto::PublicKey::read(folder.write("pub", party.public_key_pem())).value()) {
    }
};

std::string const payload = R"({"v":1,"id":"0f2d6d52"})";

std::string encoded(std::string_view text) { return crypto::to_base64url(base::to_bytes(text)); }

}  // namespace

TEST_CASE("a signed receipt verifies under its key and gives its payload back", "[jws]") {
    Signer const signer{pki::ec()};
    // Often enough that r or s begins with a zero byte, which DER leaves out and JWS does not.
    for (int i = 0; i < 600; ++i) {
        auto const jws = crypto::sign_jws(payload, signer.key).value();
        CHECK(jws.starts_with(encoded(R"({"alg":"ES256"})") + "."));
        CHECK(jws.size() - jws.rfind('.') - 1 == 86);
        CHECK(crypto::verify_jws(jws, signer.public_key).value() == payload);
    }
    CHECK(crypto::verify_jws(crypto::sign_jws("", signer.key).value(), signer.public_key).value() ==
          "");
}

TEST_CASE("a receipt with any one character changed does not verify", "[jws]") {
    Signer const signer{pki::ec()};
    auto jws = crypto::sign_jws(payload, signer.key).value();
    REQUIRE(crypto::verify_jws(jws, signer.public_key));
    for (auto& c : jws) {
        auto const before = c;
        for (char const other : {'A', 'B', 'E', '-', '.', '='}) {
            if (other == before) continue;
            c = other;
            if (crypto::verify_jws(jws, signer.public_key)) FAIL("verified: " << jws);
        }
        c = before;
    }
}

TEST_CASE("a receipt of another key does not verify", "[jws]") {
    Signer const signer{pki::ec()};
    Signer const other{pki::ec()};
    auto const jws = crypto::sign_jws(payload, signer.key).value();
    CHECK(crypto::verify_jws(jws, other.public_key).error().code == Errc::not_authentic);
}

TEST_CASE("the message never chooses the algorithm", "[jws]") {
    Signer const signer{pki::ec()};
    auto const jws = crypto::sign_jws(payload, signer.key).value();
    auto const dot = jws.find('.');
    REQUIRE(dot != std::string::npos);
    auto const rest = jws.substr(dot);
    for (auto const* header : {R"({"alg":"none"})", R"({"alg":"HS256"})", R"({"alg": "ES256"})",
                               R"({"alg":"ES256","kid":"x"})", "{}"})
        CHECK(crypto::verify_jws(encoded(header) + rest, signer.public_key).error().code ==
              Errc::not_authentic);
    CHECK_FALSE(crypto::verify_jws(encoded(R"({"alg":"none"})") + "." + encoded(payload) + ".",
                                   signer.public_key));
}

TEST_CASE("what is no JWS is malformed", "[jws]") {
    Signer const signer{pki::ec()};
    for (auto const* text : {"", ".", "..", "abc", "a.b"})
        CHECK_FALSE(crypto::verify_jws(text, signer.public_key));
    auto const jws = crypto::sign_jws(payload, signer.key).value();
    CHECK_FALSE(crypto::verify_jws(jws + ".", signer.public_key));
    CHECK_FALSE(crypto::verify_jws(jws + "AA", signer.public_key));
    CHECK_FALSE(crypto::verify_jws(jws.substr(0, jws.rfind('.') + 1), signer.public_key));
    // A signature of zeros, which some libraries took for valid.
    CHECK_FALSE(crypto::verify_jws(jws.substr(0, jws.rfind('.') + 1) + std::string(86, 'A'),
                                   signer.public_key));
}

TEST_CASE("only P-256 keys sign and verify receipts", "[jws]") {
    Signer const good{pki::ec()};
    auto const jws = crypto::sign_jws(payload, good.key).value();
    for (auto const& key :
         {pki::ec("P-384"), pki::ec("secp256k1"), pki::ec("brainpoolP256r1"), pki::rsa(2048)}) {
        Signer const other{key};
        CHECK(crypto::sign_jws(payload, other.key).error().code == Errc::key_unusable);
        CHECK(crypto::verify_jws(jws, other.public_key).error().code == Errc::key_unusable);
    }
}
