// Command and response APDUs in their short form (ISO 7816-4:2020, 5.1), and the one function that
// a card is to everything above PC/SC.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/iso7816/status_word.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace iso7816 {

inline constexpr std::size_t longest_command_data = 255;
inline constexpr std::size_t longest_response_data = 256;

struct CommandApdu {
    std::uint8_t cla = 0;
    std::uint8_t ins = 0;
    std::uint8_t p1 = 0;
    std::uint8_t p2 = 0;
    base::Bytes data = {};            // at most 255 bytes
    std::optional<std::size_t> le{};  // 1..256; none: no answer data are asked for

    // As sent to the card.
    base::Bytes bytes() const;
};

struct ResponseApdu {
    base::Bytes data;
    StatusWord sw;

    // Errc::malformed for less than a status word or more than 256 bytes and a status word.
    static base::Result<ResponseApdu> parse(base::ByteView bytes);
};

// Sends one command to a card and brings back its answer. An error means that no answer came.
using Transmit = std::function<base::Result<ResponseApdu>(CommandApdu const&)>;

}  // namespace iso7816
