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

    // Makes the data partition, which a disk from the workshop has as data-new: ext4 with what is
    // in the folder.
    base::Result<void> make_data(std::filesystem::path const& folder);
    // Partitions by their labels: ESP, root-a, root-b, data.
    base::Result<void> rename_partition(std::string_view label, std::string_view to);
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

    Disk(std::filesystem::path file, std::uint64_t size, std::vector<Partition> partitions)
        : file_(std::move(file)), size_(size), partitions_(std::move(partitions)) {}

    base::Result<Partition> find(std::string_view label) const;
    // For qemu-img and qemu-io: a part of the disk alone, as a raw image.
    std::string options_of(std::uint64_t offset, std::uint64_t size) const;
    base::Result<void> write(std::uint64_t offset, std::uint64_t size,
                             std::filesystem::path const& from);
    base::Result<void> read(std::uint64_t offset, std::uint64_t size,
                            std::filesystem::path const& to) const;

    std::filesystem::path file_;
    std::uint64_t size_;
    std::vector<Partition> partitions_;
};

}  // namespace machine
