// What a T=0 card leaves to the program: fetching the answer it announced (61xx) and asking again
// with the length it wants (6Cxx).
#pragma once

#include "drivers/iso7816/apdu.hpp"

namespace iso7816 {

// A card that always has more to say is cut off after so many exchanges for one command.
inline constexpr int longest_continuation = 16;

// The same card, but every command comes back with its whole answer and final status word,
// whichever way the card or its reader delivers it. Errc::malformed for a card that does not come
// to an end.
Transmit with_continuation(Transmit transmit);

}  // namespace iso7816
