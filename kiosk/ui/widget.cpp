#include "kiosk/ui/widget.hpp"

#include "kiosk/journey/private_text.hpp"

#include <algorithm>

namespace ui {

Widget const* Shown::find(std::string_view id) const {
    auto const found = std::ranges::find(widgets, id, &Widget::id);
    return found == widgets.end() ? nullptr : &*found;
}

void Shown::wipe() {
    auto const cleanse = [](std::string& text) { journey::cleanse(text.data(), text.size()); };
    cleanse(title);
    for (auto& text : texts)
        cleanse(text);
    for (auto& widget : widgets)
        cleanse(widget.label);
    title.clear();
    texts.clear();
    passing.clear();
    text_rects.clear();
    widgets.clear();
}

}  // namespace ui
