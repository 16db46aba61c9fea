// The commands that are answered in the same turn of the loop.
#pragma once

#include "kiosk/loop.hpp"

#include <nlohmann/json.hpp>

namespace robot {

// Also the refusal of an unknown command. Throws nlohmann::json::exception on a value of wrong
// type.
// `said` is how much of what was spoken the client knows; "screen" moves it on.
nlohmann::json answer_at_once(kiosk::Loop& loop, std::string_view command,
                              nlohmann::json const& line, std::uint64_t& said);

nlohmann::json describe_metrics(kiosk::Metrics::Snapshot const& since,
                                kiosk::Metrics::Snapshot const& now,
                                std::optional<workers::ReadingCost> const& reading);

}  // namespace robot
