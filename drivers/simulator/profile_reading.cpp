#include "drivers/simulator/profile_reading.hpp"

#include <algorithm>

namespace simulator {

base::Result<std::string> choice(ProfileFile& file, std::string_view key,
                                 std::string_view otherwise,
                                 std::vector<std::string_view> const& allowed) {
    if (!file.has(key)) return std::string{otherwise};
    auto value = file.text(key);
    if (!value || std::ranges::find(allowed, *value) != allowed.end()) return value;
    std::string sentence = "must be ";
    for (std::size_t i = 0; i < allowed.size(); ++i)
        sentence.append(i == 0 ? "" : i + 1 == allowed.size() ? " or " : ", ").append(allowed[i]);
    return base::failure(file.error(key, sentence));
}

}  // namespace simulator
