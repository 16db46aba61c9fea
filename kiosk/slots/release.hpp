// What a bundle says of its content, in the file `release` beside the images: KEY=VALUE lines.
// /usr/lib/dmp-release of an image has the first three.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace slots {

struct Release {
    std::string compatible;  // COMPATIBLE: which machines it is for
    std::string version;     // VERSION: for people
    std::int64_t build = 0;  // BUILD: grows from version to version
    std::string kernel_sha256 = {};  // KERNEL_SHA256, lower-case hex; it names the root's hash too
};

// Errc::malformed, with the key, when one of the first three is missing, or a value is not of its
// form.
base::Result<Release> parse_release(std::string_view text);

}  // namespace slots
