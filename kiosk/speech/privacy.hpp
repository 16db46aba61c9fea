// Who may hear what: the one place where that is decided.
#pragma once

#include <cstdint>

namespace speech {

// What words tell about a person: a name, a number, an answer given. What is not known to be open
// is confidential.
enum class Privacy : std::uint8_t { open, confidential };

// Where sound leaves the kiosk.
enum class Outlet : std::uint8_t { loudspeaker, headphones };

// Asked when words are handed over, before they become sound, and again for each buffer that is
// played.
constexpr bool may_be_heard(Privacy privacy, Outlet outlet) {
    switch (privacy) {
    case Privacy::open: return true;
    case Privacy::confidential: return outlet == Outlet::headphones;
    }
    return false;
}

}  // namespace speech
