// Raw bytes, and the few conversions that every layer needs.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<std::uint8_t const>;

// "3b7513", lower case.
std::string to_hex(ByteView bytes);

// Accepts upper and lower case and spaces between bytes; Errc::malformed otherwise.
Result<Bytes> from_hex(std::string_view text);

// The characters of a text as bytes, and back: no decoding.
Bytes to_bytes(std::string_view text);
std::string to_text(ByteView bytes);

// Overwrites in a way no compiler removes, then empties: for what was read about a person.
void wipe(Bytes& bytes);
void wipe(std::string& text);

}  // namespace base
