#include "kiosk/machine/request.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace machine {
namespace {

using nlohmann::json;

tl::unexpected<Refusal> bad(std::string detail) {
    return tl::unexpected<Refusal>(Refusal{Refusal::Why::bad_request, std::move(detail)});
}

tl::expected<std::string, Refusal> id_in(json const& object, char const* member) {
    auto const found = object.find(member);
    if (found == object.end()) return std::string{};
    if (!found->is_string() || !is_author_id(found->get_ref<std::string const&>()))
        return bad(fmt::format(
            "{}: must be the id of an author: 1 to 64 letters, digits or . _ - /", member));
    return found->get<std::string>();
}

}  // namespace

std::string_view name(Refusal::Why why) {
    switch (why) {
    case Refusal::Why::bad_request: return "bad_request";
    case Refusal::Why::refused: return "refused";
    case Refusal::Why::unknown_author: return "unknown_author";
    case Refusal::Why::busy: return "busy";
    case Refusal::Why::failed: return "failed";
    }
    return "failed";
}

bool is_author_id(std::string_view id) {
    return !id.empty() && id.size() <= 64 && id.front() != '-' &&
           std::ranges::all_of(id, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-' || c == '/';
           });
}

tl::expected<Request, Refusal> parse_request(std::string_view line) {
    auto const object = json::parse(line, nullptr, false);
    if (!object.is_object()) return bad("not a JSON object");
    for (auto const& [member, value] : object.items())
        if (member != "do" && member != "as") return bad("only \"do\" and \"as\" may be said");
    auto const word = object.find("do");
    if (word == object.end() || !word->is_string()) return bad("do: must be a verb");
    auto const verb = verb_named(word->get_ref<std::string const&>());
    if (!verb) return bad("do: this machine knows no such verb");
    auto as = id_in(object, "as");
    if (!as) return tl::unexpected<Refusal>(as.error());
    if (row_of(*verb).named == Named::author && as->empty())
        return bad(fmt::format("as: {} is done in somebody's name", row_of(*verb).name));
    return Request{*verb, std::move(*as)};
}

std::string line_of(Request const& request) {
    json object{{"do", row_of(request.verb).name}};
    if (!request.as.empty()) object["as"] = request.as;
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace machine
