#include "drivers/base/toml_file.hpp"

#include "drivers/base/files.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <toml++/toml.h>

namespace base {

struct TomlFile::Document {
    std::filesystem::path path;
    toml::table table;
    std::set<std::string, std::less<>> asked;
};

namespace {

// "authors.1.id" as toml++ writes it: "authors[1].id".
std::string toml_path(std::string_view key) {
    std::string result;
    for (std::size_t begin = 0; begin <= key.size();) {
        auto const end = std::min(key.find('.', begin), key.size());
        auto const part = key.substr(begin, end - begin);
        if (!part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos)
            result.append("[").append(part).append("]");
        else
            result.append(result.empty() ? "" : ".").append(part);
        begin = end + 1;
    }
    return result;
}

// A quoted key with a dot in it is another key than the path it looks like.
std::string plain(std::string_view name) {
    bool const dotted = name.find('.') != std::string_view::npos;
    return dotted ? "\"" + std::string{name} + "\"" : std::string{name};
}

void collect(toml::node const& node, std::string const& key, std::vector<std::string>& keys) {
    if (auto const* table = node.as_table()) {
        for (auto const& [name, child] : *table)
            collect(child, (key.empty() ? "" : key + ".") + plain(name.str()), keys);
        return;
    }
    auto const* array = node.as_array();
    if (array != nullptr && array->is_array_of_tables()) {
        std::size_t index = 0;
        for (auto const& child : *array)
            collect(child, key + "." + std::to_string(index++), keys);
        return;
    }
    keys.push_back(key);
}

// A key may hold line ends and escape sequences, which do not belong into a terminal or a log.
std::string on_one_line(std::string_view text) {
    std::string line{text.substr(0, 200)};
    for (auto& byte : line)
        if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F) byte = ' ';
    return line;
}

}  // namespace

TomlFile::TomlFile(std::unique_ptr<Document> document) : document_(std::move(document)) {}
TomlFile::TomlFile(TomlFile&&) noexcept = default;
TomlFile& TomlFile::operator=(TomlFile&&) noexcept = default;
TomlFile::~TomlFile() = default;

Result<TomlFile> TomlFile::open(std::filesystem::path const& path) {
    auto const content = read_file(path);
    if (!content) return failure(content.error());
    try {
        auto document = std::make_unique<Document>();
        document->path = path;
        document->table = toml::parse(to_text(*content), path.native());
        return TomlFile{std::move(document)};
    } catch (toml::parse_error const& problem) {
        return failure(Errc::configuration_invalid,
                       path.native() + ": line " + std::to_string(problem.source().begin.line) +
                           ": " + on_one_line(problem.description()));
    }
}

Error TomlFile::error(std::string_view key, std::string_view reason) const {
    return {Errc::configuration_invalid,
            document_->path.native() + ": " + on_one_line(key) + ": " + on_one_line(reason)};
}

Result<std::string> TomlFile::text_or_empty(std::string_view key) {
    document_->asked.emplace(key);
    auto const node = document_->table.at_path(toml_path(key));
    if (!node) return failure(error(key, "missing"));
    auto const* value = node.as_string();
    if (value == nullptr) return failure(error(key, "must be a text in quotes"));
    return value->get();
}

Result<std::string> TomlFile::text(std::string_view key) {
    auto value = text_or_empty(key);
    if (value && value->empty()) return failure(error(key, "must not be empty"));
    return value;
}

Result<std::string> TomlFile::text(std::string_view key, std::string_view otherwise) {
    if (!has(key)) return std::string{otherwise};
    return text(key);
}

Result<std::int64_t> TomlFile::integer(std::string_view key, std::int64_t least,
                                       std::int64_t most) {
    document_->asked.emplace(key);
    auto const node = document_->table.at_path(toml_path(key));
    if (!node) return failure(error(key, "missing"));
    auto const* value = node.as_integer();
    if (value == nullptr || value->get() < least || value->get() > most)
        return failure(error(key, "must be a whole number from " + std::to_string(least) + " to " +
                                      std::to_string(most)));
    return value->get();
}

Result<std::int64_t> TomlFile::integer(std::string_view key, std::int64_t least, std::int64_t most,
                                       std::int64_t otherwise) {
    if (!has(key)) return otherwise;
    return integer(key, least, most);
}

Result<double> TomlFile::number(std::string_view key, double least, double most, double otherwise) {
    document_->asked.emplace(key);
    auto const node = document_->table.at_path(toml_path(key));
    if (!node) return otherwise;
    auto const value = node.value<double>();
    // Written so that nan, which TOML has, is refused.
    if (!value || !(*value >= least && *value <= most))
        return failure(error(key, "must be a number from " + std::to_string(least) + " to " +
                                      std::to_string(most)));
    return *value;
}

Result<bool> TomlFile::flag(std::string_view key, bool otherwise) {
    document_->asked.emplace(key);
    auto const node = document_->table.at_path(toml_path(key));
    if (!node) return otherwise;
    if (auto const* value = node.as_boolean()) return value->get();
    return failure(error(key, "must be true or false"));
}

Result<std::vector<std::string>> TomlFile::texts(std::string_view key,
                                                 std::vector<std::string> otherwise) {
    document_->asked.emplace(key);
    auto const node = document_->table.at_path(toml_path(key));
    if (!node) return otherwise;
    auto const* array = node.as_array();
    if (array == nullptr) return failure(error(key, "must be a list of texts"));
    std::vector<std::string> values;
    for (auto const& item : *array) {
        auto const value = item.value<std::string>();
        if (!value) return failure(error(key, "must be a list of texts"));
        values.push_back(*value);
    }
    return values;
}

Result<std::filesystem::path> TomlFile::path(std::string_view key) {
    auto value = text(key);
    if (!value) return failure(value.error());
    std::filesystem::path const given{*value};
    return given.is_absolute() ? given : document_->path.parent_path() / given;
}

std::size_t TomlFile::count(std::string_view key) const {
    auto const* array = document_->table.at_path(toml_path(key)).as_array();
    return array == nullptr ? 0 : array->size();
}

bool TomlFile::has(std::string_view key) const {
    return static_cast<bool>(document_->table.at_path(toml_path(key)));
}

Result<void> TomlFile::no_other_keys() const {
    std::vector<std::string> keys;
    collect(document_->table, {}, keys);
    for (auto const& key : keys)
        if (!document_->asked.contains(key)) return failure(error(key, "unknown setting"));
    return {};
}

}  // namespace base
