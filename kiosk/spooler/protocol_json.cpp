#include "kiosk/spooler/protocol_json.hpp"

namespace spooler {
namespace {

using nlohmann::json;

std::string_view word(Refusal why) {
    switch (why) {
    case Refusal::bad_request: return "bad_request";
    case Refusal::conflict: return "conflict";
    case Refusal::full: return "full";
    case Refusal::closed: return "closed";
    case Refusal::unknown_author: return "unknown_author";
    case Refusal::refused: return "refused";
    case Refusal::wait: return "wait";
    case Refusal::failed: return "failed";
    }
    return "failed";
}

}  // namespace

json refusal(Refused const& refused) {
    return {{"ok", false}, {"error", word(refused.why)}, {"detail", refused.detail}};
}

json bad_request(std::string detail) { return refusal({Refusal::bad_request, std::move(detail)}); }

json ok() { return {{"ok", true}}; }

std::optional<std::string> text(json const& object, char const* key) {
    auto const found = object.find(key);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
}

std::optional<crypto::Uuid> id_in(json const& object) {
    auto const given = text(object, "id");
    if (!given) return std::nullopt;
    auto const id = crypto::Uuid::parse(*given);
    if (!id) return std::nullopt;
    return *id;
}

}  // namespace spooler
