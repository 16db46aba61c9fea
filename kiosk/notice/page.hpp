// The pages that stand on the panel while dmp-kiosk is not there.
#pragma once

#include "kiosk/ui/icons.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace notice {

enum class Page : std::uint8_t { splash, restarting, out_of_service, shutting_down, updating };

inline constexpr std::array pages{Page::splash, Page::restarting, Page::out_of_service,
                                  Page::shutting_down, Page::updating};

// As given on the command line: "out-of-service".
std::string_view name(Page page);
std::optional<Page> page_named(std::string_view name);

// The table of the texts that holds its title and lead.
std::string_view text_table(Page page);
ui::Icon icon(Page page);
// Whether somebody should be told of it, and where.
bool wants_help(Page page);

}  // namespace notice
