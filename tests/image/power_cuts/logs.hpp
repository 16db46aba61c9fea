// Logs made by hand, in the format's own words.
#pragma once

#include "tests/image/power_cuts/write_log.hpp"

#include <string_view>

namespace power_cuts {

inline constexpr std::uint64_t test_sector = 512;
inline constexpr std::uint64_t flush_flag = 1, forced_flag = 2, discard_flag = 4, mark_flag = 8;

class LogMaker {
  public:
    LogMaker() { bytes_.resize(test_sector); }

    LogMaker& entry(std::uint64_t sector, std::uint64_t sectors, std::uint64_t flags,
                    std::uint64_t text = 0) {
        auto const at = bytes_.size();
        bytes_.resize(at + test_sector);
        put(at, sector);
        put(at + 8, sectors);
        put(at + 16, flags);
        put(at + 24, text);
        ++entries_;
        return *this;
    }
    // Each byte of the sectors is `fill`.
    LogMaker& write(std::uint64_t sector, std::uint64_t sectors, std::uint8_t fill,
                    std::uint64_t flags = 0) {
        entry(sector, sectors, flags);
        bytes_.resize(bytes_.size() + sectors * test_sector, fill);
        return *this;
    }
    LogMaker& flush() { return entry(0, 0, flush_flag); }
    LogMaker& mark(std::string_view text) {
        entry(0, 0, mark_flag, text.size());
        auto const at = bytes_.size() - test_sector + 32;
        for (std::size_t i = 0; i < text.size(); ++i)
            bytes_[at + i] = static_cast<std::uint8_t>(text[i]);
        return *this;
    }
    // As many entries as are counted; by default all there are.
    base::Bytes bytes(std::int64_t more = 0) {
        put(0, 0x006a736677736872);
        put(8, 1);
        put(16, static_cast<std::uint64_t>(static_cast<std::int64_t>(entries_) + more));
        put(24, test_sector);
        return bytes_;
    }

  private:
    void put(std::size_t at, std::uint64_t value) {
        for (std::size_t i = 0; i < 8; ++i)
            bytes_[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
    }

    base::Bytes bytes_;
    std::uint64_t entries_ = 0;
};

}  // namespace power_cuts
