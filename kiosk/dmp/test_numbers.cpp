#include "kiosk/dmp/test_numbers.hpp"

#include <algorithm>

namespace dmp {
namespace {

constexpr std::size_t without_key = 13;

bool is_listed_as(std::string_view entry, std::string_view nir) {
    std::string number{entry};
    std::erase(number, ' ');
    return number.size() >= without_key && nir.size() >= without_key &&
           std::string_view{number}.substr(0, without_key) == nir.substr(0, without_key);
}

}  // namespace

bool is_listed_test_number(std::string_view nir, std::vector<std::string> const& list) {
    return std::ranges::any_of(list, [nir](auto const& entry) { return is_listed_as(entry, nir); });
}

}  // namespace dmp
