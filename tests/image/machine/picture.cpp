#include "tests/image/machine/picture.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include <png.h>

namespace machine {
namespace {

// In pixels: small enough to hold one letter of a text, large enough to level out its edges.
constexpr int cell = 8;
// Of 255, for the mean colour of a cell: a line of text shifted by a pixel stays below, another
// letter in its place does not.
constexpr int tolerance = 20;

using Mean = std::array<int, 3>;

int distance(Mean const& one, Mean const& other) {
    int most = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        most = std::max(most, std::abs(one[i] - other[i]));
    return most;
}

std::vector<Mean> cells_of(Picture const& picture) {
    std::vector<Mean> cells;
    for (int top = 0; top < picture.height; top += cell) {
        for (int left = 0; left < picture.width; left += cell) {
            Mean sum{};
            int count = 0;
            for (int y = top; y < std::min(top + cell, picture.height); ++y) {
                for (int x = left; x < std::min(left + cell, picture.width); ++x, ++count) {
                    auto const pixel = picture.at(x, y);
                    sum[0] += pixel.red;
                    sum[1] += pixel.green;
                    sum[2] += pixel.blue;
                }
            }
            for (auto& part : sum)
                part /= count;
            cells.push_back(sum);
        }
    }
    return cells;
}

Mean background_of(std::vector<Mean> const& cells) {
    std::map<Mean, std::size_t> counts;
    for (auto const& each : cells)
        ++counts[each];
    return std::ranges::max_element(counts, {}, [](auto const& entry) { return entry.second; })
        ->first;
}

}  // namespace

base::Result<Picture> read_png(std::filesystem::path const& file) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&image, file.c_str()) == 0)
        return base::failure(base::Errc::file_unreadable, file.native() + ": " + image.message);
    image.format = PNG_FORMAT_RGB;
    Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    picture.pixels.resize(static_cast<std::size_t>(image.width) * image.height);
    static_assert(sizeof(Colour) == 3);
    if (png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr) == 0)
        return base::failure(base::Errc::malformed, file.native() + ": " + image.message);
    return picture;
}

double likeness(Picture const& one, Picture const& other) {
    if (one.width != other.width || one.height != other.height || one.pixels.empty()) return 0;
    auto const ones = cells_of(one);
    auto const others = cells_of(other);
    auto const ones_background = background_of(ones);
    auto const others_background = background_of(others);
    std::size_t shown = 0;
    std::size_t alike = 0;
    for (std::size_t i = 0; i < ones.size(); ++i) {
        bool const same = distance(ones[i], others[i]) <= tolerance;
        bool const plain = distance(ones[i], ones_background) <= tolerance &&
                           distance(others[i], others_background) <= tolerance;
        // Two plain screens of different colours differ in each cell.
        if (plain && same) continue;
        ++shown;
        alike += same ? 1 : 0;
    }
    return shown == 0 ? 1.0 : static_cast<double>(alike) / static_cast<double>(shown);
}

}  // namespace machine
