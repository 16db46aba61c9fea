// Reads a card made of these bytes and ends the program if a promise of the reader breaks.
//
// Byte 0: bit 0 answers as strict T=0, bit 1 takes the texts for 8859-15, bit 2 serves the rest as
// raw answers instead of files, bit 3 refuses short identifiers and has a pointer file. Then, for
// files: the pointer file, if any, and the identity file, each after two bytes with its length, and
// the number file up to the end. For raw answers: each a length byte and as many bytes.
#pragma once

#include "drivers/base/bytes.hpp"

namespace fuzz {

// Returns whether a card was read.
bool read_card(base::ByteView input);

}  // namespace fuzz
