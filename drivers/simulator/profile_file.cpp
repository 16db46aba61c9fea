#include "drivers/simulator/profile_file.hpp"

namespace simulator {

using base::failure;

base::Result<ProfileFile> ProfileFile::open(std::filesystem::path const& path) {
    auto file = TomlFile::open(path);
    if (!file) return failure(file.error());
    return ProfileFile{std::move(*file)};
}

base::Result<base::Bytes> ProfileFile::hex(std::string_view key, base::Bytes otherwise) {
    if (!has(key)) return otherwise;
    auto value = text_or_empty(key);
    if (!value) return failure(value.error());
    auto bytes = base::from_hex(*value);
    if (!bytes) return failure(error(key, "must be bytes in hexadecimal, as \"3B 75 13\""));
    return bytes;
}

base::Result<std::uint16_t> ProfileFile::short_hex(std::string_view key, std::uint16_t otherwise) {
    if (!has(key)) return otherwise;
    auto bytes = hex(key, {});
    if (!bytes) return failure(bytes.error());
    if (bytes->size() > 2) return failure(error(key, "must be one or two bytes in hexadecimal"));
    std::uint16_t value = 0;
    for (auto byte : *bytes)
        value = static_cast<std::uint16_t>(value << 8 | byte);
    return value;
}

base::Result<std::uint16_t> ProfileFile::status(std::string_view key, std::uint16_t otherwise) {
    if (!has(key)) return otherwise;
    auto bytes = hex(key, {});
    if (!bytes) return failure(bytes.error());
    if (bytes->size() != 2)
        return failure(error(key, "must be a status word of two bytes, as \"6982\""));
    return short_hex(key, otherwise);
}

}  // namespace simulator
