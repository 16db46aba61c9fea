// What the service says, a JSON object a line: any number of {"event":"progress","text"} and then
// {"ok":true,"text"} or {"ok":false,"error","detail"}.
#pragma once

#include "kiosk/machine/request.hpp"

#include "drivers/base/result.hpp"

#include <string>
#include <string_view>

namespace machine {

std::string progress_line(std::string_view text);
std::string done_line(std::string_view text);
std::string refusal_line(Refusal const& refusal);

struct Answer {
    enum class Kind : std::uint8_t { progress, done, refused };
    Kind kind;
    std::string text;        // what to show
    std::string error = {};  // the word, when it was refused
};

// Errc::protocol_violated for any other line.
base::Result<Answer> read_answer(std::string_view line);

}  // namespace machine
