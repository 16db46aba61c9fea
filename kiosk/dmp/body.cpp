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

Json envelope(crypto::Uuid const& id, std::string_view kiosk, std::string_view key_id, Time at) {
    return {{"schema", schema},
            {"id", id.text()},
            {"kiosk", kiosk},
            {"key_id", key_id},
            {"created_at", iso_time(at)}};
}

crypto::SecretString padded(Json const& body) {
    auto text = to_text(body);
    text.resize((text.size() + padding_step - 1) / padding_step * padding_step, ' ');
    return text;
}

base::Result<CreationBody> creation_in(Json const& json, crypto::Uuid const& id) {
    auto const card = json.find("card");
    auto const evidence = json.find("evidence");
    if (card == json.end() || !card->is_object() || evidence == json.end() ||
        !evidence->is_object())
        return failure(Errc::malformed, "a member of the body is missing");
    auto const message = text_in(json, "message");
    if (text_in(*card, "request") != id.text() || text_in(*evidence, "request") != id.text() ||
        text_in(*evidence, "kiosk") != text_in(json, "kiosk") || id_of_message(message) != id)
        return failure(Errc::not_authentic, "parts of different requests in one body");
    return CreationBody{crypto::SecretString{message}, to_text(*card), to_text(*evidence)};
}

base::Result<WithdrawalBody> withdrawal_in(Json const& json, crypto::Uuid const& id) {
    auto const withdraws = crypto::Uuid::parse(text_in(json, "withdraws"));
    auto const trusted = json.find("clock_trusted");
    if (!withdraws || trusted == json.end() || !trusted->is_boolean())
        return failure(Errc::malformed, "a member of the withdrawal is missing");
    if (id != id_of_withdrawal(*withdraws))
        return failure(Errc::not_authentic, "the id is not that of this withdrawal");
    return WithdrawalBody{*withdraws, trusted->get<bool>()};
}

}  // namespace

crypto::SecretString make_body(CreationRequest const& request, std::string_view kiosk,
                               std::string_view key_id) {
    auto body = envelope(request.id, kiosk, key_id, request.created_at);
    body["message"] = to_hl7(request);
    body["card"] = card_reading(request);
    body["evidence"] = consent_evidence(request, kiosk);
    return padded(body);
}

crypto::SecretString make_body(Withdrawal const& withdrawal, std::string_view kiosk,
                               std::string_view key_id) {
    auto body = envelope(withdrawal.id, kiosk, key_id, withdrawal.asked_at);
    body["withdraws"] = withdrawal.withdraws.text();
    body["clock_trusted"] = withdrawal.clock_trusted;
    return padded(body);
}

base::Result<Body> read_body(base::ByteView bytes) {
    auto const text = without_padding({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
    if (!text) return failure(text.error());
    auto const json = Json::parse(*text, nullptr, false);
    if (!json.is_object()) return failure(Errc::malformed, "the body is no JSON object");
    auto const version = json.find("schema");
    if (version == json.end() || *version != schema)
        return failure(Errc::malformed, "the body has another schema version");
    auto const id = crypto::Uuid::parse(text_in(json, "id"));
    auto const created_at = from_iso_time(text_in(json, "created_at"));
    if (!id || !created_at) return failure(Errc::malformed, "a member of the body is missing");
    Body body{*id,
              std::string{text_in(json, "kiosk")},
              std::string{text_in(json, "key_id")},
              *created_at,
              {}};
    auto const keep = [&](auto content) -> base::Result<Body> {
        if (!content) return failure(content.error());
        body.content = std::move(*content);
        return std::move(body);
    };
    return json.contains("withdraws") ? keep(withdrawal_in(json, *id))
                                      : keep(creation_in(json, *id));
}

}  // namespace dmp
