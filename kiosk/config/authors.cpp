#include "kiosk/config/authors.hpp"

#include "drivers/base/toml_file.hpp"
#include "kiosk/config/pin_hash.hpp"

#include <algorithm>

namespace config {
using base::TomlFile;

namespace {

base::Result<Author> read_author(TomlFile& file, std::string const& table) {
    Author author;
    struct Field {
        std::string_view key;
        std::string& value;
    };
    for (auto const& field :
         {Field{"id", author.id}, Field{"family_name", author.family_name},
          Field{"given_name", author.given_name}, Field{"structure_id", author.structure_id},
          Field{"structure_name", author.structure_name}}) {
        auto value = file.text(table + "." + std::string{field.key});
        if (!value) return base::failure(value.error());
        field.value = std::move(*value);
    }
    auto const pin_hash = table + ".pin_hash";
    if (!file.has(pin_hash)) return author;
    auto text = file.text(pin_hash);
    if (!text) return base::failure(text.error());
    if (auto const parsed = parse_pin_hash(*text); !parsed)
        return base::failure(file.error(pin_hash, parsed.error().detail));
    author.pin_hash = std::move(*text);
    return author;
}

}  // namespace

base::Result<std::vector<Author>> read_authors(std::filesystem::path const& path) {
    auto file = TomlFile::open(path);
    if (!file) return base::failure(file.error());
    std::vector<Author> authors;
    for (std::size_t i = 0; i < file->count("authors"); ++i) {
        auto const table = "authors." + std::to_string(i);
        auto author = read_author(*file, table);
        if (!author) return base::failure(author.error());
        if (find_author(authors, author->id))
            return base::failure(file->error(table + ".id", "the same id stands twice"));
        authors.push_back(std::move(*author));
    }
    if (authors.empty()) return base::failure(file->error("authors", "at least one is needed"));
    if (auto checked = file->no_other_keys(); !checked) return base::failure(checked.error());
    return authors;
}

std::vector<Author> authors_with_pin(std::vector<Author> const& authors) {
    std::vector<Author> found;
    std::ranges::copy_if(authors, std::back_inserter(found),
                         [](Author const& author) { return author.pin_hash.has_value(); });
    return found;
}

std::optional<Author> find_author(std::vector<Author> const& authors, std::string_view id) {
    auto const found = std::ranges::find(authors, id, &Author::id);
    if (found == authors.end()) return std::nullopt;
    return *found;
}

}  // namespace config
