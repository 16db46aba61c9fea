#include "kiosk/crypto/certified_jws.hpp"

#include "kiosk/crypto/base64.hpp"
#include "kiosk/crypto/jws.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using base::Errc;
using namespace std::chrono_literals;

namespace {

constexpr auto type = "dmp-test+jws";
std::string const payload = R"({"v":1})";

struct Authority {
    pki::TemporaryFolder folder;
    pki::Party party = pki::certify(
        pki::ec(), {.name = "Kiosk CA", .authority = true, .key_usage = "keyCertSign,cRLSign"});

    crypto::ClientAuthority trusted(std::optional<std::string> const& revoked = {}) const {
        std::optional<std::filesystem::path> list;
        if (revoked) list = folder.write("list.pem", *revoked);
        return crypto::ClientAuthority::read(folder.write("ca.pem", party.certificate_pem()), list)
            .value();
    }
    base::Result<std::string> sign(pki::Party const& signer, std::string const& with = type) const {
        auto const key = crypto::PrivateKey::read(folder.write("key", signer.key_pem()));
        auto const chain =
            crypto::Certificate::read_all(folder.write("pem", signer.certificate_pem()));
        return crypto::sign_certified(with, payload, chain.value(), key.value());
    }
    pki::Party kiosk(pki::Key key, pki::Subject subject = {}) const {
        if (subject.extended_key_usage.empty()) subject.extended_key_usage = "clientAuth";
        return pki::certify(std::move(key), subject, &party);
    }
};

std::string detail(base::Result<crypto::CertifiedStatement> const& statement) {
    REQUIRE_FALSE(statement);
    return statement.error().detail;
}

}  // namespace

TEST_CASE("a statement verifies with the key of any kind a kiosk may have", "[certified]") {
    Authority const authority;
    auto const trusted = authority.trusted();
    for (auto const& key : {pki::ec(), pki::ec("P-384"), pki::rsa(2048)}) {
        auto const text = authority.sign(authority.kiosk(key)).value();
        auto const statement = crypto::verify_certified(type, text, trusted);
        REQUIRE(statement);
        CHECK(statement->payload == payload);
        CHECK(statement->signer.common_name() == "kiosk-0001");
    }
    for (auto const& key : {pki::ec("P-521"), pki::rsa(1024)})
        CHECK(authority.sign(authority.kiosk(key)).error().code == Errc::key_unusable);
}

TEST_CASE("a statement of one type is none of another, and no receipt", "[certified]") {
    Authority const authority;
    auto const trusted = authority.trusted();
    auto const kiosk = authority.kiosk(pki::ec());
    auto const text = authority.sign(kiosk).value();
    CHECK(crypto::verify_certified("dmp-other+jws", text, trusted).error().code ==
          Errc::not_authentic);
    auto const key =
        crypto::PublicKey::read(authority.folder.write("pub", kiosk.public_key_pem())).value();
    CHECK(crypto::verify_jws(text, key).error().code == Errc::not_authentic);
    auto const secret =
        crypto::PrivateKey::read(authority.folder.write("key", kiosk.key_pem())).value();
    auto const receipt = crypto::sign_jws(payload, secret).value();
    CHECK_FALSE(crypto::verify_certified(type, receipt, trusted));
    REQUIRE(crypto::verify_jws(receipt, key));  // a good one, for those it is meant for
}

TEST_CASE("only a certificate that the handshake would take stands behind a statement",
          "[certified]") {
    Authority const authority;
    auto const trusted = authority.trusted();
    auto const judged = [&](pki::Party const& kiosk) {
        return detail(crypto::verify_certified(type, authority.sign(kiosk).value(), trusted));
    };
    auto const foreign = pki::certify(pki::ec(), {.name = "Kiosk CA", .authority = true});
    CHECK_THAT(judged(pki::certify(pki::ec(), {}, &foreign)), Catch::Contains("certificate"));
    CHECK_THAT(judged(authority.kiosk(pki::ec(), {.extended_key_usage = "serverAuth"})),
               Catch::Contains("purpose"));
    CHECK_THAT(judged(authority.kiosk(pki::ec(), {.from = -48h, .until = -1h})),
               Catch::Contains("expired"));
    CHECK_THAT(judged(authority.kiosk(pki::ec(), {.from = 1h})), Catch::Contains("not yet valid"));
}

TEST_CASE("who was revoked says nothing any more, also by a list past its date", "[certified]") {
    Authority const authority;
    auto const good = authority.kiosk(pki::ec());
    auto const lost = authority.kiosk(pki::ec(), {.name = "kiosk-0002"});
    for (auto const next : {24h, -24h}) {
        auto const trusted = authority.trusted(pki::revocation_list(authority.party, {lost}, next));
        CHECK(crypto::verify_certified(type, authority.sign(good).value(), trusted));
        CHECK_THAT(detail(crypto::verify_certified(type, authority.sign(lost).value(), trusted)),
                   Catch::Contains("revoked"));
    }
    CHECK(crypto::verify_certified(type, authority.sign(lost).value(), authority.trusted()));
    auto const none = authority.folder.write("none.pem", "nothing");
    auto const ca = authority.folder / "ca.pem";
    CHECK_THAT(crypto::ClientAuthority::read(ca, none).error().detail,
               Catch::Contains("none.pem: not a certificate revocation list"));
}

TEST_CASE("no changed character of a statement goes unnoticed", "[certified]") {
    Authority const authority;
    auto const trusted = authority.trusted();
    auto const text = authority.sign(authority.kiosk(pki::ec())).value();
    REQUIRE(crypto::verify_certified(type, text, trusted));
    for (std::size_t at = 0; at < text.size(); at += 7) {
        auto changed = text;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        CHECK_FALSE(crypto::verify_certified(type, changed, trusted));
        CHECK_FALSE(crypto::verify_certified(type, text.substr(0, at), trusted));
    }
    for (auto const* other : {"", ".", "..", "a.b.c"})
        CHECK(crypto::verify_certified(type, other, trusted).error().code == Errc::malformed);
}
