#include "kiosk/dmp/sealing.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"
#include "tests/kiosk/dmp/example.hpp"

#include <algorithm>

using base::Errc;

namespace {

struct World {
    pki::TemporaryFolder folder;
    pki::Party authority = pki::certify(
        pki::ec(), {.name = "Kiosk CA", .authority = true, .key_usage = "keyCertSign"});
    pki::Party kiosk = pki::certify(pki::ec(), {.key_usage = "digitalSignature"}, &authority);
    pki::Party receiver = pki::certify(pki::rsa(), {.name = "receiver"});

    base::Result<dmp::Sealer> sealer(pki::Party const& signer, pki::Party const& to) const {
        return dmp::Sealer::open(folder.write("kiosk.key", signer.key_pem()),
                                 folder.write("kiosk.crt", signer.certificate_pem()),
                                 folder.write("receiver.crt", to.certificate_pem()));
    }
    base::Result<dmp::Opener> opener(pki::Party const& receiving, pki::Party const& trusted) const {
        return dmp::Opener::open(folder.write("receiver.key", receiving.key_pem()),
                                 folder.write("ca.crt", trusted.certificate_pem()));
    }
};

World const& world() {
    static World const made;
    return made;
}

dmp::Sealer sealer() { return world().sealer(world().kiosk, world().receiver).value(); }
dmp::Opener opener() { return world().opener(world().receiver, world().authority).value(); }

}  // namespace

TEST_CASE("a sealed request opens with everything in it", "[sealing]") {
    auto const sealed = sealer().seal(example::request());
    REQUIRE(sealed);
    CHECK(sealed->id == example::id());
    CHECK(sealed->sha256 == crypto::sha256(sealed->sealed));
    CHECK(sealed->key_id == sealer().key_id());
    CHECK(sealed->key_id.size() == 40);

    auto const opened = opener().open_request(sealed->sealed, example::id());
    REQUIRE(opened);
    CHECK(opened->id == example::id());
    CHECK(opened->kiosk == "kiosk-0001");
    CHECK(opened->created_at == example::at(60));
    CHECK_FALSE(opened->certificate_valid_then);  // made in 2019, says the example
    CHECK(std::string_view{opened->message}.find("DESMAUX-L'HÉRITIER") != std::string_view::npos);
    CHECK(std::string_view{opened->card}.find("255069999999934") != std::string_view::npos);
    CHECK(std::string_view{opened->evidence}.find("consent.fr") != std::string_view::npos);
}

TEST_CASE("a sealed withdrawal opens as one and never as a request", "[sealing]") {
    auto const id = dmp::id_of_withdrawal(example::id());
    auto const sealed = sealer().seal(dmp::Withdrawal{id, example::id(), example::at(60), true});
    REQUIRE(sealed);
    CHECK(sealed->id == id);
    CHECK(dmp::name(sealed->kind) == "withdrawal");
    CHECK(dmp::name(sealer().seal(example::request())->kind) == "creation");

    auto const opened = opener().open_sealed(sealed->sealed, id);
    REQUIRE(opened);
    auto const& withdrawal = std::get<dmp::OpenedWithdrawal>(*opened);
    CHECK(withdrawal.id == id);
    CHECK(withdrawal.withdraws == example::id());
    CHECK(withdrawal.kiosk == "kiosk-0001");
    CHECK(opener().open_request(sealed->sealed, id).error().code == Errc::refused);
    // Under the id of the request it would be taken for the request itself.
    CHECK(opener().open_sealed(sealed->sealed, example::id()).error().code == Errc::not_authentic);
}

TEST_CASE("the request of everyone is sealed and opens", "[sealing]") {
    for (auto const& [name, request] : example::kinds()) {
        INFO(name);
        auto const sealed = sealer().seal(request);
        REQUIRE(sealed);
        auto const opened = opener().open_request(sealed->sealed, example::id());
        REQUIRE(opened);
        CHECK(std::string_view{opened->message}.find(request.patient.given_name.view()) !=
              std::string_view::npos);
    }
}

TEST_CASE("a request of today was made within the life of its certificate", "[sealing]") {
    auto request = example::request();
    request.created_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto const opened = opener().open_request(sealer().seal(request).value().sealed, example::id());
    REQUIRE(opened);
    CHECK(opened->certificate_valid_then);
}

TEST_CASE("nothing of the person can be read in a sealed request", "[sealing]") {
    auto const sealed = sealer().seal(example::request()).value().sealed;
    for (std::string_view const personal : {"DESMAUX", "NATHALIE", "255069999999934", "kiosk-0001",
                                            "0600000001", "PRPA_IN201311UV02"})
        CHECK(std::ranges::search(sealed, personal).empty());
}

TEST_CASE("a sealed request has at most 12 KB, and its size moves in steps", "[sealing]") {
    auto const size_of = [](dmp::CreationRequest const& request) {
        return sealer().seal(request).value().sealed.size();
    };
    auto const usual = size_of(example::request());
    CHECK(usual > 1024);
    // Every field as long as a keyboard can make it, and names of so many letters on the card.
    auto const full = [](dmp::CreationRequest request, int letters) {
        std::string name;
        for (int i = 0; i < letters; ++i)
            name += "É";
        std::string const raw(static_cast<std::size_t>(letters), '\xC9');
        auto& [family, birth, given, date, ins] = request.patient;
        family = birth = given = name;
        for (auto* person : {&request.card.insured, &*request.card.enrolled})
            person->family_name = person->first_name = raw;
        if (auto& representative = request.representative)
            representative->family_name = representative->given_name = name;
        request.contact.email = std::string(242, 'w') + "@example.com";
        request.evidence.layers_shown = {"short", "explanation", "details"};
        return request;
    };
    // The most a name can have; and the most two names of a record with a length of one byte have.
    auto const adult = size_of(full(example::other_adult(), 255));
    auto const child = size_of(full(example::child(), 120));
    CAPTURE(usual, adult, child);
    CHECK(usual <= 8 * 1024);
    CHECK(size_of(example::child()) <= 8 * 1024);
    CHECK(adult <= 12 * 1024);
    CHECK(child <= 12 * 1024);
    CHECK(size_of(full(example::child(), 255)) <= dmp::largest_sealed);

    auto little = example::request();
    little.contact.email.reset();
    auto const apart = std::max(usual, size_of(little)) - std::min(usual, size_of(little));
    // Whole steps, but for the two bytes by which ECDSA signatures vary.
    CHECK((apart % 1024 <= 4 || apart % 1024 >= 1020));
}

TEST_CASE("each sealing gives other bytes", "[sealing]") {
    auto const once = sealer().seal(example::request()).value();
    auto const twice = sealer().seal(example::request()).value();
    CHECK(once.sha256 != twice.sha256);
}

TEST_CASE("a request that says too little is not sealed", "[sealing]") {
    auto request = example::request();
    request.card.nir_od = "";
    CHECK(sealer().seal(request).error().code == Errc::malformed);
}

TEST_CASE("a request opens under its own id only", "[sealing]") {
    auto const sealed = sealer().seal(example::request()).value().sealed;
    auto const opened = opener().open_request(sealed, crypto::Uuid::random());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::not_authentic);
}

TEST_CASE("a request opens only with the receiver's key and from a trusted kiosk", "[sealing]") {
    auto const& w = world();
    auto const sealed = sealer().seal(example::request()).value().sealed;
    CHECK(opener().open_request(sealed, example::id()));  // the control

    auto const other_key = w.opener(pki::certify(pki::rsa(), {}), w.authority).value();
    CHECK(other_key.open_request(sealed, example::id()).error().code == Errc::not_authentic);
    auto const foreign = pki::certify(
        pki::ec(), {.name = "Kiosk CA", .authority = true, .key_usage = "keyCertSign"});
    auto const other_trust = w.opener(w.receiver, foreign).value();
    CHECK(other_trust.open_request(sealed, example::id()).error().code == Errc::not_authentic);

    auto const self_made = pki::certify(pki::ec(), {});
    auto const forged = w.sealer(self_made, w.receiver).value().seal(example::request()).value();
    CHECK(opener().open_request(forged.sealed, example::id()).error().code == Errc::not_authentic);
}

TEST_CASE("a kiosk cannot sign what another kiosk is said to have made", "[sealing]") {
    auto const& w = world();
    auto const second = pki::certify(pki::ec(), {.name = "kiosk-0002"}, &w.authority);
    auto const sealed = sealer().seal(example::request()).value().sealed;
    // Opened with the receiver's key, signed again by the second kiosk, sealed again.
    auto const read_key = [&](pki::Party const& party) {
        return crypto::PrivateKey::read(w.folder.write("k", party.key_pem())).value();
    };
    auto const read_certificate = [&](pki::Party const& party) {
        return crypto::Certificate::read(w.folder.write("c", party.certificate_pem())).value();
    };
    auto const unsealed = crypto::unseal_cms(sealed, read_key(w.receiver)).value();
    auto const body =
        crypto::verify_cms(unsealed.content, {read_certificate(w.authority)}).value().content;
    auto const again = [&](pki::Party const& signer, pki::Party const& receiver) {
        auto const signed_again =
            crypto::sign_cms(body, read_certificate(signer), read_key(signer)).value();
        return crypto::seal_cms(signed_again, {read_certificate(receiver)}).value();
    };
    CHECK(opener().open_request(again(w.kiosk, w.receiver), example::id()));  // the control
    CHECK(opener().open_request(again(second, w.receiver), example::id()).error().code ==
          Errc::not_authentic);

    // Nor can what was sealed to one receiver be passed on to another as if meant for it.
    auto const other = pki::certify(pki::rsa(), {.name = "other receiver"});
    auto const other_opener = w.opener(other, w.authority).value();
    CHECK(other_opener.open_request(again(w.kiosk, other), example::id()).error().code ==
          Errc::not_authentic);
}

TEST_CASE("a sealed request with a flipped bit never opens", "[sealing]") {
    auto sealed = sealer().seal(example::request()).value().sealed;
    auto const receiver = opener();
    REQUIRE(receiver.open_request(sealed, example::id()));
    // Prime steps reach every part; the CMS tests flip every bit of a small message.
    for (std::size_t bit = 0; bit < sealed.size() * 8; bit += 251) {
        auto const mask = static_cast<std::uint8_t>(1U << (bit % 8));
        sealed[bit / 8] ^= mask;
        if (receiver.open_request(sealed, example::id())) FAIL("opened with bit " << bit);
        sealed[bit / 8] ^= mask;
    }
    sealed.resize(dmp::largest_sealed + 1);
    CHECK(receiver.open_request(sealed, example::id()).error().code == Errc::malformed);
    CHECK_FALSE(receiver.open_request({}, example::id()));
}

TEST_CASE("keys that do not fit stop the start with a sentence naming the file", "[sealing]") {
    auto const& w = world();
    auto const& folder = w.folder;
    auto const key = folder.write("a.key", w.kiosk.key_pem());
    auto const certificate = folder.write("a.crt", w.kiosk.certificate_pem());
    auto const receiver = folder.write("a.receiver", w.receiver.certificate_pem());
    CHECK(dmp::Sealer::open(key, certificate, receiver));  // the control

    auto const fault = [](auto const& opened) {
        REQUIRE_FALSE(opened);
        return opened.error().detail;
    };
    auto const foreign = folder.write("b.key", pki::certify(pki::ec(), {}).key_pem());
    CHECK(fault(dmp::Sealer::open(foreign, certificate, receiver)).find("does not belong") !=
          std::string::npos);
    auto const missing = folder / "missing.pem";
    CHECK(fault(dmp::Sealer::open(missing, certificate, receiver)).find("missing.pem") !=
          std::string::npos);
    auto const nameless = pki::certify(w.kiosk.key, {.name = ""}, &w.authority);
    CHECK(fault(dmp::Sealer::open(key, folder.write("n.crt", nameless.certificate_pem()), receiver))
              .find("common name") != std::string::npos);
    auto const weak = pki::certify(pki::rsa(2048), {});
    CHECK(fault(dmp::Sealer::open(key, certificate, folder.write("w.crt", weak.certificate_pem())))
              .find("w.crt: the receiver's RSA key has 2048 bits") != std::string::npos);
    std::filesystem::permissions(key, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    CHECK(dmp::Sealer::open(key, certificate, receiver).error().code == Errc::permissions_unsafe);
}

TEST_CASE("certificates near or past their end are told to staff and do not stop the kiosk",
          "[sealing]") {
    using namespace std::chrono_literals;
    auto const now = std::chrono::system_clock::now();
    CHECK(sealer().alarms(now).empty());
    CHECK(sealer().alarms(now + 24h * 340).size() == 2);
    auto const later = sealer().alarms(now + 24h * 400);
    REQUIRE(later.size() == 2);
    CHECK(later[0].find("the kiosk's signing certificate expired on 20") == 0);
    CHECK(later[1].find("the receiver's sealing certificate expired on 20") == 0);
    CHECK(sealer().alarms(now - 24h * 400).front().find("not valid before") != std::string::npos);

    auto const& w = world();
    auto const expired = pki::certify(w.kiosk.key, {.from = -48h, .until = -24h}, &w.authority);
    auto const sealing = w.sealer(expired, w.receiver);
    REQUIRE(sealing);
    auto const sealed = sealing->seal(example::request());
    REQUIRE(sealed);
    CHECK(opener().open_request(sealed->sealed, example::id()));
}
