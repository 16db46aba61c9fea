#include "kiosk/notice/picture.hpp"

#include "kiosk/ui/frame.hpp"
#include "kiosk/ui/window.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>
#include <cmath>

namespace notice {
namespace {

using base::failure;
using base::Result;

// A panel that is nothing but memory: a picture is drawn on it, and nobody touches it.
class Sheet : public ui::Panel {
  public:
    explicit Sheet(Picture& picture) : picture_(picture) {}
    int width() const override { return picture_.size.width; }
    int height() const override { return picture_.size.height; }
    std::span<std::uint32_t> pixels() override { return picture_.pixels; }
    void show() override {}
    std::vector<int> descriptors() const override { return {}; }
    std::optional<std::chrono::steady_clock::time_point> due() const override {
        return std::nullopt;
    }
    std::vector<ui::PanelAct> attend() override { return {}; }
    bool outdated() const override { return false; }

  private:
    Picture& picture_;
};

struct Words {
    ui::Texts texts;
    ui::ConsentText consent;
};

Result<std::vector<Words>> open_words(std::filesystem::path const& assets) {
    std::vector<Words> all;
    for (auto const& language : ui::languages) {
        auto texts = ui::Texts::open(assets, language.id);
        if (!texts) return failure(texts.error());
        auto consent = ui::ConsentText::open(assets, language.id, ui::consent_version);
        if (!consent) return failure(consent.error());
        all.push_back({std::move(*texts), std::move(*consent)});
    }
    return all;
}

std::string text_of(Page page, std::string_view part) {
    return std::string{text_table(page)} + "." + std::string{part};
}

// What a page is drawn with; the first words are the French ones.
struct Desk {
    std::vector<Words> const& words;
    ui::TextRenderer& renderer;
    ui::Icons& icons;
    ui::Size window;

    ui::Frame frame(ui::Theme const& theme, std::size_t language) const {
        auto const& one = words[language];
        return {
            {theme, one.texts, one.consent, renderer, icons}, window, static_cast<int>(language)};
    }
};

// The title for who does not read French; its upper end.
float draw_translations(Desk const& desk, ui::Theme const& theme, Page page, ui::Rect place) {
    auto y = place.bottom();
    for (auto language = desk.words.size() - 1; language > 0; --language) {
        auto frame = desk.frame(theme, language);
        // The mirror of the place is the place.
        auto const x = frame.painter().mirrored() ? desk.window.width - place.right() : place.x;
        auto const& block = frame.block(frame.text(text_of(page, "title")),
                                        frame.soft(ui::Type::body), place.width);
        y -= block.height;
        frame.painter().words(block, x, y);
        y -= frame.px(1.5F);
    }
    return y;
}

// The brand, what happens and what to do; the lower end.
float say_words(ui::Frame& frame, Page page, Site const& site, float width) {
    auto const gap = frame.px(ui::mm::gap);
    ui::Column column{frame.px(ui::mm::margin), width, frame.top_margin(), frame.window().height};
    frame.say(column, frame.text("frame.brand"), frame.plain(ui::Type::strong));
    column.y += 2 * gap;
    frame.say(column, frame.text(text_of(page, "title")), frame.plain(ui::Type::title));
    column.y += gap;
    frame.say(column, frame.text(text_of(page, "lead")), frame.plain(ui::Type::lead));
    if (wants_help(page) && !site.help_place.empty()) {
        column.y += gap;
        frame.say(column,
                  ui::fill(frame.text("trouble.helper_technician"),
                           {{"place", ui::whole_numbers(site.help_place)}}),
                  frame.plain(ui::Type::strong));
    }
    return column.y;
}

void draw_picture(ui::Frame& frame, Page page, ui::Rect panel) {
    auto const side = std::floor(std::min({panel.width, panel.height, frame.px(110)}) * 0.8F);
    if (side < frame.px(10)) return;  // too small to say anything
    frame.painter().fill(panel, frame.palette().main_tint, frame.px(8));
    frame.draw_icon(icon(page), {std::round(panel.centre_x() - side / 2),
                                 std::round(panel.centre_y() - side / 2), side, side});
}

// Whether all words fit.
bool draw_page(Desk const& desk, ui::Theme const& theme, Page page, Site const& site) {
    auto frame = desk.frame(theme, 0);
    auto const margin = frame.px(ui::mm::margin);
    auto const gap = frame.px(ui::mm::gap);
    auto const& window = desk.window;
    auto const inside = window.width - 2 * margin;
    bool const beside = frame.landscape();
    auto const width = beside ? std::round((inside - 2 * gap) * 0.56F) : inside;
    auto const x = beside ? margin + width + 2 * gap : margin;
    auto const across = window.width - margin - x;
    auto const end = say_words(frame, page, site, width);
    auto const top = draw_translations(desk, theme, page, {x, 0, across, window.height - margin});
    auto const from = beside ? margin : end + 2 * gap;
    draw_picture(frame, page, {x, from, across, top - gap - from});
    return end <= window.height - margin && (beside ? top > margin : top > end + gap);
}

}  // namespace

Result<Picture> draw(Page page, Site const& site, screen::Size size,
                     std::filesystem::path const& assets) {
    Picture picture{size, std::vector<std::uint32_t>(static_cast<std::size_t>(size.width) *
                                                     static_cast<std::size_t>(size.height))};
    auto const all = open_words(assets);
    if (!all) return failure(all.error());
    auto window = ui::Window::open(std::make_unique<Sheet>(picture));
    if (!window) return failure(window.error());
    auto* const renderer = (*window)->renderer();
    auto icons = ui::Icons::open(renderer, assets, {});
    if (!icons) return failure(icons.error());
    // A small panel is read from nearer, if need be from nearer than the site says.
    constexpr double nearer = 0.9;
    constexpr double nearest_mm = 100;
    for (auto distance = site.viewing_distance_mm;; distance *= nearer) {
        ui::Theme const theme{site.mm_per_pixel, distance};
        auto words = ui::TextRenderer::open(renderer, theme);
        if (!words) return failure(words.error());
        bool fits = false;
        (*window)->frame(theme.palette().paper, [&] {
            fits = draw_page({*all, **words, **icons, (*window)->size()}, theme, page, site);
        });
        if (fits || distance < nearest_mm) return picture;
    }
}

}  // namespace notice
