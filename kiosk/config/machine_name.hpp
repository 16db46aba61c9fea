// The names that appear in receipts, lists and logs: of kiosks (from their certificates) and of
// receivers. Plain letters only, so that no name can forge a log line or a JSON member.
#pragma once

#include <algorithm>
#include <string_view>

namespace config {

inline constexpr std::string_view machine_name_rule =
    "must be 1 to 64 characters among a-z A-Z 0-9 . _ -";

constexpr bool is_machine_name(std::string_view name) {
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    });
}

}  // namespace config
