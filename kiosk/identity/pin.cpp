#include "kiosk/identity/pin.hpp"

#include "kiosk/config/pin_hash.hpp"
#include "kiosk/crypto/base64.hpp"

#include <algorithm>
#include <bitset>
#include <new>
#include <optional>

#include <argon2.h>
#include <sys/random.h>

namespace identity {
namespace {

using base::Errc;
using base::failure;
using crypto::SecretBytes;

// Why these: kiosk/identity/README.md.
constexpr std::uint32_t memory_kib = 32 * 1024;
constexpr std::uint32_t passes = 4;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_size = 16;
constexpr std::size_t tag_size = 32;

constexpr std::size_t fewest_digits = 6;
constexpr std::size_t most_digits = 12;

// Debian's libargon2 wipes its memory by a flag that it does not show; what passes through this
// allocator is wiped whatever that flag is.
using Memory = crypto::CleansingAllocator<std::uint8_t>;

int allocate(std::uint8_t** memory, std::size_t size) {
    try {
        *memory = Memory{}.allocate(size);
        return ARGON2_OK;
    } catch (std::bad_alloc const&) {
        return ARGON2_MEMORY_ALLOCATION_ERROR;
    }
}

void free_wiped(std::uint8_t* memory, std::size_t size) {
    if (memory != nullptr) Memory{}.deallocate(memory, size);
}

struct Cost {
    std::uint32_t memory_kib;
    std::uint32_t passes;
    std::uint32_t lanes;
};

base::Result<SecretBytes> argon2id(crypto::SecretText const& pin, base::Bytes salt,
                                   std::size_t size, Cost cost) {
    // The library takes its inputs without const; it changes them only when a flag asks for it.
    SecretBytes characters(pin.view().begin(), pin.view().end());
    SecretBytes tag(size);
    argon2_context context{};
    context.out = tag.data();
    context.outlen = static_cast<std::uint32_t>(tag.size());
    context.pwd = characters.data();
    context.pwdlen = static_cast<std::uint32_t>(characters.size());
    context.salt = salt.data();
    context.saltlen = static_cast<std::uint32_t>(salt.size());
    context.t_cost = cost.passes;
    context.m_cost = cost.memory_kib;
    context.lanes = cost.lanes;
    context.threads = cost.lanes;
    context.version = ARGON2_VERSION_13;
    context.allocate_cbk = allocate;
    context.free_cbk = free_wiped;
    context.flags = ARGON2_FLAG_CLEAR_PASSWORD;
    if (int const code = argon2id_ctx(&context); code != ARGON2_OK)
        return failure(Errc::crypto_failed, std::string{"argon2id: "} + argon2_error_message(code));
    return tag;
}

base::Result<base::Bytes> unpadded(std::string text) {
    text.append((4 - text.size() % 4) % 4, '=');
    return crypto::from_base64(text);
}

std::string without_padding(std::string text) {
    text.erase(text.find_last_not_of('=') + 1);
    return text;
}

// Looks at every byte, however early they differ.
bool same(base::ByteView one, base::ByteView other) {
    if (one.size() != other.size()) return false;
    std::uint8_t volatile difference = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        difference = static_cast<std::uint8_t>(difference | (one[i] ^ other[i]));
    return difference == 0;
}

int different(std::string_view digits) {
    std::bitset<10> seen;
    for (char const digit : digits)
        seen.set(static_cast<std::size_t>(digit - '0'));
    return static_cast<int>(seen.count());
}

// 123456, 987654, 135791, 112233: the same step, modulo ten, from each digit to the next other one.
bool is_run(std::string_view digits) {
    std::optional<int> first_step;
    for (std::size_t i = 1; i < digits.size(); ++i) {
        auto const step = (digits[i] - digits[i - 1] + 10) % 10;
        if (step == 0) continue;
        if (step != first_step.value_or(step)) return false;
        first_step = step;
    }
    return true;
}

// 123123, 121212
bool is_repeated(std::string_view digits) {
    for (std::size_t length = 1; length <= digits.size() / 2; ++length)
        if (digits.size() % length == 0 &&
            digits.substr(length) == digits.substr(0, digits.size() - length))
            return true;
    return false;
}

// 123321
bool is_mirrored(std::string_view digits) {
    return std::equal(digits.begin(), digits.end(), digits.rbegin());
}

}  // namespace

base::Result<void> check_choice(crypto::SecretText const& pin) {
    auto const digits = pin.view();
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (digits.size() < fewest_digits || digits.size() > most_digits ||
        !std::ranges::all_of(digits, is_digit))
        return failure(Errc::refused, "a PIN has 6 to 12 digits and nothing else");
    if (different(digits) < 3)
        return failure(Errc::refused, "this PIN is too simple: it needs three different digits");
    if (is_run(digits))
        return failure(Errc::refused, "this PIN is too simple: its digits follow in order");
    if (is_repeated(digits))
        return failure(Errc::refused, "this PIN is too simple: a part of it repeats");
    if (is_mirrored(digits))
        return failure(Errc::refused, "this PIN is too simple: it reads the same from its end");
    return {};
}

base::Result<std::string> hash_pin(crypto::SecretText const& pin) {
    if (auto checked = check_choice(pin); !checked) return failure(checked.error());
    base::Bytes salt(salt_size);
    if (::getentropy(salt.data(), salt.size()) != 0)
        return failure(base::system_error("getentropy"));
    auto const tag = argon2id(pin, salt, tag_size, {memory_kib, passes, lanes});
    if (!tag) return failure(tag.error());
    return "$argon2id$v=19$m=" + std::to_string(memory_kib) + ",t=" + std::to_string(passes) +
           ",p=" + std::to_string(lanes) + "$" + without_padding(crypto::to_base64(salt)) + "$" +
           without_padding(crypto::to_base64(*tag));
}

base::Result<bool> verify_pin(crypto::SecretText const& pin, std::string_view pin_hash) {
    auto const hash = config::parse_pin_hash(pin_hash);
    if (!hash) return failure(hash.error());
    auto salt = unpadded(hash->salt);
    if (!salt) return failure(salt.error());
    auto const expected = unpadded(hash->tag);
    if (!expected) return failure(expected.error());
    auto const tag = argon2id(pin, std::move(*salt), expected->size(),
                              {hash->memory_kib, hash->passes, hash->lanes});
    if (!tag) return failure(tag.error());
    return same(*tag, *expected);
}

}  // namespace identity
