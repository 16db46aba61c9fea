#include "kiosk/spooler/conversation.hpp"

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;

constexpr std::chrono::seconds patience{10};

Errc code_of(std::string const& error) {
    if (error == "conflict") return Errc::conflict;
    if (error == "full") return Errc::storage_full;
    return Errc::refused;
}

}  // namespace

base::Result<Conversation> Conversation::open(std::filesystem::path const& socket) {
    auto line = base::LineClient::connect(socket);
    if (!line)
        return failure(line.error().code, line.error().detail + " (is dmp-spooler running?)");
    return Conversation{std::move(*line)};
}

base::Result<json> Conversation::ask(char const* word, json question) {
    question["do"] = word;
    auto const text =
        line_.ask(question.dump(-1, ' ', false, json::error_handler_t::replace), patience);
    if (!text) return failure(text.error());
    auto answer = json::parse(*text, nullptr, false);
    if (!answer.is_object()) return failure(Errc::protocol_violated, "the answer is not JSON");
    return understood([&]() -> base::Result<json> {
        if (answer.at("ok").get<bool>()) return std::move(answer);
        return failure(code_of(answer.at("error").get<std::string>()),
                       answer.at("detail").get<std::string>());
    });
}

}  // namespace spooler
