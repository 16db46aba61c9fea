// SW1-SW2, the two bytes with which a card ends every answer (ISO 7816-4:2020, 5.6). A status word
// is data: the transport carries it, whoever asked judges it.
#pragma once

#include <cstdint>
#include <string>

namespace iso7816 {

struct StatusWord {
    std::uint16_t value = 0;

    constexpr std::uint8_t sw1() const { return static_cast<std::uint8_t>(value >> 8); }
    constexpr std::uint8_t sw2() const { return static_cast<std::uint8_t>(value & 0xFF); }

    // 61xx: xx more bytes wait for GET RESPONSE (00 means 256).
    constexpr bool more_data() const { return sw1() == 0x61; }
    // 6Cxx: the same command again, with Le = xx.
    constexpr bool wrong_le() const { return sw1() == 0x6C; }

    friend constexpr bool operator==(StatusWord, StatusWord) = default;
};

inline constexpr StatusWord success{0x9000};
inline constexpr StatusWord end_of_file_reached{0x6282};
inline constexpr StatusWord wrong_length{0x6700};
inline constexpr StatusWord security_status_not_satisfied{0x6982};
inline constexpr StatusWord conditions_of_use_not_satisfied{0x6985};
inline constexpr StatusWord function_not_supported{0x6A81};
inline constexpr StatusWord file_not_found{0x6A82};
inline constexpr StatusWord incorrect_p1_p2{0x6A86};
inline constexpr StatusWord wrong_p1_p2{0x6B00};
inline constexpr StatusWord instruction_not_supported{0x6D00};
inline constexpr StatusWord class_not_supported{0x6E00};

// "6a82"
std::string to_string(StatusWord sw);

}  // namespace iso7816
