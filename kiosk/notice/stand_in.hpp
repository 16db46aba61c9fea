// Keeps a page on the panel until dmp-kiosk shows its first frame.
#pragma once

#include "drivers/base/result.hpp"
#include "kiosk/notice/page.hpp"

#include <filesystem>

namespace notice {

struct StandInOptions {
    Page page = Page::splash;
    // Read again until it is there: at the start of the machine its disk is not mounted yet.
    std::filesystem::path configuration;
    std::filesystem::path assets;
    std::filesystem::path turn;  // shared by all pages: the newest stays
};

// Draws the page as soon as there is a panel that nobody else shows something on, and lets whoever
// comes take the panel over. Returns when another program or a newer page did, or at SIGTERM or
// SIGINT.
base::Result<void> stand_in(StandInOptions const& options);

}  // namespace notice
