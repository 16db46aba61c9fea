// Reading a transparent file from its first byte to its last.
#pragma once

#include "drivers/iso7816/apdu.hpp"

namespace iso7816 {

struct ReadLimits {
    std::size_t block = longest_response_data;  // asked for at once, 1..256
    std::size_t file = 4096;                    // a longer file is Errc::malformed
};

// Asked after each full block: does the content so far need no more? A file is often longer than
// what is written in it, and each block of padding costs a third of a second on a real card.
using Complete = std::function<bool(base::ByteView content)>;

// Reads the file with this short file identifier in the current directory, which needs a transmit
// with_continuation(). Comes back with the content and 9000, or without content and with the status
// word that refused the reading; what a half-read file held is not handed out.
base::Result<ResponseApdu> read_file(Transmit const& transmit, std::uint8_t sfi,
                                     ReadLimits const& limits = {}, Complete const& complete = {});

// The same with the file that was selected.
base::Result<ResponseApdu> read_selected_file(Transmit const& transmit,
                                              ReadLimits const& limits = {},
                                              Complete const& complete = {});

}  // namespace iso7816
