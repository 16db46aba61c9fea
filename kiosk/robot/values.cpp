#include "kiosk/robot/values.hpp"

#include <cmath>

namespace robot {
namespace {

constexpr double farthest = 100'000;

}  // namespace

std::optional<Point> point_of(nlohmann::json const& line) {
    auto const at = line.find("at");
    if (at == line.end() || !at->is_array() || at->size() != 2) return std::nullopt;
    for (auto const& number : *at)
        if (!number.is_number() || std::abs(number.get<double>()) > farthest) return std::nullopt;
    return Point{(*at)[0].get<float>(), (*at)[1].get<float>()};
}

}  // namespace robot
