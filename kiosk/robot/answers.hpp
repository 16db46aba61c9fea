// The two forms of an answer.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace robot {

// Reasons: timeout, locked, disabled, unknown_id, unknown_state, not_visible, bad_request.
inline nlohmann::json refusal(std::string_view reason, std::string_view detail) {
    return {{"ok", false}, {"error", reason}, {"detail", detail}};
}

inline nlohmann::json success(nlohmann::json answer = nlohmann::json::object()) {
    answer["ok"] = true;
    return answer;
}

}  // namespace robot
