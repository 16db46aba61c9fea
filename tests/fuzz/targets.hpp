// What strangers may send, in any bytes. Each target takes one input and ends the program if a
// promise of what reads it breaks.
#pragma once

#include "drivers/base/bytes.hpp"

#include <array>
#include <string_view>

namespace fuzz {

// True when it was accepted as what it pretends to be; the smoke test asks for both of each.
bool read_spooler_line(base::ByteView input);  // a line on the spooler's socket
bool read_receipt(base::ByteView input);       // see receipt_target.cpp for the first byte
bool read_intake_fields(
    base::ByteView input);  // target, media type and digest, a line each; a body
bool read_configuration(base::ByteView input);  // a TOML file
bool read_cms_frame(base::ByteView input);      // a sealed body, before any key is used
bool read_manifest(base::ByteView input);       // see manifest_target.cpp for the first byte

struct Target {
    std::string_view name;  // of its corpus
    bool (*run)(base::ByteView input);
};
inline constexpr std::array targets{
    Target{"spooler", read_spooler_line}, Target{"receipt", read_receipt},
    Target{"intake", read_intake_fields}, Target{"configuration", read_configuration},
    Target{"cms", read_cms_frame},        Target{"manifest", read_manifest},
};

// Ends the program.
void promise(bool kept, char const* what);

}  // namespace fuzz
