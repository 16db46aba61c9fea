// A request brought by hand: kept and receipted as if the kiosk that signed its bundle had brought
// it over the network.
#pragma once

#include "kiosk/intake/receipt.hpp"
#include "kiosk/intake/settings.hpp"
#include "kiosk/intake/store.hpp"

#include <memory>

namespace intake {

struct Deposited {
    std::string receipt;  // signed
    bool replay;          // it was here already
};

// Errc::conflict when another body has this id; what a store answers otherwise.
base::Result<Deposited> deposit(Store& store, ReceiptSigner const& signer, std::string const& kiosk,
                                crypto::Uuid const& id, base::Bytes sealed);

class DepositDesk {
  public:
    DepositDesk() = default;
    DepositDesk(DepositDesk const&) = delete;
    DepositDesk& operator=(DepositDesk const&) = delete;
    virtual ~DepositDesk() = default;

    virtual base::Result<Deposited> deposit(std::string const& kiosk, crypto::Uuid const& id,
                                            base::Bytes const& sealed) = 0;
};

// The running server's; when none runs, one on the file itself, which is then ours alone.
base::Result<std::unique_ptr<DepositDesk>> open_desk(Settings const& settings);

}  // namespace intake
