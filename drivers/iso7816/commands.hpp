// The few commands we send, each with the clause of ISO 7816-4:2020 that defines it.
#pragma once

#include "drivers/iso7816/apdu.hpp"

namespace iso7816 {

inline constexpr std::uint16_t master_file = 0x3F00;  // 7.4.1, reserved file identifier
inline constexpr std::uint8_t highest_sfi = 30;       // 7.4.1, short file identifiers are 1..30
inline constexpr std::size_t highest_offset = 0x7FFF;

// Whether a SELECT asks for the file control information. A T=0 card then answers 61xx.
enum class SelectAnswer : std::uint8_t { wanted, not_wanted };

// 11.2.2 SELECT by DF name: 00 A4 04 00 Lc AID [00].
CommandApdu select_by_aid(base::ByteView aid, SelectAnswer answer = SelectAnswer::wanted);

// 11.2.2 SELECT by file identifier: 00 A4 00 00 02 FID [00].
CommandApdu select_file(std::uint16_t file_identifier,
                        SelectAnswer answer = SelectAnswer::not_wanted);

// 11.2.2 SELECT of an elementary file in the current directory: 00 A4 02 00 02 FID [00].
CommandApdu select_elementary_file(std::uint16_t file_identifier,
                                   SelectAnswer answer = SelectAnswer::wanted);

// 11.3.3 READ BINARY with a short file identifier (1..30), which also becomes the current file:
// 00 B0 80+SFI 00 Le.
CommandApdu read_binary_sfi(std::uint8_t sfi, std::size_t le);

// 11.3.3 READ BINARY of the current file from an offset (0..32767): 00 B0 P1 P2 Le.
CommandApdu read_binary_offset(std::size_t offset, std::size_t le);

// 11.7.1 GET RESPONSE: CLA C0 00 00 Le, in the class of the command it continues.
CommandApdu get_response(std::uint8_t cla, std::size_t le);

}  // namespace iso7816
