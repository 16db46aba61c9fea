// The settings of a kiosk in a test, and throw-away keys for it, made once for the whole run.
// What cannot be made ends the run by an exception.
#pragma once

#include "kiosk/settings.hpp"

#include <filesystem>

namespace app_tests {

inline constexpr auto author_id = "899900000000";

std::filesystem::path const& keys();

kiosk::Settings settings();

// For a loop without display, reader and spooler: SDL's dummy driver draws, pcscd and dmp-spooler
// are sockets where nobody listens.
kiosk::Settings loop_settings();

// Where the PC/SC library then looks for pcscd; it asks once a program.
std::filesystem::path const& pcscd_socket();

}  // namespace app_tests
