// The configuration files of a desk: the same settings as a real site's, with throw-away keys.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace desk {

struct Site {
    std::filesystem::path assets;
    std::string environment;
    int intake_port;
    int width;
    int height;
    double mm_per_pixel;
    double viewing_distance_mm;
    bool identity_seen;
};

inline constexpr std::string_view kiosk_id = "borne-bureau-1";
inline constexpr std::string_view author_id = "899900000000";

std::string authors_toml(std::string_view pin_hash = {});
std::string kiosk_toml(Site const& site);
std::string spooler_toml(Site const& site);
std::string intake_toml(Site const& site);

}  // namespace desk
