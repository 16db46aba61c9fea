// How much the outbox may hold and whether the disk has it. On a full disk SQLite cannot even
// erase, so a ballast file is kept to be thrown away: receipts and erasures then still find room.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>

namespace spooler {

struct RoomLimits {
    std::int64_t quota_mib;       // the outbox never grows beyond
    std::int64_t least_free_mib;  // on the disk; with less nothing new is taken
    std::int64_t ballast_mib;
};

class Room {
  public:
    // Lays the ballast out if there is room for it.
    static Room open(std::filesystem::path const& folder, RoomLimits limits);

    std::int64_t most_pages() const;

    // Room for one more request of the largest size, with enough left beside it for the receipts of
    // all others. `pages_used`: what the outbox holds now.
    bool for_one_more(std::int64_t pages_used) const;

    int percent_used(std::int64_t pages_used) const;

    bool has_ballast() const;
    void drop_ballast();
    void restore_ballast();

  private:
    Room(std::filesystem::path folder, RoomLimits limits);

    std::int64_t free_bytes() const;

    std::filesystem::path folder_;
    std::filesystem::path ballast_;
    RoomLimits limits_;
};

}  // namespace spooler
