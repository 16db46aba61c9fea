// The words of the screens in one language: assets/texts/<language>.toml.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/ui/plural.hpp"

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ui {

class Texts {
  public:
    // `assets` is the folder that holds texts/ and perhaps media/. Fails naming every text that the
    // screens use and the file lacks, or the first that no screen uses.
    static base::Result<Texts> open(std::filesystem::path const& assets, std::string_view language);

    // Of the deck, as in its file's name.
    std::string_view deck() const { return deck_; }

    struct Spoken {
        std::string written;
        std::string said;
    };
    // What a voice reads otherwise than it is written, in the order in which it is looked for.
    std::vector<Spoken> const& spoken() const { return spoken_; }

    // An id that is not in text_ids ends the program: what the screens use is checked by open().
    std::string_view operator[](std::string_view id) const;

    // A text of counted_text_ids() with its number, in the form that goes with it.
    std::string counted(std::string_view id, int count) const;

    // The file that is played instead of this text, written as it is here; empty when the voice
    // reads it.
    std::filesystem::path recording(std::string_view text) const;

    using All = std::map<std::string, std::string, std::less<>>;
    All const& all() const { return texts_; }

  private:
    explicit Texts(PluralRules plurals) : plurals_(std::move(plurals)) {}
    base::Result<void> find_recordings(std::filesystem::path const& folder);

    PluralRules plurals_;
    std::string deck_;
    std::vector<Spoken> spoken_;
    All texts_;
    std::map<std::string, std::filesystem::path, std::less<>> recordings_;
};

// Each {name} in the text replaced by its value.
std::string fill(std::string_view text,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace ui
