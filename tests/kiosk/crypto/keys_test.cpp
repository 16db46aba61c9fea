#include "kiosk/crypto/keys.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using base::Errc;
using crypto::Certificate;
using crypto::PrivateKey;
using crypto::PublicKey;
using namespace std::chrono_literals;

namespace {

Certificate read(pki::Party const& party) {
    pki::TemporaryFolder const folder;
    return Certificate::read(folder.write("c.pem", party.certificate_pem())).value();
}

}  // namespace

TEST_CASE("keys and certificates are read from PEM and fit together or not", "[keys]") {
    pki::TemporaryFolder const folder;
    auto const party = pki::certify(pki::ec(), {});
    auto const key = PrivateKey::read(folder.write("k", party.key_pem()));
    REQUIRE(key);
    CHECK(PublicKey::read(folder.write("p", party.public_key_pem())));
    auto const certificate = read(party);
    CHECK(certificate.belongs_to(*key));
    CHECK_FALSE(read(pki::certify(pki::ec(), {})).belongs_to(*key));
    CHECK_FALSE(read(pki::certify(pki::rsa(2048), {})).belongs_to(*key));
}

TEST_CASE("a file of another kind is refused by name, without its content", "[keys]") {
    pki::TemporaryFolder const folder;
    auto const party = pki::certify(pki::ec(), {});
    auto const wrong = folder.write("wrong.pem", "no PEM but SECRET");
    auto const check = [&](auto const& result, auto const& file) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == Errc::key_unusable);
        CHECK(result.error().detail.find(file.native()) == 0);
        CHECK(result.error().detail.find("SECRET") == std::string::npos);
    };
    check(PrivateKey::read(wrong), wrong);
    check(PublicKey::read(wrong), wrong);
    check(Certificate::read(wrong), wrong);
    auto const certificate = folder.write("c.pem", party.certificate_pem());
    check(PrivateKey::read(certificate), certificate);
    check(PublicKey::read(certificate), certificate);
    auto const key = folder.write("k.pem", party.key_pem());
    check(Certificate::read(key), key);
    CHECK(PrivateKey::read(folder / "missing").error().code == Errc::file_unreadable);
}

TEST_CASE("a private key that others may read is refused, a certificate may be public", "[keys]") {
    pki::TemporaryFolder const folder;
    auto const party = pki::certify(pki::ec(), {});
    auto const key = folder.write("k", party.key_pem());
    auto const certificate = folder.write("c", party.certificate_pem());
    for (auto const& file : {key, certificate})
        std::filesystem::permissions(file, std::filesystem::perms::others_read,
                                     std::filesystem::perm_options::add);
    CHECK(PrivateKey::read(key).error().code == Errc::permissions_unsafe);
    CHECK(Certificate::read(certificate));
}

TEST_CASE("an encrypted key is refused instead of asking for a passphrase", "[keys]") {
    pki::TemporaryFolder const folder;
    auto const party = pki::certify(pki::ec(), {});
    auto const key = folder.write("k", party.encrypted_key_pem());
    CHECK(PrivateKey::read(key).error().code == Errc::key_unusable);
}

TEST_CASE("several certificates of one file are all read", "[keys]") {
    pki::TemporaryFolder const folder;
    auto const first = pki::certify(pki::ec(), {.name = "first"});
    auto const second = pki::certify(pki::ec(), {.name = "second"});
    auto const both = first.certificate_pem() + second.certificate_pem();
    auto const read_all = [&](std::string const& content) {
        return Certificate::read_all(folder.write("ca.pem", content));
    };
    auto const certificates = read_all(both).value();
    REQUIRE(certificates.size() == 2);
    CHECK(certificates[0].common_name() == "first");
    CHECK(certificates[1].common_name() == "second");
    CHECK_FALSE(read_all(""));
    CHECK_FALSE(read_all("nothing of the kind"));
    // A broken second one is not passed over in silence.
    auto broken = both;
    broken[both.size() - 100] = '#';
    CHECK_FALSE(read_all(broken));
}

TEST_CASE("a certificate survives its own DER form, and nothing else is taken for one", "[keys]") {
    auto const certificate = read(pki::certify(pki::ec(), {}));
    auto der = certificate.der();
    CHECK(Certificate::from_der(der).value().der() == der);
    der.push_back(0);
    CHECK(Certificate::from_der(der).error().code == Errc::malformed);
    CHECK_FALSE(Certificate::from_der({}));
    CHECK_FALSE(Certificate::from_der(base::Bytes(100, 0x30)));
}

TEST_CASE("a certificate has one plain common name or none", "[keys]") {
    auto const name_of = [](pki::Subject const& subject) {
        return read(pki::certify(pki::ec(), subject)).common_name();
    };
    CHECK(name_of({.name = "kiosk-0001"}) == "kiosk-0001");
    CHECK(name_of({.name = "borne de l’hôpital"}) == "borne de l’hôpital");
    CHECK(name_of({.name = std::string(64, 'k')}) == std::string(64, 'k'));
    CHECK(name_of({.name = ""}).empty());
    CHECK(name_of({.name = std::string{"kiosk-0001\0.evil", 16}}).empty());
    CHECK(name_of({.name = "kiosk\n0001"}).empty());
    CHECK(name_of({.name = "kiosk-0001", .second_name = "kiosk-0002"}).empty());
}

TEST_CASE("the subject key identifier is there or said to be missing", "[keys]") {
    CHECK(read(pki::certify(pki::ec(), {})).subject_key_identifier().size() == 20);
    CHECK(
        read(pki::certify(pki::ec(), {.key_identifier = false})).subject_key_identifier().empty());
}

TEST_CASE("a certificate tells when it is valid", "[keys]") {
    auto const now = std::chrono::system_clock::now();
    auto const validity = read(pki::certify(pki::ec(), {.from = -1h, .until = 2h})).validity();
    CHECK(validity.covers(now));
    CHECK_FALSE(validity.covers(now - 2h));
    CHECK_FALSE(validity.covers(now + 3h));
    CHECK(validity.until - validity.from == 3h);
}
