#include "drivers/simulator/profile_file.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include <toml++/toml.h>

namespace simulator {

using base::Errc;
using base::failure;

struct ProfileFile::Document {
    std::filesystem::path path;
    toml::table table;
    std::set<std::string, std::less<>> asked;

    static toml::node const* at(toml::array const& array, std::string_view digits) {
        std::size_t index = 0;
        auto const read = std::from_chars(digits.begin(), digits.end(), index);
        return read.ec == std::errc{} ? array.get(index) : nullptr;
    }

    toml::node const* find(std::string_view key) const {
        toml::node const* node = &table;
        for (std::size_t begin = 0; node != nullptr && begin <= key.size();) {
            auto const end = std::min(key.find('.', begin), key.size());
            auto const part = key.substr(begin, end - begin);
            if (auto const* array = node->as_array())
                node = at(*array, part);
            else if (auto const* inner = node->as_table())
                node = inner->get(part);
            else
                node = nullptr;
            begin = end + 1;
        }
        return node;
    }
};

namespace {

void collect(toml::node const& node, std::string const& key, std::vector<std::string>& keys) {
    auto const prefix = key.empty() ? key : key + ".";
    if (auto const* table = node.as_table()) {
        for (auto const& [name, child] : *table)
            collect(child, prefix + std::string{name.str()}, keys);
        return;
    }
    auto const* array = node.as_array();
    if (array != nullptr && array->is_array_of_tables()) {
        std::size_t index = 0;
        for (auto const& child : *array)
            collect(child, prefix + std::to_string(index++), keys);
        return;
    }
    keys.push_back(key);
}

}  // namespace

ProfileFile::ProfileFile(std::unique_ptr<Document> document) : document_(std::move(document)) {}
ProfileFile::ProfileFile(ProfileFile&&) noexcept = default;
ProfileFile& ProfileFile::operator=(ProfileFile&&) noexcept = default;
ProfileFile::~ProfileFile() = default;

base::Result<ProfileFile> ProfileFile::open(std::filesystem::path const& path) {
    std::error_code code;
    if (!std::filesystem::is_regular_file(path, code))
        return failure(Errc::file_unreadable, path.native() + ": no such file");
    try {
        auto document = std::make_unique<Document>();
        document->path = path;
        document->table = toml::parse_file(path.native());
        return ProfileFile{std::move(document)};
    } catch (toml::parse_error const& problem) {
        return failure(Errc::configuration_invalid,
                       path.native() + ": line " + std::to_string(problem.source().begin.line) +
                           ": " + std::string{problem.description()});
    }
}

base::Error ProfileFile::error(std::string_view key, std::string_view reason) const {
    return {Errc::configuration_invalid,
            document_->path.native() + ": " + std::string{key} + ": " + std::string{reason}};
}

bool ProfileFile::has(std::string_view key) const { return document_->find(key) != nullptr; }

std::size_t ProfileFile::count(std::string_view key) const {
    auto const* node = document_->find(key);
    auto const* array = node == nullptr ? nullptr : node->as_array();
    return array == nullptr || !array->is_array_of_tables() ? 0 : array->size();
}

base::Result<std::string> ProfileFile::text_or_empty(std::string_view key) {
    document_->asked.emplace(key);
    auto const* node = document_->find(key);
    if (node == nullptr) return failure(error(key, "missing"));
    auto const* value = node->as_string();
    if (value == nullptr) return failure(error(key, "must be a text in quotes"));
    return value->get();
}

base::Result<std::string> ProfileFile::text(std::string_view key) {
    auto value = text_or_empty(key);
    if (value && value->empty()) return failure(error(key, "must not be empty"));
    return value;
}

base::Result<bool> ProfileFile::flag(std::string_view key, bool otherwise) {
    document_->asked.emplace(key);
    auto const* node = document_->find(key);
    if (node == nullptr) return otherwise;
    if (auto const* value = node->as_boolean()) return value->get();
    return failure(error(key, "must be true or false"));
}

base::Result<std::int64_t> ProfileFile::integer(std::string_view key, std::int64_t least,
                                                std::int64_t most, std::int64_t otherwise) {
    document_->asked.emplace(key);
    auto const* node = document_->find(key);
    if (node == nullptr) return otherwise;
    auto const* value = node->as_integer();
    if (value == nullptr || value->get() < least || value->get() > most)
        return failure(error(key, "must be a whole number from " + std::to_string(least) + " to " +
                                      std::to_string(most)));
    return value->get();
}

base::Result<base::Bytes> ProfileFile::hex(std::string_view key, base::Bytes otherwise) {
    if (!has(key)) return otherwise;
    auto value = text_or_empty(key);
    if (!value) return failure(value.error());
    auto bytes = base::from_hex(*value);
    if (!bytes) return failure(error(key, "must be bytes in hexadecimal, as \"3B 75 13\""));
    return bytes;
}

base::Result<std::uint16_t> ProfileFile::number(std::string_view key, std::uint16_t otherwise) {
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
    return number(key, otherwise);
}

base::Result<void> ProfileFile::no_other_keys() const {
    std::vector<std::string> keys;
    collect(document_->table, {}, keys);
    for (auto const& key : keys)
        if (!document_->asked.contains(key)) return failure(error(key, "unknown setting"));
    return {};
}

}  // namespace simulator
