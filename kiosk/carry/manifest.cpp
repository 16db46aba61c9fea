#include "kiosk/carry/manifest.hpp"

#include "drivers/base/whole_number.hpp"
#include "kiosk/config/machine_name.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

namespace carry {
namespace {

using base::Errc;
using base::failure;
using Json = nlohmann::ordered_json;

constexpr std::string_view type = "dmp-bundle+jws";
constexpr std::int64_t highest_bundle = 999'999'999;

bool is_kind(std::string_view kind) {
    return !kind.empty() && kind.size() <= 32 &&
           kind.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
}

bool is_day(std::string_view day) {
    constexpr std::string_view form = "0000-00-00";
    return day.size() == form.size() &&
           std::ranges::equal(day, form, [](char character, char place) {
               return place == '-' ? character == '-' : character >= '0' && character <= '9';
           });
}

std::string written(Manifest const& manifest) {
    auto requests = Json::array();
    for (auto const& request : manifest.requests)
        requests.push_back({{"id", request.id.text()},
                            {"kind", request.kind},
                            {"sha256", base::to_hex(request.sha256)},
                            {"size", request.size}});
    return Json{{"v", 1},
                {"kiosk", manifest.kiosk},
                {"bundle", manifest.bundle},
                {"day", manifest.day},
                {"requests", std::move(requests)}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool makes_sense(Manifest const& manifest) {
    std::set<crypto::Uuid> ids;
    return config::is_machine_name(manifest.kiosk) && manifest.bundle >= 1 &&
           manifest.bundle <= highest_bundle && is_day(manifest.day) &&
           !manifest.requests.empty() && manifest.requests.size() <= most_requests &&
           std::ranges::all_of(manifest.requests, [&](ListedRequest const& request) {
               return is_kind(request.kind) && request.size >= 1 &&
                      request.size <= static_cast<std::int64_t>(largest_request) &&
                      ids.insert(request.id).second;
           });
}

// Of the right type, or an empty one, which then makes no sense.
std::string text(Json const& object, char const* key) {
    auto const found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t number(Json const& object, char const* key) {
    return base::whole_number(object, key, std::numeric_limits<std::int64_t>::max(), 0).value_or(0);
}

std::optional<ListedRequest> request_from(Json const& object) {
    if (!object.is_object()) return std::nullopt;
    auto const id = crypto::Uuid::parse(text(object, "id"));
    auto const hash = base::from_hex(text(object, "sha256"));
    ListedRequest request{
        id.value_or(crypto::Uuid{}), text(object, "kind"), {}, number(object, "size")};
    if (!id || !hash || hash->size() != request.sha256.size()) return std::nullopt;
    std::ranges::copy(*hash, request.sha256.begin());
    return request;
}

}  // namespace

base::Result<Manifest> parse_manifest(std::string_view payload) {
    auto const refused = failure(Errc::malformed, "the manifest is not one of a bundle");
    if (payload.size() > largest_manifest) return refused;
    auto const object = Json::parse(payload, nullptr, false);
    if (!object.is_object()) return refused;
    Manifest manifest{text(object, "kiosk"), number(object, "bundle"), text(object, "day"), {}};
    auto const requests = object.find("requests");
    if (requests == object.end() || !requests->is_array() || requests->size() > most_requests)
        return refused;
    for (auto const& entry : *requests) {
        auto request = request_from(entry);
        if (!request) return refused;
        manifest.requests.push_back(std::move(*request));
    }
    // Whatever else could stand in it, a later version included, would be written otherwise.
    if (!makes_sense(manifest) || written(manifest) != payload) return refused;
    return manifest;
}

base::Result<std::string> sign_manifest(Manifest const& manifest, Signer const& signer) {
    auto const payload = written(manifest);
    if (auto accepted = parse_manifest(payload); !accepted) return failure(accepted.error());
    if (signer.chain.empty() || signer.chain.front().common_name() != manifest.kiosk)
        return failure(Errc::key_unusable, "the certificate is of another kiosk");
    auto text = crypto::sign_certified(type, payload, signer.chain, signer.key);
    if (text && text->size() > largest_manifest)
        return failure(Errc::malformed, "the manifest is too long");
    return text;
}

base::Result<Manifest> open_manifest(std::string_view signed_text,
                                     crypto::ClientAuthority const& authority) {
    if (signed_text.size() > largest_manifest)
        return failure(Errc::malformed, "the manifest is longer than any kiosk writes");
    auto const statement = crypto::verify_certified(type, signed_text, authority);
    if (!statement)
        return failure(statement.error().code,
                       "the manifest is not believed (" + statement.error().detail + ")");
    auto manifest = parse_manifest(statement->payload);
    if (!manifest) return manifest;
    if (manifest->kiosk != statement->signer.common_name())
        return failure(Errc::not_authentic, "the manifest is not of the kiosk that signed it");
    return manifest;
}

}  // namespace carry
