// The receiver's key is replaced: for a while each request is sealed to the old key and to the new.
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
    pki::Party old_receiver = pki::certify(pki::rsa(), {.name = "receiver"});
    pki::Party new_receiver = pki::certify(pki::rsa(), {.name = "receiver"});

    base::Result<dmp::Sealer> sealer(std::string const& receivers) const {
        return dmp::Sealer::open(folder.write("kiosk.key", kiosk.key_pem()),
                                 folder.write("kiosk.crt", kiosk.certificate_pem()),
                                 folder.write("receiver.crt", receivers));
    }
    dmp::Opener opener(pki::Party const& receiving) const {
        return dmp::Opener::open(folder.write("receiver.key", receiving.key_pem()),
                                 folder.write("ca.crt", authority.certificate_pem()))
            .value();
    }
    std::string both() const {
        return old_receiver.certificate_pem() + new_receiver.certificate_pem();
    }
};

World const& world() {
    static World const made;
    return made;
}

bool opens(base::ByteView sealed, pki::Party const& receiver) {
    return world().opener(receiver).open_request(sealed, example::id()).has_value();
}

}  // namespace

TEST_CASE("during a rotation a request opens with either key alone, before and after with one",
          "[rotation]") {
    auto const& w = world();
    auto const before =
        w.sealer(w.old_receiver.certificate_pem())->seal(example::request()).value();
    auto const during = w.sealer(w.both())->seal(example::request()).value();
    auto const after = w.sealer(w.new_receiver.certificate_pem())->seal(example::request()).value();
    CHECK(opens(before.sealed, w.old_receiver));
    CHECK_FALSE(opens(before.sealed, w.new_receiver));
    CHECK(opens(during.sealed, w.old_receiver));
    CHECK(opens(during.sealed, w.new_receiver));
    CHECK_FALSE(opens(after.sealed, w.old_receiver));
    CHECK(opens(after.sealed, w.new_receiver));
    CHECK(during.sealed.size() < before.sealed.size() + 600);

    // What the outbox keeps tells which requests still need the old key.
    auto ids = std::vector{before.key_id, after.key_id};
    std::ranges::sort(ids);
    CHECK(during.key_id == ids[0] + ids[1]);
    CHECK(during.key_id.size() == 80);
    auto const turned =
        w.sealer(w.new_receiver.certificate_pem() + w.old_receiver.certificate_pem());
    CHECK(turned->key_id() == during.key_id);
}

TEST_CASE("a request from which one of two recipients was taken out does not open", "[rotation]") {
    auto const& w = world();
    auto const sealed = w.sealer(w.both())->seal(example::request()).value().sealed;
    auto const read_key = [&](pki::Party const& party) {
        return crypto::PrivateKey::read(w.folder.write("k", party.key_pem())).value();
    };
    auto const certificate =
        crypto::Certificate::read(w.folder.write("c", w.new_receiver.certificate_pem())).value();
    // Somebody with the old key seals the signed body again, to the new receiver alone.
    auto const unsealed = crypto::unseal_cms(sealed, read_key(w.old_receiver)).value();
    auto const again = crypto::seal_cms(unsealed.content, {certificate}).value();
    CHECK_FALSE(opens(again, w.new_receiver));
    CHECK(opens(sealed, w.new_receiver));  // the control
}

TEST_CASE("a file of receivers that cannot be sealed to is refused with its reason", "[rotation]") {
    auto const& w = world();
    auto const fault = [&](std::string const& receivers) {
        auto const opened = w.sealer(receivers);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == Errc::key_unusable);
        return opened.error().detail;
    };
    REQUIRE(w.sealer(w.both()));  // the control
    auto const nameless = pki::certify(w.new_receiver.key, {.key_identifier = false});
    CHECK(fault(w.old_receiver.certificate_pem() + nameless.certificate_pem())
              .find("receiver.crt: the receiver's certificate has no subject key identifier") !=
          std::string::npos);
    CHECK(fault(nameless.certificate_pem()).find("no subject key identifier") != std::string::npos);
    auto const weak = pki::certify(pki::rsa(2048), {});
    CHECK(fault(w.old_receiver.certificate_pem() + weak.certificate_pem()).find("2048 bits") !=
          std::string::npos);
    CHECK(fault(w.old_receiver.certificate_pem() + w.old_receiver.certificate_pem())
              .find("two certificates of one key") != std::string::npos);
    CHECK(fault(w.both() + pki::certify(pki::rsa(), {}).certificate_pem())
              .find("holds 3 certificates") != std::string::npos);
}

TEST_CASE("the old certificate's end is told during a rotation, too", "[rotation]") {
    using namespace std::chrono_literals;
    auto const& w = world();
    auto const old_one = pki::certify(w.old_receiver.key, {.name = "receiver", .until = 24h * 10});
    auto const sealer = w.sealer(w.new_receiver.certificate_pem() + old_one.certificate_pem());
    REQUIRE(sealer);
    auto const alarms = sealer->alarms(std::chrono::system_clock::now());
    REQUIRE(alarms.size() == 1);
    CHECK(alarms.front().find("the receiver's sealing certificate expires on") == 0);
}
