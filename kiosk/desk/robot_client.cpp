#include "kiosk/desk/robot_client.hpp"

#include "drivers/base/eventually.hpp"

namespace desk {

using base::Errc;
using base::failure;
using nlohmann::json;

base::Result<RobotClient> RobotClient::connect(std::filesystem::path const& path,
                                               std::chrono::milliseconds timeout) {
    base::Result<base::LineClient> client = failure(Errc::timed_out);
    auto const connected = [&] {
        client = base::LineClient::connect(path);
        return client.has_value();
    };
    if (!base::eventually(connected, timeout)) return failure(client.error());
    return RobotClient{std::move(*client)};
}

base::Result<json> RobotClient::ask(json const& line, std::chrono::milliseconds timeout) {
    auto answer = client_.ask(line.dump(), timeout);
    if (!answer) return failure(answer.error());
    auto parsed = json::parse(*answer, nullptr, false);
    if (!parsed.is_object()) return failure(Errc::protocol_violated, "not a JSON object");
    return parsed;
}

base::Result<json> RobotClient::order(json const& line, std::chrono::milliseconds timeout) {
    auto answer = ask(line, timeout);
    if (!answer) return failure(answer.error());
    if (!answer->value("ok", false))
        return failure(Errc::refused, line.dump() + ": " + answer->dump());
    return answer;
}

base::Result<void> RobotClient::wait_for(std::string_view state,
                                         std::chrono::milliseconds timeout) {
    auto answer = order(
        json{{"do", "wait"}, {"state", state}, {"after", seen_}, {"timeout_ms", timeout.count()}},
        timeout + std::chrono::seconds{5});
    if (!answer) return failure(answer.error());
    seen_ = answer->value("seq", seen_);
    return {};
}

base::Result<void> RobotClient::tap(std::string_view widget) {
    auto answer = order(json{{"do", "tap"}, {"id", widget}});
    if (!answer) return failure(answer.error());
    return {};
}

}  // namespace desk
