#include "kiosk/spooler/receipt.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"
#include "tests/kiosk/spooler/intake_server.hpp"
#include "tests/kiosk/spooler/pki.hpp"

using namespace spooler;
using namespace spooler_test;

TEST_CASE("a receipt counts only for its own request, body and kiosk", "[receipt]") {
    auto const verifier = ReceiptVerifier::open(pki().receipt_public, kiosk_name);
    REQUIRE(verifier);
    auto const request = sealed_request();
    auto const other = sealed_request();
    ReceiptFields const fields{1, request.id.text(), kiosk_name, base::to_hex(request.sha256)};
    auto const receipt = signed_receipt(fields, pki().receipt_key);
    CHECK(verifier->verify(receipt, request.id, request.sha256));
    CHECK_FALSE(verifier->verify(receipt, other.id, request.sha256));
    CHECK_FALSE(verifier->verify(receipt, request.id, other.sha256));
    auto const elsewhere = ReceiptVerifier::open(pki().receipt_public, "kiosk-0002");
    REQUIRE(elsewhere);
    CHECK_FALSE(elsewhere->verify(receipt, request.id, request.sha256));
}

TEST_CASE("one changed character anywhere in a receipt undoes it", "[receipt]") {
    auto const verifier = ReceiptVerifier::open(pki().receipt_public, kiosk_name);
    REQUIRE(verifier);
    auto const request = sealed_request();
    auto const receipt = signed_receipt(
        {1, request.id.text(), kiosk_name, base::to_hex(request.sha256)}, pki().receipt_key);
    for (std::size_t i = 0; i < receipt.size(); i += 7) {
        auto changed = receipt;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK_FALSE(verifier->verify(changed, request.id, request.sha256));
    }
}

TEST_CASE("a signed payload that is no receipt is none", "[receipt]") {
    auto const verifier = ReceiptVerifier::open(pki().receipt_public, kiosk_name);
    auto const key = crypto::PrivateKey::read(pki().receipt_key);
    REQUIRE(verifier);
    REQUIRE(key);
    auto const request = sealed_request();
    for (auto const* payload : {"", "[]", "null", "{}", "{\"v\":\"1\"}", "not json", "{\"v\":1}"}) {
        auto const text = crypto::sign_jws(payload, *key);
        REQUIRE(text);
        CHECK_FALSE(verifier->verify(*text, request.id, request.sha256));
    }
}

TEST_CASE("a receipt key that is not P-256 is refused at once", "[receipt]") {
    CHECK_FALSE(ReceiptVerifier::open(pki().rsa_public, kiosk_name));
    CHECK_FALSE(ReceiptVerifier::open(pki().receipt_key, kiosk_name));  // a private one
}
