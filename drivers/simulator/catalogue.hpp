// The cards that can be put in: the profiles of a folder, as they are on one day.
#pragma once

#include "drivers/simulator/profile.hpp"

#include <string_view>

namespace simulator {

class Catalogue {
  public:
    // Reads them all, so that a mistake shows at once. Without a day it is always the local one,
    // also after midnight.
    static base::Result<Catalogue> open(std::filesystem::path folder,
                                        std::optional<Day> today = std::nullopt);

    // As they were when the catalogue was opened, for a list.
    std::vector<Profile> const& profiles() const { return profiles_; }

    // The card as it is today, from its file: what was changed in it counts too. Errc::file_missing
    // when there is no such profile.
    base::Result<Profile> find(std::string_view id) const;

    void set_today(std::optional<Day> today) { today_ = today; }

  private:
    Catalogue(std::filesystem::path folder, std::optional<Day> today, std::vector<Profile> profiles)
        : folder_(std::move(folder)), today_(today), profiles_(std::move(profiles)) {}

    std::filesystem::path folder_;
    std::optional<Day> today_;
    std::vector<Profile> profiles_;
};

}  // namespace simulator
