// The number a person takes home: it lets staff and the hotline speak of one request without a
// name.
#pragma once

#include "kiosk/crypto/uuid.hpp"

#include <string>
#include <string_view>

namespace crypto {

// Ten characters of digits and capitals without 0, 1, I, L, O: nine from a hash of the id, so that
// it reveals nothing and cannot be guessed, and a check character.
std::string reference_number(Uuid const& id);

// Whether the check character fits. One wrong character, or any two exchanged, never fit.
bool is_reference_number(std::string_view text);

}  // namespace crypto
