// Words set in lines and painted: the one door to Pango.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/ui/geometry.hpp"
#include "kiosk/ui/theme.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace ui {

enum class Align : std::uint8_t { left, centre, right };

struct TextRequest {
    std::string_view text;  // UTF-8; "\n" breaks a line
    Type type = Type::body;
    float width = 0;  // pixels; lines are broken to fit
    Align align = Align::left;
    journey::TextSize size = journey::TextSize::usual;
    // Written from right to left: the paragraph's direction, and left means where lines begin.
    bool mirrored = false;
    bool marked = false;  // **so** is bold
    // How lines are shared out: all of about one length, or only no short word left on the last.
    enum class Lines : std::uint8_t { alike, no_orphan };
    Lines lines = Lines::no_orphan;
    Colour colour = {};  // of its picture
};

struct TextLine {
    float x = 0;  // from where lines begin: from the right when mirrored
    float width = 0;
    float baseline = 0;
    float ink_bottom = 0;
};

// Sizes in pixels.
struct SetText {
    std::vector<TextLine> lines;
    float height = 0;
    float widest_line = 0;
    Rect ink;  // in whole pixels; empty when there is none
    // Of the ink, a byte a pixel, row by row; empty when it was only measured.
    std::vector<std::uint8_t> coverage;

    ~SetText();  // overwrites the picture
};

// Painting costs ten times what measuring does.
enum class Use : std::uint8_t { measured, painted };

class Typesetter {
  public:
    // Errc::file_unreadable when the fonts are not installed.
    static base::Result<Typesetter> open(Theme const& theme);
    Typesetter(Typesetter&&) noexcept;
    ~Typesetter();

    SetText set(TextRequest const& request, Use use) const;

    // Where each character of the first line begins in the text, in bytes, from left to right as it
    // is shown; letters that are joined into one sign begin with the first of them.
    std::vector<std::size_t> shown_order(TextRequest const& request) const;

    // The height of a capital H, in pixels.
    float capital_height(Type type) const;

  private:
    struct Pango;
    Typesetter(Theme const& theme, std::unique_ptr<Pango> pango);

    Theme theme_;
    std::unique_ptr<Pango> pango_;
};

}  // namespace ui
