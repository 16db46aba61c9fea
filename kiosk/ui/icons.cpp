#include "kiosk/ui/icons.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <numbers>
#include <vector>

#include <cairo.h>
#include <librsvg/rsvg.h>

namespace ui {
namespace {

constexpr std::array<std::string_view, icon_count> names{
    "arrow_down", "card",    "card_out",    "card_turn", "card_wrong", "check",
    "check_mark", "cleared", "clock",       "contrast",  "desk",       "document",
    "easy",       "erase",   "language",    "letter",    "listen",     "lock",
    "low",        "phone",   "stethoscope", "text_size", "wrench",
};

struct Unref {
    void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
};
using Handle = std::unique_ptr<RsvgHandle, Unref>;

// Beyond this side a picture takes more than 150 KB.
constexpr int large_side = 200;
constexpr std::size_t most_large = 4;

std::string hex(Colour colour) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "#%02x%02x%02x", colour.red, colour.green, colour.blue);
    return text.data();
}

std::string stylesheet(Palette const& palette) {
    std::string sheet = "svg { fill: none; stroke-linecap: round; stroke-linejoin: round; }\n";
    struct Name {
        char const* name;
        Colour colour;
    };
    for (auto const& [name, colour] :
         {Name{"main", palette.main}, Name{"ink", palette.ink}, Name{"tint", palette.main_tint},
          Name{"sun", palette.attention}, Name{"on-sun", palette.on_attention},
          Name{"card", palette.card}, Name{"hairline", palette.hairline},
          Name{"on-main", palette.on_main}}) {
        sheet += std::string{"."} + name + " { stroke: " + hex(colour) + "; }\n";
        sheet += std::string{".fill-"} + name + " { fill: " + hex(colour) + "; }\n";
    }
    return sheet;
}

// Cairo multiplies colour with alpha, SDL expects it plain.
std::uint32_t plain(std::uint32_t pixel) {
    auto const alpha = pixel >> 24U;
    if (alpha == 0 || alpha == 255) return pixel;
    auto const channel = [&](unsigned shift) {
        return std::min(255U, (((pixel >> shift) & 0xFFU) * 255 + alpha / 2) / alpha) << shift;
    };
    return (alpha << 24U) | channel(16) | channel(8) | channel(0);
}

Texture painted(SDL_Renderer* renderer, int side, std::function<void(cairo_t*)> const& paint) {
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> const surface{
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side), &cairo_surface_destroy};
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> const canvas{cairo_create(surface.get()),
                                                                    &cairo_destroy};
    paint(canvas.get());
    cairo_surface_flush(surface.get());
    auto const* const data = cairo_image_surface_get_data(surface.get());
    auto const count = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
    std::vector<std::uint32_t> pixels(count);
    // An ARGB32 row is exactly four bytes a pixel.
    std::copy_n(data, 4 * count, reinterpret_cast<unsigned char*>(pixels.data()));
    for (auto& pixel : pixels)
        pixel = plain(pixel);
    auto texture = Texture::make(renderer, side, side, pixels);
    return texture ? std::move(*texture) : Texture{};
}

base::Error unreadable(std::filesystem::path const& path, GError* problem) {
    base::Error error{base::Errc::file_unreadable,
                      path.native() + ": " +
                          (problem != nullptr ? problem->message : "no drawing")};
    g_clear_error(&problem);
    return error;
}

}  // namespace

struct Icons::Drawings {
    std::vector<Handle> handles;
};

Icons::Icons(SDL_Renderer* renderer, std::unique_ptr<Drawings> drawings, Palette const& palette)
    : renderer_(renderer), drawings_(std::move(drawings)), palette_(palette) {}
Icons::~Icons() = default;

base::Result<std::unique_ptr<Icons>>
Icons::open(SDL_Renderer* renderer, std::filesystem::path const& assets, Palette const& palette) {
    auto drawings = std::make_unique<Drawings>();
    auto const sheet = stylesheet(palette);
    for (auto const name : names) {
        auto const path = assets / "icons" / (std::string{name} + ".svg");
        GError* problem = nullptr;
        Handle handle{rsvg_handle_new_from_file(path.c_str(), &problem)};
        if (!handle) return base::failure(unreadable(path, problem));
        if (rsvg_handle_set_stylesheet(handle.get(), reinterpret_cast<guint8 const*>(sheet.data()),
                                       sheet.size(), &problem) == 0)
            return base::failure(unreadable(path, problem));
        drawings->handles.push_back(std::move(handle));
    }
    return std::unique_ptr<Icons>{new Icons{renderer, std::move(drawings), palette}};
}

void Icons::use(Palette const& palette) {
    if (palette == palette_) return;
    palette_ = palette;
    auto const sheet = stylesheet(palette);
    // The sheet was well formed when the drawings were opened; only colours differ.
    for (auto const& handle : drawings_->handles)
        rsvg_handle_set_stylesheet(handle.get(), reinterpret_cast<guint8 const*>(sheet.data()),
                                   sheet.size(), nullptr);
    pictures_.clear();
    large_.clear();
}

Texture const& Icons::picture(Icon icon, int side) {
    auto& kept = pictures_[{icon, side}];
    if (kept || side <= 0) return kept;
    kept = painted(renderer_, side, [&](cairo_t* canvas) {
        RsvgRectangle const place{0, 0, static_cast<double>(side), static_cast<double>(side)};
        rsvg_handle_render_document(drawings_->handles[static_cast<std::size_t>(icon)].get(),
                                    canvas, &place, nullptr);
    });
    if (side < large_side) return kept;
    // No frame shows so many: none that is being drawn is given back.
    large_.emplace_back(icon, side);
    if (large_.size() > most_large) {
        pictures_.erase(large_.front());
        large_.pop_front();
    }
    return kept;
}

Texture const& Icons::disc(int radius, int thickness) {
    auto& kept = discs_[{radius, thickness}];
    if (kept || radius <= 0) return kept;
    kept = painted(renderer_, 2 * radius, [&](cairo_t* canvas) {
        cairo_set_source_rgb(canvas, 1, 1, 1);
        cairo_arc(canvas, radius, radius, radius - thickness / 2.0, 0, 2 * std::numbers::pi);
        if (thickness == 0) return cairo_fill(canvas);
        cairo_set_line_width(canvas, thickness);
        cairo_stroke(canvas);
    });
    return kept;
}

}  // namespace ui
