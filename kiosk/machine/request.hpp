// One line of a stranger, as the act it asks for: {"do":"power-off","as":"A1"}. Pure: no file is
// looked at and nothing is done.
#pragma once

#include "kiosk/machine/verbs.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace machine {

inline constexpr std::size_t longest_line = 1024;  // bytes

struct Request {
    Verb verb;
    std::string as = {};  // an author's id, or empty

    bool operator==(Request const&) const = default;
};

// Why something was not done, and a sentence for whoever asked.
struct Refusal {
    enum class Why : std::uint8_t {
        bad_request,     // not a request of ours
        refused,         // not by this one, or not now
        unknown_author,  // nobody of that name is in the list
        busy,            // another act is under way
        failed,          // begun, and did not succeed
    };
    Why why;
    std::string detail;
};

std::string_view name(Refusal::Why why);

// An id that can be neither an option of a program nor a line of a log: 1 to 64 of a-z A-Z 0-9
// . _ / and, but not first, -.
bool is_author_id(std::string_view id);

// A member that is not known is refused: nobody gives this program a path, or thinks he did.
tl::expected<Request, Refusal> parse_request(std::string_view line);

std::string line_of(Request const& request);

}  // namespace machine
