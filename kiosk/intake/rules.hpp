// What a request must be before the store hears of it, apart from HTTP itself.
#pragma once

#include "drivers/base/bytes.hpp"
#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/uuid.hpp"

#include <cstdint>
#include <string_view>

#include <tl/expected.hpp>

namespace intake {

inline constexpr std::size_t largest_body = 64 * 1024;
inline constexpr std::size_t largest_header = 8 * 1024;

// Why a request was refused: an HTTP status, a word for programs, a sentence for people. Never
// anything that the request itself contained.
struct Refusal {
    unsigned status;
    std::string_view error;
    std::string_view detail;
};

template <class T>
using Accepted = tl::expected<T, Refusal>;

struct Target {
    enum class Kind { request, outcomes, health, unknown };
    Kind kind;
    std::string_view id = {};     // of a request, as written
    std::string_view after = {};  // of outcomes, as written
};

Target target_of(std::string_view path);

Accepted<crypto::Uuid> accept_id(std::string_view text);

// The position that `?after=` names: a count, not below 0.
Accepted<std::int64_t> accept_after(std::string_view text);

// A media type with or without parameters (RFC 7193).
bool is_cms(std::string_view content_type);

// The hash of the body, if the sha-256 member of this Content-Digest field (RFC 9530) is the same.
// Digests of other algorithms may stand beside it and are not looked at.
Accepted<crypto::Sha256> accept_digest(std::string_view field, base::ByteView body);

}  // namespace intake
