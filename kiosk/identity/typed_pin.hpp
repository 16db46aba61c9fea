// A PIN given to a program that has no screen of its own.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/crypto/secret.hpp"

namespace identity {

// From a terminal: asks twice, on standard error, and shows nothing of what is typed; they must
// agree. From anything else: one line, once.
base::Result<crypto::SecretText> typed_pin(int input);

}  // namespace identity
