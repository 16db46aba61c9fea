// A configuration file. Every error is one sentence that names the file, the key and the reason,
// and a key that nobody asked for is an error too: a misspelt setting must not be ignored.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace base {

class TomlFile {
  public:
    static Result<TomlFile> open(std::filesystem::path const& path);

    TomlFile(TomlFile&&) noexcept;
    TomlFile& operator=(TomlFile&&) noexcept;
    ~TomlFile();

    // Keys are dotted paths: "reader.name". The readers without `otherwise` fail when it is
    // missing.
    Result<std::string> text(std::string_view key);
    Result<std::string> text_or_empty(std::string_view key);
    Result<std::string> text(std::string_view key, std::string_view otherwise);
    Result<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
    Result<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most,
                                 std::int64_t otherwise);
    Result<double> number(std::string_view key, double least, double most, double otherwise);
    Result<bool> flag(std::string_view key, bool otherwise);
    Result<std::vector<std::string>> texts(std::string_view key,
                                           std::vector<std::string> otherwise);
    // A path; a relative one is taken from the folder of this file.
    Result<std::filesystem::path> path(std::string_view key);

    // How many tables an array of tables holds: their keys are "authors.0.id", "authors.1.id"...
    std::size_t count(std::string_view key) const;
    bool has(std::string_view key) const;

    // Call last: fails naming the first key that was never asked for.
    Result<void> no_other_keys() const;

    // The same sentence form for a reason only the caller can know.
    Error error(std::string_view key, std::string_view reason) const;

  private:
    struct Document;
    explicit TomlFile(std::unique_ptr<Document> document);
    std::unique_ptr<Document> document_;
};

}  // namespace base
