// What PC/SC functions answer, in our words.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <string_view>

namespace pcsc {

// For any code but success. The detail names the function and the code in hexadecimal, also when
// nobody has heard of that code (reader_failed).
base::Error error_of(std::string_view function, std::uint32_t code);

// {} for SCARD_S_SUCCESS. Takes the code as the functions of winscard.h return it.
base::Result<void> check(std::string_view function, long code);

}  // namespace pcsc
