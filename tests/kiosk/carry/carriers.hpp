// Kiosks that sign bundles, and the authority behind them.
#pragma once

#include "kiosk/carry/manifest.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

namespace carry_tests {

struct Carriers {
    pki::TemporaryFolder folder;
    pki::Party party = pki::certify(
        pki::ec(), {.name = "Kiosk CA", .authority = true, .key_usage = "keyCertSign,cRLSign"});
    crypto::ClientAuthority authority =
        crypto::ClientAuthority::read(folder.write("ca.pem", party.certificate_pem())).value();

    carry::Signer signer(std::string const& kiosk = "kiosk-1") const {
        auto const made =
            pki::certify(pki::ec(), {.name = kiosk, .extended_key_usage = "clientAuth"}, &party);
        return {crypto::PrivateKey::read(folder.write("key", made.key_pem())).value(),
                crypto::Certificate::read_all(folder.write("pem", made.certificate_pem())).value()};
    }
};

inline base::Bytes body(std::size_t size = 100) {
    base::Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(i * 7);
    return bytes;
}

inline carry::ListedRequest listed(base::Bytes const& sealed) {
    return {crypto::Uuid::random(), "creation", crypto::sha256(sealed),
            static_cast<std::int64_t>(sealed.size())};
}

inline carry::Manifest manifest(std::vector<carry::ListedRequest> requests) {
    return {"kiosk-1", 7, "2026-06-17", std::move(requests)};
}

}  // namespace carry_tests
