// Whole numbers of JSON, whose library compares 2^63 and more as if it were negative.
#pragma once

#include <cstdint>
#include <optional>

namespace base {

// From 0 to `most`; nothing for anything else. Json is any of nlohmann-json's.
template <class Json>
std::optional<std::int64_t> whole_number(Json const& value, std::int64_t most) {
    if (!value.is_number_unsigned()) return std::nullopt;
    auto const number = value.template get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(most)) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

// The same of an object's member, or `absent` when there is none.
template <class Json>
std::optional<std::int64_t> whole_number(Json const& object, char const* key, std::int64_t most,
                                         std::int64_t absent) {
    auto const found = object.find(key);
    return found == object.end() ? std::optional{absent} : whole_number(*found, most);
}

}  // namespace base
