#include "drivers/iso7816/commands.hpp"

#include <cassert>

namespace iso7816 {
namespace {

constexpr std::uint8_t ins_select = 0xA4;
constexpr std::uint8_t ins_read_binary = 0xB0;
constexpr std::uint8_t ins_get_response = 0xC0;

std::optional<std::size_t> le_of(SelectAnswer answer) {
    if (answer == SelectAnswer::wanted) return longest_response_data;
    return std::nullopt;
}

base::Bytes bytes_of(std::uint16_t file_identifier) {
    return {static_cast<std::uint8_t>(file_identifier >> 8),
            static_cast<std::uint8_t>(file_identifier & 0xFF)};
}

}  // namespace

CommandApdu select_by_aid(base::ByteView aid, SelectAnswer answer) {
    return {0x00, ins_select, 0x04, 0x00, {aid.begin(), aid.end()}, le_of(answer)};
}

CommandApdu select_file(std::uint16_t file_identifier, SelectAnswer answer) {
    return {0x00, ins_select, 0x00, 0x00, bytes_of(file_identifier), le_of(answer)};
}

CommandApdu select_elementary_file(std::uint16_t file_identifier, SelectAnswer answer) {
    return {0x00, ins_select, 0x02, 0x00, bytes_of(file_identifier), le_of(answer)};
}

CommandApdu read_binary_sfi(std::uint8_t sfi, std::size_t le) {
    assert(sfi >= 1 && sfi <= highest_sfi);
    return {0x00, ins_read_binary, static_cast<std::uint8_t>(0x80 | sfi), 0x00, {}, le};
}

CommandApdu read_binary_offset(std::size_t offset, std::size_t le) {
    assert(offset <= highest_offset);
    return {0x00,
            ins_read_binary,
            static_cast<std::uint8_t>(offset >> 8),
            static_cast<std::uint8_t>(offset & 0xFF),
            {},
            le};
}

CommandApdu get_response(std::uint8_t cla, std::size_t le) {
    return {cla, ins_get_response, 0x00, 0x00, {}, le};
}

}  // namespace iso7816
