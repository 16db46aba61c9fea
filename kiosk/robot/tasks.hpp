// The commands that take time: touching, typing, waiting for a state.
#pragma once

#include "kiosk/robot/robot.hpp"

#include <variant>

namespace robot {

// A refusal at once, or the task.
using Begun = std::variant<nlohmann::json, std::unique_ptr<Task>>;

// {"do":"tap","id":…} or {"at":[x,y]}, with "now":true to touch in spite of the lock.
Begun begin_tap(nlohmann::json const& line);
// {"do":"key","name":…}: a key of the keypad, or a switch.
Begun begin_key(nlohmann::json const& line);
// {"do":"type","text":…}: on the keys of the screen.
Begun begin_type(nlohmann::json const& line);
// {"do":"wait","state":…,"after":seq,"timeout_ms":…}
Begun begin_wait(nlohmann::json const& line);

}  // namespace robot
