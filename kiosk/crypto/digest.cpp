#include "kiosk/crypto/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace crypto {

Sha256 sha256(base::ByteView data) {
    Sha256 digest;
    SHA256(data.data(), data.size(), digest.data());
    return digest;
}

void cleanse(void* memory, std::size_t size) { OPENSSL_cleanse(memory, size); }

}  // namespace crypto
