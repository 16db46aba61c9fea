// What every socket of ours says to a line: one JSON object on one line, with "ok", and why not.
#pragma once

#include <string>

namespace fuzz {

// Ends the program if it is no such answer; returns its "ok".
bool is_granted(std::string const& answer);

}  // namespace fuzz
