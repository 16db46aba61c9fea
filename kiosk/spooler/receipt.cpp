#include "kiosk/spooler/receipt.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;

bool holds(json const& object, char const* key, std::string_view text) {
    auto const found = object.find(key);
    return found != object.end() && found->is_string() &&
           found->get_ref<std::string const&>() == text;
}

bool holds_text(json const& object, char const* key) {
    auto const found = object.find(key);
    return found != object.end() && found->is_string();
}

tl::unexpected<base::Error> wrong(std::string_view what) {
    return failure(Errc::not_authentic, "receipt: " + std::string{what});
}

// What the receiver signed, if it has the form of a receipt; the members are not judged yet.
base::Result<json> signed_content(std::string_view receipt, crypto::PublicKey const& key) {
    auto const payload = crypto::verify_jws(receipt, key);
    if (!payload) return failure(payload.error());
    auto content = json::parse(*payload, nullptr, false);
    if (!content.is_object()) return wrong("not a JSON object");
    auto const version = content.find("v");
    if (version == content.end() || *version != 1) return wrong("unknown version");
    for (auto const* key_of_text : {"id", "kiosk", "sha256", "received_at", "node"})
        if (!holds_text(content, key_of_text)) return wrong("incomplete");
    return content;
}

}  // namespace

base::Result<ReceiptVerifier> ReceiptVerifier::open(std::filesystem::path const& key,
                                                    std::string kiosk) {
    auto read = crypto::PublicKey::read(key);
    if (!read) return failure(read.error());
    char group[32] = {};
    if (EVP_PKEY_get_group_name(read->handle(), group, sizeof(group), nullptr) != 1 ||
        std::string_view{group} != "prime256v1")
        return failure(Errc::key_unusable, key.native() + ": receipts need an ECDSA P-256 key");
    return ReceiptVerifier{std::move(*read), std::move(kiosk)};
}

base::Result<ReceiptVerifier::Proof> ReceiptVerifier::open_carried(std::string_view receipt) const {
    auto const content = signed_content(receipt, key_);
    if (!content) return failure(content.error());
    auto const id = crypto::Uuid::parse(content->at("id").get_ref<std::string const&>());
    auto const hash = base::from_hex(content->at("sha256").get_ref<std::string const&>());
    Proof proof{id.value_or(crypto::Uuid{}), {}};
    if (!id || !hash || hash->size() != proof.sha256.size()) return wrong("incomplete");
    std::ranges::copy(*hash, proof.sha256.begin());
    return proof;
}

base::Result<void> ReceiptVerifier::verify(std::string_view receipt, crypto::Uuid const& id,
                                           crypto::Sha256 const& sha256) const {
    auto const content = signed_content(receipt, key_);
    if (!content) return failure(content.error());
    if (!holds(*content, "id", id.text())) return wrong("for another request");
    if (!holds(*content, "kiosk", kiosk_)) return wrong("for another kiosk");
    if (!holds(*content, "sha256", base::to_hex(sha256))) return wrong("for another body");
    return {};
}

base::Result<OutcomePage> ReceiptVerifier::outcomes(std::string_view answer,
                                                    std::int64_t after) const {
    auto const payload = crypto::verify_jws(answer, key_);
    if (!payload) return failure(payload.error());
    return outcome_page(*payload, kiosk_, after);
}

}  // namespace spooler
