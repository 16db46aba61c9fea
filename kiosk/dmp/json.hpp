// JSON whose memory is overwritten when it is freed. Included by .cpp files only: it is a large
// header.
#pragma once

#include "kiosk/crypto/secret.hpp"

#include <cstdint>
#include <map>
#include <vector>

#include <nlohmann/json.hpp>

namespace dmp {

using Json = nlohmann::basic_json<std::map, std::vector, crypto::SecretString, bool, std::int64_t,
                                  std::uint64_t, double, crypto::CleansingAllocator>;

// Never throws: check() has seen the texts, and what is no UTF-8 nevertheless becomes U+FFFD.
inline crypto::SecretString to_text(Json const& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace dmp
