// How an author's PIN stands in the list of authors: an encoded Argon2id hash, as in
// "$argon2id$v=19$m=32768,t=4,p=1$SALT$TAG".
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace config {

struct PinHash {
    std::uint32_t memory_kib;
    std::uint32_t passes;
    std::uint32_t lanes;
    std::string salt;  // base64 without padding, as it stands in the text
    std::string tag;   // likewise
};

// Refuses another form, parameters that guard too little and parameters that would keep a person
// waiting (Errc::configuration_invalid). The reason never repeats the text.
base::Result<PinHash> parse_pin_hash(std::string_view text);

}  // namespace config
