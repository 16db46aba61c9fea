#include "drivers/vitale/nir.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace vitale {
namespace {

constexpr std::size_t corsican_letter = 6;  // third character of "2A", "2B" at 5 and 6
constexpr std::int64_t modulus = 97;

// The 13 characters as the number that the key is reckoned from: 2A counts as 19, 2B as 18.
std::optional<std::int64_t> number_of(std::string_view digits) {
    std::string plain{digits};
    if (auto const department = digits.substr(corsican_letter - 1, 2); department == "2A")
        plain.replace(corsican_letter - 1, 2, "19");
    else if (department == "2B")
        plain.replace(corsican_letter - 1, 2, "18");
    if (!std::ranges::all_of(plain, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(plain.data(), plain.data() + plain.size(), number);
    return number;
}

std::optional<Nir::Class> class_of(std::string_view digits) {
    if (digits.starts_with("555555")) return Nir::Class::agricultural_provisional;
    switch (digits.front()) {
    case '1': return Nir::Class::man;
    case '2': return Nir::Class::woman;
    case '3':
    case '4':
    case '7':
    case '8': return Nir::Class::provisional;
    case '5':
    case '6': return Nir::Class::migrant;
    default: return std::nullopt;  // characters, not an enumeration: 0 and 9 are never given
    }
}

}  // namespace

base::Result<Nir> Nir::parse(std::string_view text) {
    auto const invalid = [](char const* reason) {
        return base::failure(base::Errc::malformed, reason);
    };
    if (text.size() != size) return invalid("NIR: not 15 characters");
    auto const digits = text.substr(0, 13);
    auto const key = text.substr(13);
    auto const number = number_of(digits);
    auto const number_class = class_of(digits);
    if (!number || !number_class) return invalid("NIR: not a number");
    auto const right = modulus - *number % modulus;
    if (key[0] != '0' + right / 10 || key[1] != '0' + right % 10) return invalid("NIR: wrong key");
    return Nir{text, *number_class};
}

}  // namespace vitale
