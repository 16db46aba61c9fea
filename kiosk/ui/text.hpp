// Words as pictures, kept until the person leaves.
#pragma once

#include "kiosk/ui/geometry.hpp"
#include "kiosk/ui/texture.hpp"
#include "kiosk/ui/theme.hpp"
#include "kiosk/ui/typesetter.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

// Sizes in pixels; the block is as wide as asked and as high as its lines.
struct TextBlock {
    Texture texture;  // of the ink only; none without ink, or as long as it is only measured
    Rect ink;         // within the block
    float width = 0;
    float height = 0;
    float widest_line = 0;
    std::vector<TextLine> lines;
};

class TextRenderer {
  public:
    // Errc::file_unreadable when the fonts are not installed.
    static base::Result<std::unique_ptr<TextRenderer>> open(SDL_Renderer* renderer,
                                                            Theme const& theme);
    ~TextRenderer();

    // Valid until the next call of trim() or wipe().
    TextBlock const& block(TextRequest const& request, Use use = Use::painted);

    // The height of a capital H, in pixels.
    float capital_height(Type type) const { return typesetter_.capital_height(type); }

    // After a frame: gives back beyond the bounds what was used least recently.
    void trim();
    // Nothing of what was rendered stays in memory.
    void wipe();

    std::size_t entries() const { return cache_.size(); }
    std::size_t bytes() const { return bytes_; }

    static constexpr std::size_t most_entries = 1024;
    static constexpr std::size_t most_bytes = 12U << 20U;  // of pictures

  private:
    struct Entry {
        TextBlock block;
        Use use = Use::measured;
        std::list<std::string const*>::iterator used;
    };
    using Cache = std::map<std::string, Entry, std::less<>>;

    TextRenderer(SDL_Renderer* renderer, Typesetter typesetter);
    TextBlock render(TextRequest const& request, Use use) const;
    void forget(Cache::iterator entry);

    SDL_Renderer* renderer_;
    Typesetter typesetter_;
    Cache cache_;
    std::list<std::string const*> used_;  // most recent first
    std::size_t bytes_ = 0;
};

}  // namespace ui
