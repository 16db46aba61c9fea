// The values of a line that must be more than of the right type: what lies outside is the sender's
// mistake, and is refused before the kiosk reckons with it.
#pragma once

#include <cstdint>
#include <optional>

#include <nlohmann/json.hpp>

namespace robot {

// A whole number from 0 to `most`, or `absent` when there is none; nothing for anything else.
std::optional<std::int64_t> whole_number(nlohmann::json const& line, char const* key,
                                         std::int64_t most, std::int64_t absent);

struct Point {
    float x = 0;
    float y = 0;
};

// "at":[x,y], in pixels of the window or a little beside it.
std::optional<Point> point_of(nlohmann::json const& line);

}  // namespace robot
