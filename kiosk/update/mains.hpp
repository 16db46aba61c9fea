// Why this PC started, as its supervision board saw it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace update {

// Whether the mains had been away. Nothing without a board, or when it cannot say. Ask before
// dmp-kiosk has the port.
std::optional<bool> power_had_been_lost(std::filesystem::path const& port, std::uint32_t boot_id);

}  // namespace update
