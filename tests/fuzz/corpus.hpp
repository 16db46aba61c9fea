// The inputs kept in corpus/, and random changes of them.
#pragma once

#include "drivers/base/bytes.hpp"

#include <filesystem>
#include <random>
#include <string_view>
#include <vector>

namespace fuzz {

base::Bytes content(std::filesystem::path const& path);
std::vector<base::Bytes> corpus_of(std::string_view target);

// One to four of: another byte, a bit, a cut, a byte put in, a byte taken out, a run of one byte.
base::Bytes changed(base::Bytes bytes, std::mt19937& random);

}  // namespace fuzz
