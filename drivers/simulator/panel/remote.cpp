#include "drivers/simulator/panel/remote.hpp"

#include <nlohmann/json.hpp>

namespace simulator {
namespace {

using base::Errc;
using base::failure;
using base::Result;
using nlohmann::json;

Result<json> ask(base::LineClient& client, json const& request) {
    auto const line = client.ask(request.dump(), std::chrono::seconds{1});
    if (!line) return failure(line.error());
    auto answer = json::parse(*line, nullptr, false);
    if (!answer.is_object() || !answer.contains("ok"))
        return failure(Errc::protocol_violated, "the simulator's answer is not understood");
    if (answer.at("ok") != true)
        return failure(Errc::refused,
                       answer.value("error", "") + ": " + answer.value("detail", ""));
    return answer;
}

// value() throws where the type is another, which only a foreign program at the socket would send.
template <class Convert>
auto converted(json const& answer, Convert const& convert) -> Result<decltype(convert(answer))> {
    try {
        return convert(answer);
    } catch (json::exception const& problem) {
        return failure(Errc::protocol_violated, problem.what());
    }
}

std::string_view name(Order::Kind kind) {
    switch (kind) {
    case Order::Kind::insert:
        return "insert";
    case Order::Kind::swap:
        return "swap";
    case Order::Kind::turn:
        return "turn";
    case Order::Kind::remove:
        return "remove";
    }
    return "";
}

} // namespace

Result<Remote> Remote::connect(std::filesystem::path const& control) {
    auto client = base::LineClient::connect(control);
    if (!client) return failure(client.error());
    return Remote{std::move(*client)};
}

Result<std::vector<ListedCard>> Remote::cards() {
    auto const answer = ask(client_, {{"do", "profiles"}});
    if (!answer) return failure(answer.error());
    return converted(*answer, [](json const& list) {
        std::vector<ListedCard> cards;
        for (auto const& entry : list.at("profiles"))
            cards.push_back({entry.at("id"), entry.at("title"), entry.at("tests")});
        return cards;
    });
}

Result<SlotView> Remote::slot() {
    auto const answer = ask(client_, {{"do", "state"}});
    if (!answer) return failure(answer.error());
    return converted(*answer, [](json const& state) {
        return SlotView{state.at("inserted"),  state.at("profile"), state.at("turned"),
                        state.at("connected"), state.at("apdus"),   state.at("resets")};
    });
}

Result<void> Remote::give(Order const& order) {
    json request{{"do", name(order.kind)}};
    if (!order.profile.empty()) request["profile"] = order.profile;
    auto const answer = ask(client_, request);
    if (!answer) return failure(answer.error());
    return {};
}

} // namespace simulator
