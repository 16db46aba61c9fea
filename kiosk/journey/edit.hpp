// Changes a screen makes to the session without leaving its state.
#pragma once

#include "kiosk/journey/session.hpp"
#include "kiosk/journey/state.hpp"

#include <string_view>

namespace journey {

// One of several things on the screen: the app judges what it means.
struct Pick {
    enum class Of : std::uint8_t {
        person,          // whose record; index into Session::persons
        century,         // 0: 19.., 1: 20..
        representative,  // index into Session::persons
        relationship,    // index into the site's list
        author,          // index into the site's list of those who check identities
    };

    Of of;
    std::size_t index = 0;
};

constexpr std::string_view name(Pick::Of of) {
    switch (of) {
    case Pick::Of::person: return "person";
    case Pick::Of::century: return "century";
    case Pick::Of::representative: return "representative";
    case Pick::Of::relationship: return "relationship";
    case Pick::Of::author: return "author";
    }
    return "";
}

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

// Whether this state's screen has something to pick of this kind, or to change in this way.
bool offers(State state, Pick::Of of);
bool offers(State state, Edit::Kind kind);

// Nothing, where the state does not offer it.
void apply(Session& session, State state, Edit const& edit);

// Whether what was typed may be accepted in this state. Mobile: 06 or 07 and eight digits more;
// e-mail: one @, a dot after it, no blanks, at most 254 characters; names: not empty, ending with a
// letter; PIN: as many digits as a PIN may have; reference: all its characters, whichever they are:
// only the spooler judges them.
bool acceptable(State state, std::string_view typed);

// Whether something is typed in this state.
bool is_entry(State state);

inline constexpr std::size_t shortest_pin = 6;
inline constexpr std::size_t longest_pin = 12;
inline constexpr std::size_t reference_length = 10;

}  // namespace journey
