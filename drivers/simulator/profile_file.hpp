// One profile file while it is read: every error names file, key and reason, and a key that nobody
// asked for is an error, because a misspelt one would make another card than meant.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace simulator {

class ProfileFile {
  public:
    static base::Result<ProfileFile> open(std::filesystem::path const& path);

    ProfileFile(ProfileFile&&) noexcept;
    ProfileFile& operator=(ProfileFile&&) noexcept;
    ~ProfileFile();

    // Keys are dotted, tables of an array by number: "person.0.name".
    bool has(std::string_view key) const;
    std::size_t count(std::string_view key) const;

    base::Result<std::string> text(std::string_view key);
    base::Result<std::string> text_or_empty(std::string_view key);
    base::Result<bool> flag(std::string_view key, bool otherwise);
    base::Result<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most,
                                       std::int64_t otherwise);
    // Bytes in hexadecimal, spaces allowed; the text may be empty.
    base::Result<base::Bytes> hex(std::string_view key, base::Bytes otherwise);
    // One or two bytes in hexadecimal: a tag, a file identifier. Empty text: 0.
    base::Result<std::uint16_t> number(std::string_view key, std::uint16_t otherwise);
    // Exactly two bytes in hexadecimal.
    base::Result<std::uint16_t> status(std::string_view key, std::uint16_t otherwise);

    // Call last: names the first key that was never asked for.
    base::Result<void> no_other_keys() const;

    base::Error error(std::string_view key, std::string_view reason) const;

  private:
    struct Document;
    explicit ProfileFile(std::unique_ptr<Document> document);

    std::unique_ptr<Document> document_;
};

}  // namespace simulator
