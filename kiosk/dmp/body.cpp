#include "kiosk/dmp/body.hpp"

#include "kiosk/dmp/dates.hpp"
#include "kiosk/dmp/evidence.hpp"
#include "kiosk/dmp/hl7_message.hpp"

namespace dmp {
namespace {

using base::Errc;
using base::failure;

constexpr int schema = 1;

// The JSON in front of the padding, if the padding is as short as it can be.
base::Result<std::string_view> without_padding(std::string_view padded) {
    auto const end = padded.find_last_not_of(' ');
    auto const size = end == std::string_view::npos ? 0 : end + 1;
    if (size == 0 || padded.size() % padding_step != 0 || padded.size() - size >= padding_step)
        return failure(Errc::malformed, "padding of the body");
    return padded.substr(0, size);
}

// An empty text for whatever is no text.
std::string_view text_in(Json const& json, char const* member) {
    auto const found = json.find(member);
    if (found == json.end() || !found->is_string()) return {};
    return found->get_ref<crypto::SecretString const&>();
}

}  // namespace

crypto::SecretString make_body(CreationRequest const& request, std::string_view kiosk,
                               std::string_view key_id) {
    Json const body{{"schema", schema},
                    {"id", request.id.text()},
                    {"kiosk", kiosk},
                    {"key_id", key_id},
                    {"created_at", iso_time(request.created_at)},
                    {"message", to_hl7(request)},
                    {"card", card_reading(request)},
                    {"evidence", consent_evidence(request, kiosk)}};
    auto text = to_text(body);
    text.resize((text.size() + padding_step - 1) / padding_step * padding_step, ' ');
    return text;
}

base::Result<Body> read_body(base::ByteView bytes) {
    auto const text = without_padding({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
    if (!text) return failure(text.error());
    auto const json = Json::parse(*text, nullptr, false);
    if (!json.is_object()) return failure(Errc::malformed, "the body is no JSON object");
    auto const version = json.find("schema");
    if (version == json.end() || *version != schema)
        return failure(Errc::malformed, "the body has another schema version");
    auto const card = json.find("card");
    auto const evidence = json.find("evidence");
    auto const id = crypto::Uuid::parse(text_in(json, "id"));
    auto const created_at = from_iso_time(text_in(json, "created_at"));
    if (card == json.end() || !card->is_object() || evidence == json.end() ||
        !evidence->is_object() || !id || !created_at)
        return failure(Errc::malformed, "a member of the body is missing");

    auto const message = text_in(json, "message");
    if (text_in(*card, "request") != id->text() || text_in(*evidence, "request") != id->text() ||
        text_in(*evidence, "kiosk") != text_in(json, "kiosk") || id_of_message(message) != *id)
        return failure(Errc::not_authentic, "parts of different requests in one body");
    return Body{*id,
                std::string{text_in(json, "kiosk")},
                std::string{text_in(json, "key_id")},
                *created_at,
                crypto::SecretString{message},
                to_text(*card),
                to_text(*evidence)};
}

}  // namespace dmp
