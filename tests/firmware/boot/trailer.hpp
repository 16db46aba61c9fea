// Trailers that srec_cat did not make.
#pragma once

#include "firmware/boot/memory_map.hpp"

#include "drivers/base/bytes.hpp"

#include <algorithm>

namespace supervisor_tests {

inline std::uint32_t crc_of(base::ByteView bytes) {
    auto crc = boot::crc_begin;
    for (auto const byte : bytes)
        crc = boot::crc_of(crc, byte);
    return boot::crc_end(crc);
}

// It says of what stands in flash now: I am whole, and version 1.0.0.
inline base::Bytes forged_trailer(base::ByteView flash, std::uint32_t length) {
    base::Bytes trailer{'D', 'M', 'P', 'S'};
    auto const put = [&](std::uint32_t value) {
        for (int shift = 0; shift < 32; shift += 8)
            trailer.push_back(static_cast<std::uint8_t>(value >> shift));
    };
    put(length);
    put(1);
    put(crc_of(flash.first(std::min<std::size_t>(length, flash.size()))));
    put(crc_of(trailer));
    return trailer;
}

}  // namespace supervisor_tests
