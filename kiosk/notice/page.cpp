#include "kiosk/notice/page.hpp"

#include <algorithm>

namespace notice {

std::string_view name(Page page) {
    switch (page) {
    case Page::splash: return "splash";
    case Page::restarting: return "restarting";
    case Page::out_of_service: return "out-of-service";
    case Page::shutting_down: return "shutting-down";
    case Page::updating: return "updating";
    }
    return "";
}

std::optional<Page> page_named(std::string_view wanted) {
    auto const found = std::ranges::find(pages, wanted, name);
    return found == pages.end() ? std::nullopt : std::optional{*found};
}

std::string_view text_table(Page page) {
    switch (page) {
    case Page::splash: return "starting";
    case Page::restarting: return "notice.restarting";
    case Page::out_of_service: return "notice.out_of_service";
    case Page::shutting_down: return "notice.shutting_down";
    case Page::updating: return "notice.updating";
    }
    return "";
}

ui::Icon icon(Page page) {
    switch (page) {
    case Page::splash:
    case Page::restarting:
    case Page::shutting_down: return ui::Icon::clock;
    case Page::out_of_service:
    case Page::updating: return ui::Icon::wrench;
    }
    return ui::Icon::clock;
}

bool wants_help(Page page) {
    switch (page) {
    case Page::splash:
    case Page::restarting:
    case Page::shutting_down:
    case Page::updating: return false;
    case Page::out_of_service: return true;
    }
    return false;
}

}  // namespace notice
