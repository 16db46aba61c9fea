// What is said of what is shown: all of a screen when it comes, and then what changes on it.
#pragma once

#include "kiosk/ui/texts.hpp"
#include "kiosk/ui/view.hpp"
#include "kiosk/ui/widget.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

struct Phrase {
    std::string text;  // written as it is to be read; overwritten by who takes it
    bool confidential = false;
    std::filesystem::path recording = {};  // played instead, where there is one
};
using Phrases = std::vector<Phrase>;

class ReadAloud {
  public:
    // After each frame: what is to be said now instead of what is being said; none when nothing
    // changed. `instance` is another number for every screen instance, `focused` the id of the
    // widget that keys would use, empty when none is ringed.
    std::optional<Phrases> follow(Shown const& shown, View const& view, std::uint64_t instance,
                                  std::string_view focused, Texts const& texts);

    // All of the screen again, or where in it the focus is.
    Phrases whole(Shown const& shown, View const& view, Texts const& texts) const;

    // The next frame is read as if it were new.
    void begin_anew() { place_.reset(); }
    // What is remembered of the texts is overwritten.
    void forget();

    ~ReadAloud() { forget(); }

  private:
    Phrases where(View const& view, Texts const& texts) const;

    // Another of these is another screen to who listens.
    struct Place {
        std::uint64_t instance;
        std::size_t page;
        std::string title;
        std::string deck;
        friend bool operator==(Place const&, Place const&) = default;
    };

    std::optional<Place> place_;
    std::string focused_;
    std::string said_of_focus_;
    std::vector<std::string> texts_;  // of the last frame
};

// The text as a voice reads it best: what is written short is said at length.
std::string spoken_form(std::string_view text, Texts const& texts);

}  // namespace ui
