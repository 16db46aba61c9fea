// The part of the socket's language by which requests and receipts travel on a stick: staff's
// program reads and writes the stick, this process never sees it (README.md).
#pragma once

#include "kiosk/spooler/spooler.hpp"

#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace spooler {

bool is_about_carrying(std::string_view wanted);

nlohmann::json answer_about_carrying(Spooler& spooler, std::string_view wanted,
                                     nlohmann::json const& object);

}  // namespace spooler
