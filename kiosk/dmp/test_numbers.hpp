// Numbers of test and demonstration cards, which must never reach the production DMP.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dmp {

// Whether this number (13 characters, with or without its key) is on the configured list (likewise,
// blanks allowed). No rule on digits: one could refuse a real person.
bool is_listed_test_number(std::string_view nir, std::vector<std::string> const& list);

}  // namespace dmp
