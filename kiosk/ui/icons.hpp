// Line drawings: assets/icons/<name>.svg, coloured by the theme.
#pragma once

#include "kiosk/ui/texture.hpp"
#include "kiosk/ui/theme.hpp"

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace ui {

// One for each file; the names are the enumerators'.
enum class Icon : std::uint8_t {
    arrow_down,
    card,        // chip first, as it goes into the reader
    card_out,    // being taken
    card_turn,   // to be turned over
    card_wrong,  // not this one
    check,       // on a filled ground
    check_mark,
    cleared,  // erased, and well so
    clock,
    contrast,
    desk,
    document,
    easy,
    erase,
    language,
    letter,
    listen,
    lock,
    low,
    phone,
    stethoscope,
    text_size,
    wrench,
};
inline constexpr std::size_t icon_count = static_cast<std::size_t>(Icon::wrench) + 1;

class Icons {
  public:
    // Every drawing must be there and well formed. In the files, `class` names a colour of the
    // palette: main, ink, tint, sun, card, hairline, on-main (see assets/icons/README.md).
    static base::Result<std::unique_ptr<Icons>>
    open(SDL_Renderer* renderer, std::filesystem::path const& assets, Palette const& palette);
    ~Icons();

    // Other colours from the next picture on.
    void use(Palette const& palette);

    // The drawing in a square of so many pixels; kept, but of large ones only the last few.
    Texture const& picture(Icon icon, int side);

    // A disc, or a ring when it has a thickness, of so many pixels; white, kept. Round shapes are
    // put together from pictures because triangles cost the software renderer ten times as much.
    Texture const& disc(int radius, int thickness = 0);

  private:
    struct Drawings;
    Icons(SDL_Renderer* renderer, std::unique_ptr<Drawings> drawings, Palette const& palette);

    SDL_Renderer* renderer_;
    std::unique_ptr<Drawings> drawings_;
    Palette palette_;
    std::map<std::pair<Icon, int>, Texture> pictures_;
    std::deque<std::pair<Icon, int>> large_;  // oldest first
    std::map<std::pair<int, int>, Texture> discs_;
};

}  // namespace ui
