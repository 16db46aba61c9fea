// An author's PIN and its Argon2id hash. Nothing of a PIN stays in memory: neither the working
// memory of Argon2id nor what it computes.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/crypto/secret.hpp"

#include <string>
#include <string_view>

namespace identity {

// 6 to 12 digits, and none that a stranger tries first; the reason is in the error.
base::Result<void> check_choice(crypto::SecretText const& pin);

// With a salt of its own and the parameters of kiosk/identity/README.md, in the form that
// config::parse_pin_hash reads. Refuses what check_choice refuses.
base::Result<std::string> hash_pin(crypto::SecretText const& pin);

// Whether the hash is of this PIN, in a time that does not depend on where they differ. Takes as
// long as the hash's own parameters ask for.
base::Result<bool> verify_pin(crypto::SecretText const& pin, std::string_view pin_hash);

}  // namespace identity
