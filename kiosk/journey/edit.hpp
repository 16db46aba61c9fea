// Changes a screen makes to the session without leaving its state.
#pragma once

#include "kiosk/journey/session.hpp"
#include "kiosk/journey/state.hpp"

#include <string_view>

namespace journey {

struct Edit {
    enum class Kind : std::uint8_t {
        toggle_samu,
        toggle_professional,
        next_page,
        previous_page,
        show_number,  // and hides it again
        type,         // `text`
        erase,
        symbols,  // and back to letters
        remove_mobile,
        remove_email,
    };

    Kind kind;
    std::string_view text =
        {};  // one character or a suffix such as "@orange.fr"; outlives the frame
};

void apply(Session& session, State state, Edit const& edit);

// Whether what was typed may be accepted in this state. Mobile: 06 or 07 and eight digits more;
// e-mail: one @, a dot after it, no blanks, at most 254 characters; birth name: not empty.
bool acceptable(State state, std::string_view typed);

}  // namespace journey
