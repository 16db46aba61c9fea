#include "kiosk/ui/consent_text.hpp"

#include "drivers/base/bytes.hpp"
#include "drivers/base/files.hpp"
#include "drivers/base/toml_file.hpp"

#include <utility>

namespace ui {
namespace {

base::Result<std::vector<std::string>> paragraphs(base::TomlFile& file, std::string const& key) {
    auto found = file.texts(key, {});
    if (found && found->empty()) return base::failure(file.error(key, "missing"));
    return found;
}

base::Result<std::vector<ConsentSection>> sections(base::TomlFile& file, std::string const& key) {
    std::vector<ConsentSection> result;
    auto const count = file.count(key);
    if (count == 0) return base::failure(file.error(key, "missing"));
    for (std::size_t i = 0; i < count; ++i) {
        auto const place = key + "." + std::to_string(i);
        auto title = file.text(place + ".title");
        if (!title) return base::failure(title.error());
        auto texts = paragraphs(file, place + ".text");
        if (!texts) return base::failure(texts.error());
        result.push_back({std::move(*title), std::move(*texts)});
    }
    return result;
}

base::Result<ConsentWords> words(base::TomlFile& file, std::string const& table) {
    ConsentWords result;
    for (auto const& [key, place] :
         {std::pair{"already_open", &result.already_open}, std::pair{"question", &result.question},
          std::pair{"i_am", &result.i_am}}) {
        auto value = file.text(table + "." + key);
        if (!value) return base::failure(value.error());
        *place = std::move(*value);
    }
    for (auto const& [key, place] : {std::pair{"explanation", &result.explanation},
                                     std::pair{"statements", &result.statements}}) {
        auto value = paragraphs(file, table + "." + key);
        if (!value) return base::failure(value.error());
        *place = std::move(*value);
    }
    return result;
}

}  // namespace

base::Result<ConsentText> ConsentText::open(std::filesystem::path const& assets,
                                            std::string_view language, std::string_view version) {
    auto const path =
        assets / "consent" / (std::string{language} + "-" + std::string{version} + ".toml");
    auto file = base::TomlFile::open(path);
    if (!file) return base::failure(file.error());
    auto const bytes = base::read_file(path);
    if (!bytes) return base::failure(bytes.error());

    ConsentText text;
    text.whole = base::to_text(*bytes);
    struct Field {
        char const* key;
        std::string& value;
    };
    for (auto const& field :
         {Field{"id", text.id}, Field{"version", text.version}, Field{"language", text.language},
          Field{"explanation_title", text.explanation_title}}) {
        auto value = file->text(field.key);
        if (!value) return base::failure(value.error());
        field.value = std::move(*value);
    }
    // A file under another's name would be recorded as a text that was never shown.
    if (text.language != language)
        return base::failure(file->error("language", "not as in the file's name"));
    if (text.version != version)
        return base::failure(file->error("version", "not as in the file's name"));

    for (auto const& [table, place] :
         {std::pair{"adult", &text.adult}, std::pair{"child", &text.child}}) {
        auto read = words(*file, table);
        if (!read) return base::failure(read.error());
        *place = std::move(*read);
    }
    struct Pages {
        char const* key;
        std::vector<ConsentSection>& value;
    };
    for (auto const& pages :
         {Pages{"more", text.explanation_more}, Pages{"details", text.details}}) {
        auto value = sections(*file, pages.key);
        if (!value) return base::failure(value.error());
        pages.value = std::move(*value);
    }
    if (auto const known = file->no_other_keys(); !known) return base::failure(known.error());
    return text;
}

}  // namespace ui
