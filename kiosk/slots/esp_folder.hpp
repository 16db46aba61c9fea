// A folder of the EFI system partition. FAT has no journal, and a rename over an older file is two
// changes there: so nothing is ever written in the place of something else. A file comes under a
// name of its own, whole and on the disk, before anything that it replaces goes.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/unix_socket.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace slots {

class EspFolder {
  public:
    static base::Result<EspFolder> open(std::filesystem::path const& path);
    // Made when it is missing, as are the folders above it.
    static base::Result<EspFolder> make(std::filesystem::path const& path);

    // What lies in it, sorted; an error when there is more than any boot loader would read.
    base::Result<std::vector<std::string>> names() const;

    // At most so many bytes. Errc::file_missing when it is not there.
    base::Result<base::Bytes> read(std::string const& name, std::size_t most) const;
    bool has(std::string const& name) const;  // a file that is not empty

    // Under a temporary name first, then under its own, which must be free (Errc::conflict). When
    // it returns, content and name outlive a power cut.
    base::Result<void> write_new(std::string const& name, base::ByteView content) const;

    // What is not there is no error. Outlives a power cut.
    base::Result<void> remove(std::string const& name) const;

    // What a write_new that was cut left behind.
    base::Result<void> remove_remains() const;

    // From the disk, not from memory.
    base::Result<base::Bytes> read_back(std::string const& name, std::size_t most) const;

  private:
    EspFolder(base::Descriptor descriptor, std::filesystem::path path)
        : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

    base::Error error(std::string const& name) const;  // from errno
    base::Result<void> sync() const;

    base::Descriptor descriptor_;
    std::filesystem::path path_;
};

}  // namespace slots
