#include "kiosk/ui/typesetter.hpp"

#include "kiosk/journey/private_text.hpp"
#include "kiosk/ui/line_breaks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <pango/pangocairo.h>

namespace ui {
namespace {

template <auto release>
struct Release {
    template <class T>
    void operator()(T* pointer) const {
        release(pointer);
    }
};
using Layout = std::unique_ptr<PangoLayout, Release<g_object_unref>>;
using Iterator = std::unique_ptr<PangoLayoutIter, Release<pango_layout_iter_free>>;
using Font = std::unique_ptr<PangoFontDescription, Release<pango_font_description_free>>;
using Surface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using Canvas = std::unique_ptr<cairo_t, Release<cairo_destroy>>;

constexpr auto family = "Inter, Noto Sans, sans-serif";

PangoWeight weight(Weight value) {
    switch (value) {
    case Weight::regular: return PANGO_WEIGHT_NORMAL;
    case Weight::semibold: return PANGO_WEIGHT_SEMIBOLD;
    case Weight::bold: return PANGO_WEIGHT_BOLD;
    }
    return PANGO_WEIGHT_NORMAL;
}

float pixels(int pango_units) { return static_cast<float>(pango_units) / PANGO_SCALE; }

Font font(Type type, journey::TextSize size, Theme const& theme) {
    auto const& chosen = style(type);
    Font description{pango_font_description_new()};
    pango_font_description_set_family_static(description.get(), family);
    pango_font_description_set_weight(description.get(), weight(chosen.weight));
    pango_font_description_set_absolute_size(
        description.get(),
        static_cast<double>(theme.px(1000 * type_size(type, size))) / 1000 * PANGO_SCALE);
    return description;
}

// The text without its marks, and the byte ranges that were marked.
std::string unmarked(std::string_view text, PangoAttrList* attributes) {
    std::string result;
    std::size_t begin = std::string::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 2) != "**") {
            result += text[i];
            continue;
        }
        ++i;
        if (begin == std::string::npos) {
            begin = result.size();
            continue;
        }
        auto* const bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        bold->start_index = static_cast<guint>(begin);
        bold->end_index = static_cast<guint>(result.size());
        pango_attr_list_insert(attributes, bold);
        begin = std::string::npos;
    }
    return result;
}

struct Line {
    PangoLayoutLine* line;  // owned by the layout
    TextLine place;
    float left;  // of the line, in the block
    Rect ink;
};

// How far from where lines begin.
float indent(Align align, float spare) {
    switch (align) {
    case Align::left: return 0;
    case Align::centre: return std::round(spare / 2);
    case Align::right: return spare;
    }
    return 0;
}

// Lines stand one leading apart, whatever fonts they mix, and each is centred in its own height.
std::vector<Line> lines_of(PangoLayout* layout, float line_height, TextRequest const& request) {
    std::vector<Line> result;
    Iterator const iterator{pango_layout_get_iter(layout)};
    float top = 0;
    do {
        PangoRectangle ink{};
        PangoRectangle logical{};
        pango_layout_iter_get_line_extents(iterator.get(), &ink, &logical);
        float const ascent = pixels(pango_layout_iter_get_baseline(iterator.get()) - logical.y);
        float const baseline =
            std::round(top + (line_height - pixels(logical.height)) / 2 + ascent);
        float const shift = baseline - ascent - pixels(logical.y);
        float const width = pixels(logical.width);
        float const begin = indent(request.align, request.width - width);
        float const left = request.mirrored ? request.width - begin - width : begin;
        Rect const marks{left + pixels(ink.x - logical.x), pixels(ink.y) + shift, pixels(ink.width),
                         pixels(ink.height)};
        result.push_back({pango_layout_iter_get_line_readonly(iterator.get()),
                          {begin, width, baseline, marks.bottom()},
                          left,
                          marks});
        top += line_height;
    } while (pango_layout_iter_next_line(iterator.get()) != 0);
    return result;
}

// All ink, widened to whole pixels.
Rect bounds(std::vector<Line> const& lines) {
    float left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (auto const& line : lines) {
        if (line.ink.width <= 0 || line.ink.height <= 0) continue;
        left = std::min(left, std::floor(line.ink.x) - 1);
        top = std::min(top, std::floor(line.ink.y) - 1);
        right = std::max(right, std::ceil(line.ink.right()) + 1);
        bottom = std::max(bottom, std::ceil(line.ink.bottom()) + 1);
    }
    if (right <= left) return {};
    return {left, top, right - left, bottom - top};
}

}  // namespace

struct Typesetter::Pango {
    std::unique_ptr<PangoFontMap, Release<g_object_unref>> fonts;
    std::unique_ptr<PangoContext, Release<g_object_unref>> context;
    std::array<float, type_count> capital_heights{};

    Layout layout(TextRequest const& request, Theme const& theme) const {
        // The direction is the language's, not that of a paragraph's first letter: "DMP" may begin
        // an Arabic sentence.
        pango_context_set_base_dir(context.get(),
                                   request.mirrored ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
        Layout result{pango_layout_new(context.get())};
        pango_layout_set_auto_dir(result.get(), FALSE);
        pango_layout_set_font_description(result.get(),
                                          font(request.type, request.size, theme).get());
        auto* const attributes = pango_attr_list_new();
        if (request.marked) {
            auto text = unmarked(request.text, attributes);
            pango_layout_set_text(result.get(), text.data(), static_cast<int>(text.size()));
            journey::cleanse(text.data(), text.size());
        } else {
            pango_layout_set_text(result.get(), request.text.data(),
                                  static_cast<int>(request.text.size()));
        }
        if (style(request.type).tabular)
            pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
        pango_layout_set_attributes(result.get(), attributes);
        pango_attr_list_unref(attributes);
        pango_layout_set_width(result.get(), static_cast<int>(request.width * PANGO_SCALE));
        pango_layout_set_wrap(result.get(), PANGO_WRAP_WORD_CHAR);
        return result;
    }
};

SetText::~SetText() { journey::cleanse(coverage.data(), coverage.size()); }

Typesetter::Typesetter(Theme const& theme, std::unique_ptr<Pango> pango)
    : theme_(theme), pango_(std::move(pango)) {}
Typesetter::Typesetter(Typesetter&&) noexcept = default;
Typesetter::~Typesetter() = default;

base::Result<Typesetter> Typesetter::open(Theme const& theme) {
    auto pango = std::make_unique<Pango>();
    pango->fonts.reset(pango_cairo_font_map_new());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(pango->fonts.get()), 96);
    pango->context.reset(pango_font_map_create_context(pango->fonts.get()));
    auto* const options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pango->context.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(pango->context.get(), FALSE);

    std::unique_ptr<PangoFont, Release<g_object_unref>> const found{
        pango_context_load_font(pango->context.get(), font(Type::body, {}, theme).get())};
    Font const description{found ? pango_font_describe(found.get()) : nullptr};
    char const* const name =
        description ? pango_font_description_get_family(description.get()) : nullptr;
    if (name == nullptr || std::string_view{name} != "Inter")
        return base::failure(base::Errc::file_unreadable,
                             "the font Inter is not installed (Debian package fonts-inter)");

    for (std::size_t i = 0; i < type_count; ++i) {
        auto const layout = pango->layout({"H", static_cast<Type>(i), 1000}, theme);
        PangoRectangle ink{};
        pango_layout_get_extents(layout.get(), &ink, nullptr);
        pango->capital_heights[i] = pixels(ink.height);
    }
    return Typesetter{theme, std::move(pango)};
}

std::vector<std::size_t> Typesetter::shown_order(TextRequest const& request) const {
    auto const layout = pango_->layout(request, theme_);
    std::vector<std::size_t> order;
    auto const* const line = pango_layout_get_line_readonly(layout.get(), 0);
    for (auto const* link = line->runs; link != nullptr; link = link->next) {
        auto const* const run = static_cast<PangoLayoutRun const*>(link->data);
        for (int i = 0; i < run->glyphs->num_glyphs; ++i) {
            auto const at =
                static_cast<std::size_t>(run->item->offset + run->glyphs->log_clusters[i]);
            if (order.empty() || order.back() != at) order.push_back(at);
        }
    }
    return order;
}

float Typesetter::capital_height(Type type) const {
    return pango_->capital_heights[static_cast<std::size_t>(type)];
}

SetText Typesetter::set(TextRequest const& request, Use use) const {
    auto const layout = pango_->layout(request, theme_);
    auto const leading =
        std::max(style(request.type).leading, request.mirrored ? arabic_leading : 0.0F);
    float const line_height = theme_.px(type_size(request.type, request.size) * leading);
    if (request.lines == TextRequest::Lines::alike)
        balance_lines(layout.get());
    else
        leave_no_orphan(layout.get());
    // Alignment is within the width that was asked for, not within the balanced one.
    auto const lines = lines_of(layout.get(), line_height, request);

    SetText result;
    result.height = line_height * static_cast<float>(lines.size());
    for (auto const& line : lines) {
        result.widest_line = std::max(result.widest_line, line.place.width);
        result.lines.push_back(line.place);
    }
    result.ink = bounds(lines);
    if (use == Use::measured || result.ink.width <= 0) return result;

    auto const width = static_cast<int>(result.ink.width);
    auto const height = static_cast<int>(result.ink.height);
    Surface const surface{cairo_image_surface_create(CAIRO_FORMAT_A8, width, height)};
    Canvas const canvas{cairo_create(surface.get())};
    for (auto const& line : lines) {
        cairo_move_to(canvas.get(), static_cast<double>(line.left - result.ink.x),
                      static_cast<double>(line.place.baseline - result.ink.y));
        pango_cairo_show_layout_line(canvas.get(), line.line);
    }
    cairo_surface_flush(surface.get());
    auto* const coverage = cairo_image_surface_get_data(surface.get());
    auto const stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    result.coverage.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y)
        std::copy_n(coverage + static_cast<std::size_t>(y) * stride, width,
                    result.coverage.begin() + static_cast<std::ptrdiff_t>(y) * width);
    journey::cleanse(coverage, stride * static_cast<std::size_t>(height));
    return result;
}

}  // namespace ui
