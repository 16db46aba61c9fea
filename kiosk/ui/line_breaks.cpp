#include "kiosk/ui/line_breaks.hpp"

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace ui {
namespace {

struct Release {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
using Attributes = std::unique_ptr<PangoAttrList, Release>;

int width_of(PangoLayoutLine* line) {
    PangoRectangle logical{};
    pango_layout_line_get_extents(line, nullptr, &logical);
    return logical.width;
}

bool begins_paragraph(PangoLayout* layout, int line) {
    return pango_layout_get_line_readonly(layout, line)->is_paragraph_start != 0;
}

// Bytes of the text.
struct Range {
    int begin;
    int end;
};

// From the last word of a line to the end of the next.
Range last_words(PangoLayout* layout, int line) {
    auto const* const before = pango_layout_get_line_readonly(layout, line);
    auto const* const last = pango_layout_get_line_readonly(layout, line + 1);
    std::string_view words{pango_layout_get_text(layout) + before->start_index,
                           static_cast<std::size_t>(before->length)};
    while (words.ends_with(' '))
        words.remove_suffix(1);
    auto const space = words.rfind(' ');
    if (space == std::string_view::npos) return {0, 0};
    return {before->start_index + static_cast<int>(space) + 1, last->start_index + last->length};
}

std::vector<Range> orphans(PangoLayout* layout) {
    std::vector<Range> found;
    int const lines = pango_layout_get_line_count(layout);
    for (int line = 1; line < lines; ++line) {
        bool const last = line + 1 == lines || begins_paragraph(layout, line + 1);
        if (begins_paragraph(layout, line) || !last) continue;
        bool const alone = width_of(pango_layout_get_line_readonly(layout, line)) * 3 <
                           width_of(pango_layout_get_line_readonly(layout, line - 1));
        if (!alone) continue;
        if (auto const range = last_words(layout, line - 1); range.begin < range.end)
            found.push_back(range);
    }
    return found;
}

// Where words are not parted: in so many lines, each within the width.
bool fits_in(PangoLayout* layout, int lines) {
    int widest = 0;
    pango_layout_get_size(layout, &widest, nullptr);
    return pango_layout_get_line_count(layout) <= lines && widest <= pango_layout_get_width(layout);
}

bool one_paragraph(PangoLayout* layout) {
    int const lines = pango_layout_get_line_count(layout);
    for (int line = 1; line < lines; ++line)
        if (begins_paragraph(layout, line)) return false;
    return true;
}

}  // namespace

void balance_lines(PangoLayout* layout) {
    int const lines = pango_layout_get_line_count(layout);
    if (lines < 2 || lines > 4) return;
    auto const fits = [&](int width) {
        pango_layout_set_width(layout, width);
        return fits_in(layout, lines);
    };
    // The narrowest width that needs no more lines.
    int wide = pango_layout_get_width(layout);
    int narrow = wide / 2;
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    while (wide - narrow > 4 * PANGO_SCALE) {
        int const between = (narrow + wide) / 2;
        (fits(between) ? wide : narrow) = between;
    }
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, wide);
}

void leave_no_orphan(PangoLayout* layout) {
    auto const found = orphans(layout);
    if (found.empty()) return;
    int const lines = pango_layout_get_line_count(layout);
    if (lines <= 4 && one_paragraph(layout)) return balance_lines(layout);
    Attributes kept{pango_attr_list_copy(pango_layout_get_attributes(layout))};
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    // Where two long words have no room in one line, they stay apart.
    for (auto const& range : found) {
        Attributes joined{pango_attr_list_copy(kept.get())};
        auto* const together = pango_attr_allow_breaks_new(FALSE);
        together->start_index = static_cast<guint>(range.begin);
        together->end_index = static_cast<guint>(range.end);
        pango_attr_list_insert(joined.get(), together);
        pango_layout_set_attributes(layout, joined.get());
        if (fits_in(layout, lines)) kept = std::move(joined);
    }
    pango_layout_set_attributes(layout, kept.get());
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
}

}  // namespace ui
