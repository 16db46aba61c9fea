#include "kiosk/notice/bitmap.hpp"

#include "drivers/base/bytes.hpp"

#include <fstream>
#include <memory>

#include <cairo.h>

namespace notice {

using base::Errc;
using base::failure;
using base::Result;

namespace {

Result<void> save_png(Picture const& picture, std::filesystem::path const& path) {
    // Cairo only reads them.
    auto* const pixels =
        reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(picture.pixels.data()));
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> const surface{
        cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_RGB24, picture.size.width,
                                            picture.size.height, 4 * picture.size.width),
        &cairo_surface_destroy};
    auto const status = cairo_surface_write_to_png(surface.get(), path.c_str());
    if (status != CAIRO_STATUS_SUCCESS)
        return failure(Errc::system_failed, path.native() + ": " + cairo_status_to_string(status));
    return {};
}

void put(base::Bytes& bytes, std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i)
        bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

base::Bytes bmp_of(Picture const& picture) {
    auto const width = static_cast<std::uint32_t>(picture.size.width);
    auto const height = static_cast<std::uint32_t>(picture.size.height);
    constexpr std::uint32_t headers = 14 + 40;
    auto const row = (3 * width + 3) / 4 * 4;
    base::Bytes bytes{'B', 'M'};
    put(bytes, headers + row * height, 4);
    put(bytes, 0, 4);
    put(bytes, headers, 4);
    put(bytes, 40, 4);  // the second header
    put(bytes, width, 4);
    put(bytes, height, 4);
    put(bytes, 1, 2);   // plane
    put(bytes, 24, 2);  // bits a pixel
    put(bytes, 0, 4);   // not compressed
    put(bytes, row * height, 4);
    for (int i = 0; i < 4; ++i)
        put(bytes, 0, 4);  // no resolution, no colour table
    for (std::uint32_t y = height; y-- > 0;) {
        for (std::uint32_t x = 0; x < width; ++x)
            put(bytes, picture.pixels[std::size_t{y} * width + x], 3);
        put(bytes, 0, static_cast<int>(row - 3 * width));
    }
    return bytes;
}

}  // namespace

Result<void> save(Picture const& picture, std::filesystem::path const& path) {
    if (path.extension() == ".png") return save_png(picture, path);
    if (path.extension() != ".bmp")
        return failure(Errc::refused, path.native() + ": must end in .png or .bmp");
    auto const bytes = bmp_of(picture);
    std::ofstream file{path, std::ios::binary};
    file.write(reinterpret_cast<char const*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return failure(base::system_error(path.native()));
    return {};
}

}  // namespace notice
