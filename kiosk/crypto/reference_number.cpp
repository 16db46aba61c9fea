#include "kiosk/crypto/reference_number.hpp"

#include "kiosk/crypto/digest.hpp"

#include <cstdint>

namespace crypto {
namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::size_t length = 10;
constexpr std::string_view domain = "dmp-kiosk reference number 1\n";

// A number of the field of 31 elements: the size being prime and the weights 10...1 all different
// and none zero, a change of one character, or an exchange of two different ones, changes the sum.
static_assert(alphabet.size() == 31);

// Of the characters present, the last of ten having weight 1.
std::size_t weighted_sum(std::string_view text) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        sum += (length - i) * alphabet.find(text[i]);
    return sum % alphabet.size();
}

}  // namespace

std::string reference_number(Uuid const& id) {
    auto input = base::to_bytes(domain);
    input.insert(input.end(), id.bytes().begin(), id.bytes().end());
    auto const digest = sha256(input);
    // 64 bits over 31^9 values: a bias of one part in 700,000.
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof(number); ++i)
        number = number << 8 | digest[i];
    std::string text;
    while (text.size() < length - 1) {
        text.push_back(alphabet[number % alphabet.size()]);
        number /= alphabet.size();
    }
    text.push_back(alphabet[(alphabet.size() - weighted_sum(text)) % alphabet.size()]);
    return text;
}

bool is_reference_number(std::string_view text) {
    return text.size() == length && text.find_first_not_of(alphabet) == std::string_view::npos &&
           weighted_sum(text) == 0;
}

}  // namespace crypto
