#include "kiosk/dmp/withdrawal.hpp"

#include "kiosk/crypto/digest.hpp"

namespace dmp {

crypto::Uuid id_of_withdrawal(crypto::Uuid const& request) {
    auto input = base::to_bytes("dmp-kiosk withdrawal 1\n");
    input.insert(input.end(), request.bytes().begin(), request.bytes().end());
    return crypto::Uuid::from_hash(crypto::sha256(input));
}

}  // namespace dmp
