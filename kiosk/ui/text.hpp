// Words as pictures: shaped, broken into lines and ordered by Pango, white, tinted when drawn.
#pragma once

#include "kiosk/ui/geometry.hpp"
#include "kiosk/ui/texture.hpp"
#include "kiosk/ui/theme.hpp"

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

enum class Align : std::uint8_t { left, centre, right };

struct TextRequest {
    std::string_view text; // UTF-8; "\n" breaks a line
    Type type = Type::body;
    float width = 0; // pixels; lines are broken to fit
    Align align = Align::left;
    bool marked = false; // **so** is bold
    // How lines are shared out: all of about one length, or only no short word left on the last.
    enum class Lines : std::uint8_t { alike, no_orphan };
    Lines lines = Lines::no_orphan;
};

struct TextLine {
    float x = 0;
    float width = 0;
    float baseline = 0;
};

// Sizes in pixels; the block is as wide as asked and as high as its lines.
struct TextBlock {
    Texture texture; // of the ink only; none when there is no ink
    Rect ink;        // within the block
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
    TextBlock const& block(TextRequest const& request);

    // The height of a capital H, in pixels.
    float capital_height(Type type) const;

    // After a frame: gives back the blocks least recently used beyond the bounds.
    void trim();
    // Nothing of what was rendered stays in memory.
    void wipe();

    std::size_t entries() const { return cache_.size(); }

    static constexpr std::size_t most_entries = 192;
    static constexpr std::size_t most_bytes = 12U << 20U;

  private:
    struct Pango;
    struct Entry {
        TextBlock block;
        std::list<std::string const*>::iterator used;
    };
    using Cache = std::map<std::string, Entry, std::less<>>;

    TextRenderer(SDL_Renderer* renderer, Theme const& theme, std::unique_ptr<Pango> pango);
    TextBlock render(TextRequest const& request) const;
    void forget(Cache::iterator entry);

    SDL_Renderer* renderer_;
    Theme theme_;
    std::unique_ptr<Pango> pango_;
    Cache cache_;
    std::list<std::string const*> used_; // most recent first
    std::size_t bytes_ = 0;
};

} // namespace ui
