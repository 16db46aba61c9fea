#include "tests/image/machine/qmp.hpp"

#include "drivers/base/deadline.hpp"

#include <algorithm>

namespace machine {

using base::Errc;
using base::failure;
using base::Result;
using nlohmann::json;

Result<Qmp> Qmp::connect(std::filesystem::path const& socket) {
    auto client = base::LineClient::connect(socket);
    if (!client) return failure(client.error());
    Qmp qmp{std::move(*client)};
    auto greeting = qmp.receive(std::chrono::steady_clock::now() + std::chrono::seconds{30});
    if (!greeting) return failure(greeting.error());
    if (auto ready = qmp.execute("qmp_capabilities"); !ready) return failure(ready.error());
    return qmp;
}

Result<json> Qmp::receive(std::chrono::steady_clock::time_point deadline) {
    auto const line =
        client_.receive(std::chrono::milliseconds{base::milliseconds_until(deadline)});
    if (!line) return failure(line.error());
    auto message = json::parse(*line, nullptr, false);
    if (!message.is_object()) return failure(Errc::protocol_violated, "QMP: " + *line);
    return message;
}

Result<json> Qmp::execute(std::string_view command, json const& arguments,
                          std::chrono::milliseconds timeout) {
    auto const deadline = std::chrono::steady_clock::now() + timeout;
    json const request{{"execute", command}, {"arguments", arguments}};
    if (auto sent = client_.send(request.dump()); !sent) return failure(sent.error());
    for (;;) {
        auto message = receive(deadline);
        if (!message)
            return failure(message.error().code,
                           std::string{command} + ": " + message.error().detail);
        if (message->contains("event"))
            events_.push_back(std::move(*message));
        else if (message->contains("error"))
            return failure(Errc::refused, std::string{command} + ": " +
                                              (*message)["error"].value("desc", std::string{}));
        else if (message->contains("return"))
            return (*message)["return"];
    }
}

Result<json> Qmp::wait_for_event(std::string_view name, std::chrono::milliseconds timeout) {
    auto const deadline = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        auto const found = std::ranges::find_if(
            events_, [&](json const& event) { return event["event"] == name; });
        if (found != events_.end()) {
            auto data = found->value("data", json::object());
            events_.erase(events_.begin(), found + 1);
            return data;
        }
        auto message = receive(deadline);
        if (!message)
            return failure(message.error().code, std::string{name} + ": " + message.error().detail);
        if (message->contains("event")) events_.push_back(std::move(*message));
    }
}

}  // namespace machine
