#include "kiosk/config/pin_hash.hpp"

#include <charconv>
#include <regex>

namespace config {
namespace {

using base::Errc;
using base::failure;

struct Range {
    std::uint32_t least;
    std::uint32_t most;
    bool holds(std::uint32_t value) const { return value >= least && value <= most; }
};

// The least are OWASP's weakest pair for Argon2id; the most keep a check below some seconds on a
// slow machine.
constexpr Range memory_kib{19 * 1024, 256 * 1024};
constexpr Range passes{2, 10};
constexpr Range lanes{1, 4};
constexpr Range salt_bytes{16, 64};
constexpr Range tag_bytes{32, 64};

constexpr std::size_t longest = 256;
constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t number(std::string const& digits) {
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// Whether base64 without padding stands for whole bytes, as many as allowed, with no spare bit set.
bool is_base64(std::string_view text, Range bytes) {
    auto const spare_bits = text.size() * 6 % 8;
    if (spare_bits == 6 || !bytes.holds(static_cast<std::uint32_t>(text.size() * 6 / 8)))
        return false;
    return (alphabet.find(text.back()) & ((1U << spare_bits) - 1)) == 0;
}

}  // namespace

base::Result<PinHash> parse_pin_hash(std::string_view text) {
    auto const refused = [](char const* reason) {
        return failure(Errc::configuration_invalid, reason);
    };
    static std::regex const form{R"(\$argon2id\$v=19)"
                                 R"(\$m=([1-9]\d{0,8}),t=([1-9]\d{0,8}),p=([1-9]\d{0,8}))"
                                 R"(\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+))"};
    std::string const whole{text.substr(0, longest + 1)};
    std::smatch part;
    if (whole.size() > longest || !std::regex_match(whole, part, form))
        return refused("must be the line that dmp-kiosk hash-pin prints ($argon2id$v=19$...)");
    PinHash hash{number(part[1]), number(part[2]), number(part[3]), part[4], part[5]};
    if (!memory_kib.holds(hash.memory_kib))
        return refused("its memory (m) must be from 19456 to 262144 KiB");
    if (!passes.holds(hash.passes)) return refused("its passes (t) must be from 2 to 10");
    if (!lanes.holds(hash.lanes)) return refused("its lanes (p) must be from 1 to 4");
    if (!is_base64(hash.salt, salt_bytes))
        return refused("its salt must be 16 to 64 bytes in base64 without padding");
    if (!is_base64(hash.tag, tag_bytes))
        return refused("its tag must be 32 to 64 bytes in base64 without padding");
    return hash;
}

}  // namespace config
