#include "kiosk/ui/painter.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/ui/pixels.hpp"
#include "tests/kiosk/ui/samples.hpp"

namespace {

constexpr ui::Colour paper{255, 255, 255, 255};
constexpr ui::Colour ink{0, 0, 0, 255};
constexpr std::uint32_t white = 0xFFFFFF;

struct Sheet {
    std::unique_ptr<ui::Window> window;
    std::unique_ptr<ui::Icons> icons;

    Sheet() {
        auto opened = ui::Window::open({.title = "sheet", .width = 200, .height = 100});
        REQUIRE(opened.has_value());
        window = std::move(*opened);
        auto drawings = ui::Icons::open(window->renderer(), samples::assets(), ui::Palette{});
        REQUIRE(drawings.has_value());
        icons = std::move(*drawings);
    }
    samples::Pixels draw(std::function<void(ui::Painter&)> const& what) {
        window->frame(paper, [&] {
            ui::Painter painter{*icons, 1, window->size().width};
            what(painter);
        });
        return samples::Pixels{*window};
    }
};

// How many times the colour changes along a row, from edge to edge of the sheet.
int changes(samples::Pixels const& pixels, int y) {
    int count = 0;
    for (int x = 1; x < pixels.width(); ++x)
        count += (pixels.at(x, y) == white) != (pixels.at(x - 1, y) == white) ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("a rounded shape that begins between two pixels has no gaps", "[ui]") {
    Sheet sheet;
    for (float const off : {0.0F, 0.2F, 0.4F, 0.5F, 0.6F, 0.8F})
        for (bool const filled : {true, false}) {
            auto const pixels = sheet.draw([&](ui::Painter& painter) {
                ui::Rect const place{20 + off, 10 + off, 91.4F - off, 60.7F};
                if (filled)
                    painter.fill(place, ink, 12);
                else
                    painter.outline(place, ink, 12, 2);
            });
            for (int y = 0; y < pixels.height(); ++y) {
                INFO((filled ? "filled" : "outlined") << " at " << off << ", row " << y);
                // In and out once; of an outline twice between its upper and its lower edge.
                auto const count = changes(pixels, y);
                CHECK((count == 0 || count == 2 || (!filled && count == 4)));
            }
        }
}
