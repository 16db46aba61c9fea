#include "tests/fuzz/answer.hpp"

#include "tests/fuzz/targets.hpp"

#include <nlohmann/json.hpp>

namespace fuzz {

bool is_granted(std::string const& text) {
    promise(text.find('\n') == std::string::npos, "an answer is one line");
    auto const answer = nlohmann::json::parse(text, nullptr, false);
    promise(answer.is_object() && answer.contains("ok") && answer["ok"].is_boolean(),
            "an answer says whether it was done");
    bool const done = answer["ok"].get<bool>();
    promise(done || (answer.contains("error") && answer.contains("detail")), "a refusal says why");
    return done;
}

}  // namespace fuzz
