// The two files of a carte Vitale, from bytes to persons and numbers.
#pragma once

#include "drivers/vitale/card.hpp"
#include "drivers/vitale/configuration.hpp"

namespace vitale {

// The persons of the identity file, in its order. Every one has a family name, a first name and a
// birth date, else the whole file is Errc::malformed: there are no partial identities.
base::Result<std::vector<Beneficiary>> parse_identities(base::ByteView file,
                                                        Configuration const& configuration);

// The numbers of the number file, one place a person; nothing where a person has none (no object
// 93, or a blank one).
using Numbers = std::vector<std::optional<std::string>>;
base::Result<Numbers> parse_numbers(base::ByteView file, Configuration const& configuration);

// What a file that begins with a person is about, by the fields that occur in it; perhaps nothing
// that is known, perhaps both. Errc::malformed when its objects are damaged.
struct FileKind {
    bool identities = false;
    bool numbers = false;
};
base::Result<FileKind> kind_of(base::ByteView file, Configuration const& configuration);
bool begins_with_person(base::ByteView file, Configuration const& configuration);

// Whether what was read of one of these files already holds all its persons.
bool is_whole(base::ByteView file, Configuration const& configuration);

}  // namespace vitale
