// A machine's disk: what it writes lies in a file of its own, over an image that stays as it was
// built. Its partitions can be written, read and damaged while the machine is off.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace machine {

class Disk {
  public:
    // The image has a GPT; the file is made new.
    static base::Result<Disk> over(std::filesystem::path const& image,
                                   std::filesystem::path const& file);

    std::filesystem::path const& file() const { return file_; }

    // Partitions by their labels: ESP, root-a, root-b, data.
    base::Result<void> make_data(std::filesystem::path const& folder);  // ext4 with that in it
    base::Result<void> write_partition(std::string_view label, std::filesystem::path const& from);
    base::Result<void> read_partition(std::string_view label,
                                      std::filesystem::path const& to) const;
    // Other bytes than were there, from an offset within the partition on.
    base::Result<void> damage(std::string_view label, std::uint64_t offset, std::uint64_t size);

  private:
    struct Partition {
        std::string label;
        std::uint64_t offset;  // bytes
        std::uint64_t size;
    };

    Disk(std::filesystem::path file, std::vector<Partition> partitions)
        : file_(std::move(file)), partitions_(std::move(partitions)) {}

    base::Result<Partition> find(std::string_view label) const;
    // For qemu-img and qemu-io: the partition alone, as a raw image.
    std::string options_of(Partition const& partition) const;

    std::filesystem::path file_;
    std::vector<Partition> partitions_;
};

}  // namespace machine
