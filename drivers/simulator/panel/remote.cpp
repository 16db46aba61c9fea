#include "drivers/simulator/panel/remote.hpp"

#include <nlohmann/json.hpp>

namespace simulator {
namespace {

using base::Errc;
using base::failure;
using base::Result;
using nlohmann::json;

// The library throws where a field is missing or of another type, as from a foreign program.
template <class Convert>
auto converted(json const& answer, Convert const& convert) -> Result<decltype(convert(answer))> {
    try {
        return convert(answer);
    } catch (json::exception const& problem) {
        return failure(Errc::protocol_violated, problem.what());
    }
}

Result<json> ask(base::LineClient& client, json const& request) {
    auto const line = client.ask(request.dump(), std::chrono::seconds{1});
    if (!line) return failure(line.error());
    auto answer = json::parse(*line, nullptr, false);
    auto const good = converted(answer, [](json const& any) { return any.at("ok").get<bool>(); });
    if (!good) return failure(good.error());
    if (*good) return answer;
    auto const reason = converted(answer, [](json const& refusal) {
        return refusal.at("error").get<std::string>() + ": " +
               refusal.at("detail").get<std::string>();
    });
    return reason ? failure(Errc::refused, *reason) : failure(reason.error());
}

std::string_view name(Order::Kind kind) {
    switch (kind) {
    case Order::Kind::insert: return "insert";
    case Order::Kind::swap: return "swap";
    case Order::Kind::turn: return "turn";
    case Order::Kind::remove: return "remove";
    }
    return "";
}

}  // namespace

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

}  // namespace simulator
