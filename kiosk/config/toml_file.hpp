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

namespace config {

class TomlFile {
  public:
    static base::Result<TomlFile> open(std::filesystem::path const& path);

    TomlFile(TomlFile&&) noexcept;
    TomlFile& operator=(TomlFile&&) noexcept;
    ~TomlFile();

    // Keys are dotted paths: "reader.name". The readers without `otherwise` fail when it is
    // missing.
    base::Result<std::string> text(std::string_view key);
    base::Result<std::string> text(std::string_view key, std::string_view otherwise);
    base::Result<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
    base::Result<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most,
                                       std::int64_t otherwise);
    base::Result<double> number(std::string_view key, double least, double most, double otherwise);
    base::Result<bool> flag(std::string_view key, bool otherwise);
    base::Result<std::vector<std::string>> texts(std::string_view key,
                                                 std::vector<std::string> otherwise);
    // A path; a relative one is taken from the folder of this file.
    base::Result<std::filesystem::path> path(std::string_view key);

    // How many tables an array of tables holds: their keys are "authors.0.id", "authors.1.id"...
    std::size_t count(std::string_view key) const;
    bool has(std::string_view key) const;

    // Call last: fails naming the first key that was never asked for.
    base::Result<void> no_other_keys() const;

    // The same sentence form for a reason only the caller can know.
    base::Error error(std::string_view key, std::string_view reason) const;

  private:
    struct Document;
    explicit TomlFile(std::unique_ptr<Document> document);
    std::unique_ptr<Document> document_;
};

}  // namespace config
