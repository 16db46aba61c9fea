// What is signed and sealed: one JSON object, padded with blanks to a multiple of 1024 bytes, so
// that the size of a sealed request tells next to nothing about the person and any JSON reader
// reads it.
#pragma once

#include "kiosk/dmp/creation_request.hpp"
#include "kiosk/dmp/withdrawal.hpp"

#include <variant>

namespace dmp {

inline constexpr std::size_t padding_step = 1024;

crypto::SecretString make_body(CreationRequest const& request, std::string_view kiosk,
                               std::string_view key_id);
crypto::SecretString make_body(Withdrawal const& withdrawal, std::string_view kiosk,
                               std::string_view key_id);

struct CreationBody {
    crypto::SecretString message;   // XML
    crypto::SecretString card;      // JSON
    crypto::SecretString evidence;  // JSON
};

struct WithdrawalBody {
    crypto::Uuid withdraws;
    bool clock_trusted;
};

struct Body {
    crypto::Uuid id;
    std::string kiosk;
    std::string key_id;
    Time created_at;
    std::variant<CreationBody, WithdrawalBody> content;
};

// Errc::malformed when the padding or a member is not as make_body writes it, Errc::not_authentic
// when the identities repeated inside contradict each other.
base::Result<Body> read_body(base::ByteView bytes);

}  // namespace dmp
