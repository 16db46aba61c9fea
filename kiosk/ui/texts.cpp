#include "kiosk/ui/texts.hpp"

#include "drivers/base/toml_file.hpp"
#include "kiosk/ui/text_ids.hpp"

#include <cstdio>
#include <cstdlib>

namespace ui {

base::Result<Texts> Texts::open(std::filesystem::path const& assets, std::string_view language) {
    auto const path = assets / "texts" / (std::string{language} + ".toml");
    auto file = base::TomlFile::open(path);
    if (!file) return base::failure(file.error());
    // "fr-falc" counts as French does.
    auto plurals = PluralRules::open(language.substr(0, language.find('-')));
    if (!plurals) return base::failure(plurals.error());
    auto ids = text_ids();
    for (auto const& id : counted_text_ids())
        for (auto const& form : plurals->forms())
            ids.push_back(id + "." + form);
    Texts texts{std::move(*plurals)};
    texts.deck_ = language;
    std::string missing;
    for (auto const& id : ids) {
        if (auto text = file->text(id))
            texts.texts_.emplace(id, std::move(*text));
        else if (file->has(id))
            return base::failure(text.error());
        else
            missing.append(missing.empty() ? "" : ", ").append(id);
    }
    if (!missing.empty())
        return base::failure(base::Errc::configuration_invalid,
                             path.native() + ": missing: " + missing);
    auto const written = file->texts("spoken.written", {});
    auto const said = file->texts("spoken.said", {});
    if (!written) return base::failure(written.error());
    if (!said) return base::failure(said.error());
    if (written->size() != said->size())
        return base::failure(file->error("spoken.said", "has not one text for each of written"));
    for (std::size_t i = 0; i < written->size(); ++i)
        texts.spoken_.push_back({(*written)[i], (*said)[i]});
    if (auto const known = file->no_other_keys(); !known) return base::failure(known.error());
    if (auto const found = texts.find_recordings(assets / "media" / language); !found)
        return base::failure(found.error());
    return texts;
}

// Each is named after the text it is read from.
base::Result<void> Texts::find_recordings(std::filesystem::path const& folder) {
    std::error_code none;
    for (auto const& file : std::filesystem::directory_iterator{folder, none}) {
        auto const& path = file.path();
        auto const text = texts_.find(path.stem().native());
        bool const whole = text != texts_.end() && text->second.find('{') == std::string::npos;
        if (path.extension() != ".wav" || !whole)
            return base::failure(base::Errc::configuration_invalid,
                                 path.native() + ": is not <id>.wav of a text that stands alone");
        recordings_.emplace(text->second, path);
    }
    return {};
}

std::string_view Texts::operator[](std::string_view id) const {
    auto const found = texts_.find(id);
    if (found != texts_.end()) return found->second;
    std::fprintf(stderr, "no text has the id %.*s\n", static_cast<int>(id.size()), id.data());
    std::abort();
}

std::string Texts::counted(std::string_view id, int count) const {
    auto const form = texts_.find(std::string{id} + "." + plurals_.form(count));
    auto const text = form == texts_.end() ? (*this)[std::string{id} + ".other"] : form->second;
    return fill(text, {{"count", std::to_string(count)}});
}

std::filesystem::path Texts::recording(std::string_view text) const {
    auto const found = recordings_.find(text);
    return found == recordings_.end() ? std::filesystem::path{} : found->second;
}

std::string fill(std::string_view text,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    std::string result;
    while (!text.empty()) {
        auto const open = text.find('{');
        auto const close = text.find('}', open);
        result += text.substr(0, open);
        if (close == std::string_view::npos) {
            if (open != std::string_view::npos) result += text.substr(open);
            break;
        }
        auto const name = text.substr(open + 1, close - open - 1);
        bool known = false;
        for (auto const& [key, value] : values) {
            if (key != name) continue;
            result += value;
            known = true;
        }
        if (!known) result += text.substr(open, close - open + 1);
        text.remove_prefix(close + 1);
    }
    return result;
}

}  // namespace ui
