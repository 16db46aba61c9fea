#include "drivers/simulator/catalogue.hpp"

#include <algorithm>

namespace simulator {

base::Result<Catalogue> Catalogue::open(std::filesystem::path folder, std::optional<Day> today) {
    auto profiles = read_profiles(folder, today.value_or(local_day()));
    if (!profiles) return base::failure(std::move(profiles.error()));
    return Catalogue{std::move(folder), today, std::move(*profiles)};
}

base::Result<Profile> Catalogue::find(std::string_view id) const {
    if (std::ranges::find(profiles_, id, &Profile::id) == profiles_.end())
        return base::failure(base::Errc::file_missing, "no such profile");
    return read_profile(folder_ / (std::string{id} + ".toml"), today_.value_or(local_day()));
}

}  // namespace simulator
