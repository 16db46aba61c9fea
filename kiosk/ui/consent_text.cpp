#include "kiosk/ui/consent_text.hpp"

#include "drivers/base/bytes.hpp"
#include "kiosk/config/files.hpp"
#include "kiosk/config/toml_file.hpp"

namespace ui {
namespace {

base::Result<std::vector<std::string>> paragraphs(config::TomlFile& file, std::string const& key) {
    auto found = file.texts(key, {});
    if (found && found->empty()) return base::failure(file.error(key, "missing"));
    return found;
}

base::Result<std::vector<ConsentSection>> sections(config::TomlFile& file, std::string const& key) {
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

}  // namespace

base::Result<ConsentText> ConsentText::open(std::filesystem::path const& assets,
                                            std::string_view language, std::string_view version) {
    auto const path =
        assets / "consent" / (std::string{language} + "-" + std::string{version} + ".toml");
    auto file = config::TomlFile::open(path);
    if (!file) return base::failure(file.error());
    auto const bytes = config::read_file(path);
    if (!bytes) return base::failure(bytes.error());

    ConsentText text;
    text.whole = base::to_text(*bytes);
    struct Field {
        char const* key;
        std::string& value;
    };
    for (auto const& field :
         {Field{"id", text.id}, Field{"version", text.version}, Field{"language", text.language},
          Field{"explanation.title", text.explanation_title},
          Field{"explanation.already_open", text.already_open},
          Field{"consent.question", text.question}, Field{"consent.i_am", text.i_am}}) {
        auto value = file->text(field.key);
        if (!value) return base::failure(value.error());
        field.value = std::move(*value);
    }
    // A file under another's name would be recorded as a text that was never shown.
    if (text.language != language)
        return base::failure(file->error("language", "not as in the file's name"));
    if (text.version != version)
        return base::failure(file->error("version", "not as in the file's name"));

    struct List {
        char const* key;
        std::vector<std::string>& value;
    };
    for (auto const& list : {List{"explanation.text", text.explanation},
                             List{"consent.statements", text.statements}}) {
        auto value = paragraphs(*file, list.key);
        if (!value) return base::failure(value.error());
        list.value = std::move(*value);
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
