// What a frame shows, as a list: touch, robot, speech and keypad read the same one.
#pragma once

#include "kiosk/ui/geometry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

enum class Role : std::uint8_t { button, toggle, text_field, key, link };

constexpr std::string_view name(Role role) {
    switch (role) {
    case Role::button: return "button";
    case Role::toggle: return "toggle";
    case Role::text_field: return "text_field";
    case Role::key: return "key";
    case Role::link: return "link";
    }
    return "";
}

struct Widget {
    std::string id;  // of the event or edit it causes
    std::string label;
    Role role = Role::button;
    bool main = false;  // the way on
    Rect rect;          // where a finger acts
    bool enabled = true;
    bool focused = false;
    std::optional<bool> checked = std::nullopt;
};

struct Shown {
    std::string title;
    std::vector<std::string> texts;  // in reading order, labels of widgets included
    std::vector<Rect> text_rects;    // of each of `texts`
    std::vector<Widget> widgets;     // in reading order, which is the order of focus
    std::string passing;             // that one of `texts` which changes by itself with the time
    float lowest_surface = 0;        // the lower edge of the lowest card
    std::size_t page = 0;            // of the screen
    std::size_t before_page = 0;     // sentences and other pieces of the screen before it

    Widget const* find(std::string_view id) const;

    Shown() = default;
    Shown(Shown&&) noexcept = default;
    Shown& operator=(Shown&& other) noexcept {
        wipe();
        title = std::move(other.title);
        texts = std::move(other.texts);
        passing = std::move(other.passing);
        text_rects = std::move(other.text_rects);
        widgets = std::move(other.widgets);
        lowest_surface = other.lowest_surface;
        page = other.page;
        before_page = other.before_page;
        return *this;
    }
    Shown(Shown const&) = default;
    Shown& operator=(Shown const&) = delete;
    ~Shown() { wipe(); }

    // Overwrites and empties: the texts name the person in front of the screen.
    void wipe();
};

}  // namespace ui
