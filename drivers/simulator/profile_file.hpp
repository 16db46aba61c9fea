// A profile file while it is read: a TOML file of which many values are bytes.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/toml_file.hpp"

#include <cstdint>

namespace simulator {

class ProfileFile : public base::TomlFile {
  public:
    static base::Result<ProfileFile> open(std::filesystem::path const& path);

    // Bytes in hexadecimal, spaces allowed; the text may be empty.
    base::Result<base::Bytes> hex(std::string_view key, base::Bytes otherwise);
    // One or two bytes in hexadecimal: a tag, a file identifier. Empty text: 0.
    base::Result<std::uint16_t> short_hex(std::string_view key, std::uint16_t otherwise);
    // Exactly two bytes in hexadecimal.
    base::Result<std::uint16_t> status(std::string_view key, std::uint16_t otherwise);

  private:
    explicit ProfileFile(base::TomlFile file) : TomlFile(std::move(file)) {}
};

}  // namespace simulator
