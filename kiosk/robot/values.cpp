#include "kiosk/robot/values.hpp"

#include <cmath>

namespace robot {
namespace {

constexpr double farthest = 100'000;

}  // namespace

std::optional<std::int64_t> whole_number(nlohmann::json const& line, char const* key,
                                         std::int64_t most, std::int64_t absent) {
    auto const found = line.find(key);
    if (found == line.end()) return absent;
    if (!found->is_number_unsigned() || *found > most) return std::nullopt;
    return found->get<std::int64_t>();
}

std::optional<Point> point_of(nlohmann::json const& line) {
    auto const at = line.find("at");
    if (at == line.end() || !at->is_array() || at->size() != 2) return std::nullopt;
    for (auto const& number : *at)
        if (!number.is_number() || std::abs(number.get<double>()) > farthest) return std::nullopt;
    return Point{(*at)[0].get<float>(), (*at)[1].get<float>()};
}

}  // namespace robot
