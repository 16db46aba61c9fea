#include "tests/kiosk/ui/album.hpp"

#include <cmath>

#include <SDL.h>
#include <png.h>

namespace samples {
namespace {

constexpr int columns = 6;
constexpr int rows = 4;
constexpr int gap = 12;
constexpr int caption = 22;
constexpr double area = 130'000;  // of a small picture, in pixels: its words can be read

// Thousands of pictures: as fast as zlib goes, a third larger than Cairo's.
void write_png(std::filesystem::path const& path, cairo_surface_t* picture) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(cairo_image_surface_get_width(picture));
    image.height = static_cast<png_uint_32>(cairo_image_surface_get_height(picture));
    image.format = PNG_FORMAT_BGRA;
    image.flags = PNG_IMAGE_FLAG_FAST;
    if (png_image_write_to_file(&image, path.c_str(), 0, cairo_image_surface_get_data(picture),
                                cairo_image_surface_get_stride(picture), nullptr) == 0)
        std::fprintf(stderr, "%s: %s\n", path.c_str(), image.message);
}

}  // namespace

Album::Album(std::filesystem::path folder, ui::Size screen)
    : folder_(std::move(folder)), screen_(screen) {
    auto const scale = std::sqrt(area / static_cast<double>(screen.width * screen.height));
    width_ = static_cast<int>(screen.width * scale);
    height_ = static_cast<int>(screen.height * scale);
}

Album::~Album() { finish(); }

void Album::begin() {
    sheet_.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, gap + columns * (width_ + gap),
                                            gap + rows * (height_ + caption + gap)));
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> const canvas{cairo_create(sheet_.get()),
                                                                    &cairo_destroy};
    cairo_set_source_rgb(canvas.get(), 0.55, 0.55, 0.55);
    cairo_paint(canvas.get());
    on_sheet_ = 0;
}

void Album::finish() {
    if (!sheet_) return;
    auto const path = folder_ / ("sheet-" + std::to_string(++sheets_) + ".png");
    cairo_surface_flush(sheet_.get());
    write_png(path, sheet_.get());
    sheet_.reset();
}

void Album::add(ui::Window const& window, std::string const& name) {
    if (!sheet_) begin();
    Surface const picture{cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                                     static_cast<int>(screen_.width),
                                                     static_cast<int>(screen_.height)),
                          &cairo_surface_destroy};
    SDL_RenderReadPixels(window.renderer(), nullptr, SDL_PIXELFORMAT_ARGB8888,
                         cairo_image_surface_get_data(picture.get()),
                         cairo_image_surface_get_stride(picture.get()));
    cairo_surface_mark_dirty(picture.get());
    write_png(folder_ / (name + ".png"), picture.get());
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> const canvas{cairo_create(sheet_.get()),
                                                                    &cairo_destroy};
    auto const x = gap + (on_sheet_ % columns) * (width_ + gap);
    auto const y = gap + (on_sheet_ / columns) * (height_ + caption + gap);
    cairo_move_to(canvas.get(), x, y + height_ + caption - 7);
    cairo_set_font_size(canvas.get(), 14);
    cairo_show_text(canvas.get(), name.c_str());
    cairo_translate(canvas.get(), x, y);
    cairo_scale(canvas.get(), width_ / static_cast<double>(screen_.width),
                height_ / static_cast<double>(screen_.height));
    cairo_set_source_surface(canvas.get(), picture.get(), 0, 0);
    cairo_pattern_set_filter(cairo_get_source(canvas.get()), CAIRO_FILTER_GOOD);
    cairo_paint(canvas.get());
    if (++on_sheet_ == columns * rows) finish();
}

}  // namespace samples
