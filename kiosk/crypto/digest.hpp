#pragma once

#include "drivers/base/bytes.hpp"

#include <array>

namespace crypto {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(base::ByteView data);

// Overwrites memory in a way no compiler removes.
void cleanse(void* memory, std::size_t size);

}  // namespace crypto
