// The keys and certificates of the receiving end, checked before anything listens.
#pragma once

#include "kiosk/intake/receipt.hpp"
#include "kiosk/intake/settings.hpp"

#include <memory>

struct ssl_ctx_st;

namespace intake {

struct Credentials {
    // TLS 1.2 or later, no resumption; a client without a valid certificate of our authority does
    // not get through the handshake.
    std::shared_ptr<ssl_ctx_st> tls;
    ReceiptSigner signer;
};

// Every error names the settings file, the key of it and the reason.
base::Result<Credentials> load_credentials(Settings const& settings);

}  // namespace intake
