// BER-TLV data objects (ISO 7816-4:2020, 6.3), one level at a time.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace iso7816 {

// How lengths from 128 upwards are written.
enum class LengthForm : std::uint8_t {
    ber,       // 81 xx or 82 xx xx
    one_byte,  // the raw byte: for writers who never met a long object
};

struct Tlv {
    std::uint32_t tag = 0;  // its one to three bytes as written: 65, 5F37, 7F21
    base::ByteView value;   // into the parsed bytes
};

// The data objects that follow each other in these bytes. A tag byte 00 is padding and ends the
// list. Errc::malformed when an object reaches beyond the end, or a tag or length is none.
base::Result<std::vector<Tlv>> parse_tlv(base::ByteView bytes, LengthForm form = LengthForm::ber);

// The tag of the first object, whether or not the object is whole.
std::optional<std::uint32_t> first_tag(base::ByteView bytes);

// Whether the list ends within these bytes, by padding: what follows need not be read.
bool ends_with_padding(base::ByteView bytes, LengthForm form = LengthForm::ber);

}  // namespace iso7816
