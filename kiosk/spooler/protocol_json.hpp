// What the questions of protocol.cpp and protocol_carry.cpp have in common.
#pragma once

#include "kiosk/spooler/spooler.hpp"

#include <nlohmann/json.hpp>

namespace spooler {

nlohmann::json ok();
nlohmann::json refusal(Refused const& refused);
nlohmann::json bad_request(std::string detail);

// Of the right type, or nothing.
std::optional<std::string> text(nlohmann::json const& object, char const* key);
std::optional<crypto::Uuid> id_in(nlohmann::json const& object);

}  // namespace spooler
