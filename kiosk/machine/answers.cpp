#include "kiosk/machine/answers.hpp"

#include <nlohmann/json.hpp>

namespace machine {
namespace {

using nlohmann::json;

std::string dumped(json const& object) {
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string progress_line(std::string_view text) {
    return dumped({{"event", "progress"}, {"text", text}});
}

std::string done_line(std::string_view text) { return dumped({{"ok", true}, {"text", text}}); }

std::string refusal_line(Refusal const& refusal) {
    return dumped({{"ok", false}, {"error", name(refusal.why)}, {"detail", refusal.detail}});
}

base::Result<Answer> read_answer(std::string_view line) {
    auto const object = json::parse(line, nullptr, false);
    try {
        if (object.contains("event"))
            return Answer{Answer::Kind::progress, object.at("text").get<std::string>()};
        if (object.at("ok").get<bool>())
            return Answer{Answer::Kind::done, object.at("text").get<std::string>()};
        return Answer{Answer::Kind::refused, object.at("detail").get<std::string>(),
                      object.at("error").get<std::string>()};
    } catch (json::exception const&) {
        return base::failure(base::Errc::protocol_violated, "not an answer of dmp-machine");
    }
}

}  // namespace machine
