// The text of a card, from its one-byte character set to UTF-8.
#pragma once

#include "drivers/base/bytes.hpp"

#include <string>

namespace vitale {

// Which one real cards use is not published; programs that read them take them for 8859-1.
enum class Charset : std::uint8_t { iso_8859_1, iso_8859_15 };

struct Text {
    base::Bytes raw;        // as on the card
    std::string utf8;       // without the spaces around it; U+FFFD stands for a control character
    bool doubtful = false;  // holds a character that no name has: it may be another character set
};

Text decode(base::ByteView raw, Charset charset);

}  // namespace vitale
