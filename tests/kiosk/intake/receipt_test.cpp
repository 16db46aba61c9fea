#include "kiosk/intake/receipt.hpp"

#include "kiosk/crypto/jws.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

using namespace intake;

TEST_CASE("a receipt says exactly what was received and verifies under its own key only",
          "[intake]") {
    pki::TemporaryFolder const folder;
    auto const receipts = pki::certify(pki::ec(), {});
    auto const file = folder.write("receipt.key", receipts.key_pem());
    auto const signer =
        ReceiptSigner::open(crypto::PrivateKey::read(file).value(), "intake-1").value();
    auto const id = crypto::Uuid::parse("6f1c1e0e-0000-4000-8000-000000000000").value();
    Receipt const receipt{id, "kiosk-7", crypto::sha256(base::to_bytes("abc")),
                          "2026-11-21T10:00:00Z", true};
    auto const text = signer.sign(receipt).value();
    auto const key =
        crypto::PublicKey::read(folder.write("receipt.pub", receipts.public_key_pem())).value();
    CHECK(crypto::verify_jws(text, key).value() ==
          R"({"v":1,"id":"6f1c1e0e-0000-4000-8000-000000000000","kiosk":"kiosk-7",)"
          R"("sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",)"
          R"("received_at":"2026-11-21T10:00:00Z","node":"intake-1","replay":true})");
    auto const stranger = pki::certify(pki::ec(), {});
    auto const other =
        crypto::PublicKey::read(folder.write("other.pub", stranger.public_key_pem())).value();
    CHECK(crypto::verify_jws(text, other).error().code == base::Errc::not_authentic);
}

TEST_CASE("a moment is written in UTC to the second", "[intake]") {
    CHECK(utc_text(std::chrono::system_clock::from_time_t(1795255200)) == "2026-11-21T10:00:00Z");
}
