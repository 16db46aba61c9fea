// Places in a line: what no window could have is the sender's mistake, and is refused before the
// kiosk reckons with it.
#pragma once

#include <optional>

#include <nlohmann/json.hpp>

namespace robot {

struct Point {
    float x = 0;
    float y = 0;
};

// "at":[x,y], in pixels of the window, none of them beyond 100,000.
std::optional<Point> point_of(nlohmann::json const& line);

}  // namespace robot
