#include "drivers/screen/mode.hpp"

#include <cstdlib>
#include <tuple>

namespace screen {

std::optional<std::size_t> choose_mode(std::span<Mode const> modes, std::optional<Size> wanted) {
    constexpr std::int64_t usual_refresh_millihertz = 60'000;
    auto const worth = [&](Mode const& mode) {
        auto const area = static_cast<std::int64_t>(mode.size.width) *
                          static_cast<std::int64_t>(mode.size.height);
        auto const off_the_usual =
            std::abs(static_cast<std::int64_t>(mode.refresh_millihertz) - usual_refresh_millihertz);
        return std::tuple{wanted && mode.size == *wanted, mode.preferred, !mode.interlaced, area,
                          -off_the_usual};
    };
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < modes.size(); ++i)
        if (!best || worth(modes[i]) > worth(modes[*best])) best = i;
    return best;
}

}  // namespace screen
