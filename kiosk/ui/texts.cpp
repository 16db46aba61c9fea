#include "kiosk/ui/texts.hpp"

#include "kiosk/config/toml_file.hpp"
#include "kiosk/ui/text_ids.hpp"

#include <cstdio>
#include <cstdlib>

namespace ui {

base::Result<Texts> Texts::open(std::filesystem::path const& assets, std::string_view language) {
    auto const path = assets / "texts" / (std::string{language} + ".toml");
    auto file = config::TomlFile::open(path);
    if (!file) return base::failure(file.error());
    Texts texts;
    texts.deck_ = language;
    std::string missing;
    for (auto const& id : text_ids()) {
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
    return texts;
}

std::string_view Texts::operator[](std::string_view id) const {
    auto const found = texts_.find(id);
    if (found != texts_.end()) return found->second;
    std::fprintf(stderr, "no text has the id %.*s\n", static_cast<int>(id.size()), id.data());
    std::abort();
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
