// The persons of a profile file, and how they are written onto the card.
#pragma once

#include "drivers/simulator/day.hpp"
#include "drivers/simulator/person.hpp"
#include "drivers/simulator/profile_file.hpp"

#include <vector>

namespace simulator {

struct People {
    std::vector<Person> persons;
    Encoding encoding;
};

// At least one person, unless both files are given raw.
base::Result<People> read_people(ProfileFile& file, Day today);

}  // namespace simulator
