// A whole file as bytes, however large: pages that nobody reads cost nothing.
#pragma once

#include "drivers/base/bytes.hpp"

#include <filesystem>
#include <utility>

namespace power_cuts {

class MappedFile {
  public:
    // For reading. What others write into the file is seen; it must not become shorter.
    static base::Result<MappedFile> open(std::filesystem::path const& path);

    MappedFile(MappedFile&& other) noexcept : content_(std::exchange(other.content_, {})) {}
    MappedFile& operator=(MappedFile&& other) noexcept {
        std::swap(content_, other.content_);
        return *this;
    }
    ~MappedFile();

    base::ByteView content() const { return content_; }

  private:
    explicit MappedFile(base::ByteView content) : content_(content) {}

    base::ByteView content_;
};

}  // namespace power_cuts
