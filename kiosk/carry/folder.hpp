// A folder on a stick, where nothing is trusted: names are one step, links are not followed, only
// plain files are read and only up to a size, and what is written is on the stick when the call
// returns. Errors are sentences for staff: which file, why, what to do.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/unix_socket.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace carry {

class Folder {
  public:
    // A path of the command line may pass through links: whoever typed it chose it.
    static base::Result<Folder> open(std::filesystem::path const& path);

    std::filesystem::path const& path() const { return path_; }

    // On one of the file systems that this machine has without any stick: most likely a place
    // where none is mounted.
    bool is_on_own_disk() const;

    base::Result<Folder> enter(std::string const& name) const;
    base::Result<Folder> make(std::string const& name) const;  // Errc::conflict when it is there

    // Errc::file_missing, or file_unreadable for what is no plain file of at most so many bytes.
    base::Result<base::Bytes> read(std::string const& name, std::size_t most) const;

    // A new file. Errc::storage_full when the stick is.
    base::Result<void> write(std::string const& name, base::ByteView content) const;
    // The same in the place of an older file: a cut leaves the one or the other.
    base::Result<void> replace(std::string const& name, base::ByteView content) const;

    base::Result<void> rename(std::string const& from, std::string const& to) const;
    base::Result<void> remove(std::string const& name) const;
    base::Result<void> remove_folder(std::string const& name) const;
    base::Result<void> sync() const;

    // What lies in it, sorted, without . and ..; an error when there is more than so much.
    base::Result<std::vector<std::string>> names(std::size_t most) const;

    // Until this object is gone no other program locks it; Errc::conflict when one has.
    base::Result<void> lock() const;

  private:
    Folder(base::Descriptor descriptor, std::filesystem::path path)
        : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

    base::Error error(std::string const& name) const;

    base::Descriptor descriptor_;
    std::filesystem::path path_;
};

}  // namespace carry
