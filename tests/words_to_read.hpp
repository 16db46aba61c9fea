// What a person must read on a screen of the robot's answer to decide: not what surrounds every
// screen, nor what is only a way to more, back or help.
#pragma once

#include "kiosk/ui/focus.hpp"

#include <cctype>
#include <set>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

inline int words_to_read(nlohmann::json const& screen, std::string_view step) {
    std::set<std::string> skipped;
    for (auto const& widget : screen["widgets"])
        if (widget["role"] == "link" || ui::surrounds_every_screen(widget["id"].get<std::string>()))
            skipped.insert(widget["label"].get<std::string>());
    int words = 0;
    for (auto const& entry : screen["texts"]) {
        auto const text = entry.get<std::string>();
        if (skipped.contains(text) || text.starts_with(step)) continue;
        std::istringstream stream{text};
        // A colon or a question mark stands alone in French.
        for (std::string word; stream >> word;)
            if (word.size() > 1 || std::isalnum(static_cast<unsigned char>(word[0])) != 0) ++words;
    }
    return words;
}
