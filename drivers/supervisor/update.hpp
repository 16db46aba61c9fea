// Another firmware for the supervision board, by the stock avrdude through its boot loader.
#pragma once

#include "drivers/supervisor/board.hpp"

#include <filesystem>

namespace supervisor {

enum class Updated : std::uint8_t { already_there, replaced };

struct Firmware {
    std::filesystem::path file;  // Intel HEX, sealed for the boot loader
    Version version;             // what the board must say afterwards
};

// Blocks for some ten seconds; the port must be nobody else's. Also rescues a board that is left
// with half an update: it listens in its loader. A PC that is watched says that it leaves for an
// update, and is watched again only when its kiosk arms. Errors: Errc::file_unreadable for the file
// or a missing avrdude, Errc::refused while the PC is being cut, Errc::conflict when another
// program has the port or the board afterwards says another version, else what the line says.
base::Result<Updated> update(std::filesystem::path const& port, Firmware const& firmware,
                             std::uint32_t boot_id);

}  // namespace supervisor
