// Time is given from outside, as milliseconds on any clock that never goes back.
#pragma once

#include <chrono>

namespace journey {

using Time = std::chrono::milliseconds;

}  // namespace journey
