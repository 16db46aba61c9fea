#include "kiosk/intake/deposit.hpp"

#include "drivers/base/files.hpp"
#include "kiosk/intake/admin.hpp"
#include "kiosk/intake/reading.hpp"

namespace intake {
namespace {

using base::Errc;
using base::failure;

class LocalDesk final : public DepositDesk {
  public:
    LocalDesk(std::unique_ptr<Store> store, ReceiptSigner signer)
        : store_(std::move(store)), signer_(std::move(signer)) {}

    base::Result<Deposited> deposit(std::string const& kiosk, crypto::Uuid const& id,
                                    base::Bytes const& sealed) override {
        return intake::deposit(*store_, signer_, kiosk, id, sealed);
    }

  private:
    std::unique_ptr<Store> store_;
    ReceiptSigner signer_;
};

}  // namespace

base::Result<Deposited> deposit(Store& store, ReceiptSigner const& signer, std::string const& kiosk,
                                crypto::Uuid const& id, base::Bytes sealed) {
    Receipt receipt{id, kiosk, crypto::sha256(sealed), utc_text(std::chrono::system_clock::now()),
                    false};
    auto const first = signer.sign(receipt);
    if (!first) return failure(first.error());
    Arrival const arrival{
        id, kiosk, receipt.sha256, receipt.received_at, *first, std::move(sealed)};
    auto const outcome = store.put({&arrival, 1}).front();
    if (!outcome) return failure(outcome.error());
    switch (outcome->kind) {
    case Outcome::Kind::stored: return Deposited{*first, false};
    case Outcome::Kind::conflicting:
        return failure(Errc::conflict, id.text() + ": another request has this id");
    case Outcome::Kind::replayed: break;
    }
    receipt.received_at = outcome->received_at;
    receipt.replay = true;
    auto again = signer.sign(receipt);
    if (!again) return failure(again.error());
    return Deposited{std::move(*again), true};
}

base::Result<std::unique_ptr<DepositDesk>> open_desk(Settings const& settings) {
    if (auto client = AdminClient::connect(settings.admin_socket))
        return std::unique_ptr<DepositDesk>{std::move(*client)};
    auto key = crypto::PrivateKey::read(settings.receipt_key);
    if (!key) return failure(setting_error(settings, "receipts.key", key.error().detail));
    auto signer = ReceiptSigner::open(std::move(*key), settings.node);
    if (!signer) return failure(setting_error(settings, "receipts.key", signer.error().detail));
    if (auto folder = base::private_folder(settings.database.parent_path()); !folder)
        return failure(setting_error(settings, "store.database", folder.error().detail));
    auto store = open_store(settings);
    if (!store) return failure(store.error());
    return std::unique_ptr<DepositDesk>{
        std::make_unique<LocalDesk>(std::move(*store), std::move(*signer))};
}

}  // namespace intake
