#include "kiosk/crypto/jws.hpp"
#include "kiosk/spooler/receipt.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/kiosk/spooler/pki.hpp"

namespace fuzz {
namespace {

auto const id = crypto::Uuid::parse("9f0d2b1c-6a54-4e0e-8f0a-1b2c3d4e5f60").value();

spooler::ReceiptVerifier const& verifier() {
    static auto const opened = spooler::ReceiptVerifier::open(spooler_test::pki().receipt_public,
                                                              spooler_test::kiosk_name);
    promise(opened.has_value(), "the receipt key of the test is read");
    return *opened;
}

crypto::PrivateKey const& signer() {
    static auto const key = crypto::PrivateKey::read(spooler_test::pki().receipt_key);
    promise(key.has_value(), "the signing key of the test is read");
    return *key;
}

}  // namespace

// An even first byte: the rest is the receipt, or the answer about outcomes. An odd one: the rest
// is its payload, rightly signed, so that what stands in it is reached as well.
bool read_receipt(base::ByteView input) {
    if (input.empty()) return false;
    bool const is_signed = input[0] % 2 == 1;
    auto const text = base::to_text(input.subspan(1));
    crypto::Sha256 const hash{};
    if (!is_signed) {
        promise(!verifier().outcomes(text, 0), "nobody else signs outcomes");
        promise(!verifier().verify(text, id, hash), "nobody else signs receipts");
        return false;
    }
    auto const receipt = crypto::sign_jws(text, signer());
    promise(receipt.has_value(), "any payload can be signed");
    bool const verified = verifier().verify(*receipt, id, hash).has_value();
    promise(!verified || text.find(id.text()) != std::string::npos,
            "a receipt is for the request it names");
    promise(!verified || text.find(spooler_test::kiosk_name) != std::string::npos,
            "a receipt is for the kiosk it names");
    auto const outcomes = verifier().outcomes(*receipt, 0);
    promise(!verified || !outcomes, "a receipt tells no outcomes");
    promise(!outcomes || text.find(spooler_test::kiosk_name) != std::string::npos,
            "outcomes are for the kiosk they name");
    promise(!outcomes || outcomes->next >= (outcomes->more ? 1 : 0), "a position never goes back");
    return verified || outcomes;
}

}  // namespace fuzz
