#include "kiosk/intake/admin.hpp"
#include "kiosk/intake/sqlite_store.hpp"
#include "tests/fuzz/answer.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/kiosk/crypto/pki.hpp"

namespace fuzz {
namespace {

struct Running {
    pki::TemporaryFolder folder;
    std::unique_ptr<intake::SqliteStore> store = open();
    intake::ReceiptSigner signer = make_signer();

    std::unique_ptr<intake::SqliteStore> open() const {
        auto opened = intake::SqliteStore::open(folder.path() / "store.db", 0);
        promise(opened.has_value(), "the store of the test opens");
        return std::move(*opened);
    }

    intake::ReceiptSigner make_signer() const {
        auto key = crypto::PrivateKey::read(
            folder.write("receipt.key", pki::certify(pki::ec(), {}).key_pem()));
        promise(key.has_value(), "the key of the test is read");
        auto made = intake::ReceiptSigner::open(std::move(*key), "intake-1");
        promise(made.has_value(), "the key of the test signs receipts");
        return std::move(*made);
    }
};

}  // namespace

bool read_intake_admin_line(base::ByteView input) {
    static Running running;
    return is_granted(intake::answer_admin(*running.store, running.signer, base::to_text(input)));
}

}  // namespace fuzz
