#include "kiosk/dmp/sealing.hpp"

#include "kiosk/dmp/body.hpp"
#include "kiosk/dmp/dates.hpp"

#include <algorithm>
#include <optional>

namespace dmp {
namespace {

using base::Errc;
using base::failure;

constexpr std::chrono::days warn_before_end{30};
constexpr std::size_t longest_key_id = 2 * 64;  // as the spooler takes it

base::ByteView view(crypto::SecretString const& text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

std::optional<std::string> alarm(std::string_view whose, crypto::Validity const& validity,
                                 Time now) {
    auto const sentence = [&](std::string_view what, Time when) {
        return std::string{whose} + " certificate " + std::string{what} + " " + iso_time(when);
    };
    if (now < validity.from) return sentence("is not valid before", validity.from);
    if (now > validity.until) return sentence("expired on", validity.until);
    if (now > validity.until - warn_before_end) return sentence("expires on", validity.until);
    return std::nullopt;
}

std::string key_id_of(std::vector<base::Bytes> identifiers) {
    std::ranges::sort(identifiers);
    std::string text;
    for (auto const& identifier : identifiers)
        text += base::to_hex(identifier);
    return text;
}

std::string key_id_of(std::vector<crypto::Certificate> const& receivers) {
    std::vector<base::Bytes> identifiers;
    for (auto const& receiver : receivers)
        identifiers.push_back(receiver.subject_key_identifier());
    return key_id_of(std::move(identifiers));
}

base::Result<std::vector<crypto::Certificate>> read_receivers(std::filesystem::path const& file) {
    auto receivers = crypto::Certificate::read_all(file);
    if (!receivers) return failure(receivers.error());
    for (auto const& receiver : *receivers)
        if (auto checked = crypto::check_receiver(receiver); !checked)
            return failure(checked.error().code, file.native() + ": " + checked.error().detail);
    auto const unusable = [&](std::string const& why) {
        return failure(Errc::key_unusable, file.native() + ": " + why);
    };
    if (receivers->size() > 2)
        return unusable("holds " + std::to_string(receivers->size()) +
                        " certificates; one is needed, or two while the key is replaced");
    if (receivers->size() == 2 &&
        receivers->front().subject_key_identifier() == receivers->back().subject_key_identifier())
        return unusable("holds two certificates of one key");
    if (key_id_of(*receivers).size() > longest_key_id)
        return unusable("the subject key identifiers are longer than 64 bytes");
    return receivers;
}

}  // namespace

std::string_view name(Kind kind) {
    switch (kind) {
    case Kind::creation: return "creation";
    case Kind::withdrawal: return "withdrawal";
    }
    return "";
}

Sealer::Sealer(crypto::PrivateKey key, crypto::Certificate certificate,
               std::vector<crypto::Certificate> receivers)
    : key_(std::move(key)), certificate_(std::move(certificate)), receivers_(std::move(receivers)),
      kiosk_(certificate_.common_name()), key_id_(key_id_of(receivers_)) {}

base::Result<Sealer> Sealer::open(std::filesystem::path const& signing_key,
                                  std::filesystem::path const& signing_certificate,
                                  std::filesystem::path const& receiver_certificate) {
    auto key = crypto::PrivateKey::read(signing_key);
    if (!key) return failure(key.error());
    auto certificate = crypto::Certificate::read(signing_certificate);
    if (!certificate) return failure(certificate.error());
    auto receivers = read_receivers(receiver_certificate);
    if (!receivers) return failure(receivers.error());
    if (!certificate->belongs_to(*key))
        return failure(Errc::key_unusable, signing_certificate.native() +
                                               ": does not belong to the key " +
                                               signing_key.native());
    if (certificate->common_name().empty())
        return failure(Errc::key_unusable,
                       signing_certificate.native() + ": has no common name to name the kiosk");
    return Sealer{std::move(*key), std::move(*certificate), std::move(*receivers)};
}

base::Result<SealedRequest> Sealer::seal(CreationRequest const& request) const {
    if (auto checked = check(request); !checked) return failure(checked.error());
    return seal(request.id, Kind::creation, make_body(request, kiosk_, key_id_));
}

base::Result<SealedRequest> Sealer::seal(Withdrawal const& withdrawal) const {
    return seal(withdrawal.id, Kind::withdrawal, make_body(withdrawal, kiosk_, key_id_));
}

base::Result<SealedRequest> Sealer::seal(crypto::Uuid const& id, Kind kind,
                                         crypto::SecretString const& body) const {
    auto const signed_body = crypto::sign_cms(view(body), certificate_, key_);
    if (!signed_body) return failure(signed_body.error());
    auto sealed = crypto::seal_cms(*signed_body, receivers_);
    if (!sealed) return failure(sealed.error());
    auto const digest = crypto::sha256(*sealed);
    return SealedRequest{id, kind, std::move(*sealed), digest, key_id_};
}

std::vector<std::string> Sealer::alarms(Time now) const {
    std::vector<std::string> sentences;
    auto const add = [&](std::string_view whose, crypto::Certificate const& certificate) {
        if (auto const sentence = alarm(whose, certificate.validity(), now))
            sentences.push_back(*sentence);
    };
    add("the kiosk's signing", certificate_);
    for (auto const& receiver : receivers_)
        add("the receiver's sealing", receiver);
    return sentences;
}

base::Result<Opener> Opener::open(std::filesystem::path const& private_key,
                                  std::filesystem::path const& trusted_kiosk_ca) {
    auto key = crypto::PrivateKey::read(private_key);
    if (!key) return failure(key.error());
    auto trusted = crypto::Certificate::read_all(trusted_kiosk_ca);
    if (!trusted) return failure(trusted.error());
    return Opener{std::move(*key), std::move(*trusted)};
}

base::Result<Opened> Opener::open_sealed(base::ByteView sealed,
                                         crypto::Uuid const& expected_id) const {
    if (sealed.size() > largest_sealed)
        return failure(Errc::malformed, "larger than any sealed request");
    auto const unsealed = crypto::unseal_cms(sealed, key_);
    if (!unsealed) return failure(unsealed.error());
    auto const verified = crypto::verify_cms(unsealed->content, trusted_);
    if (!verified) return failure(verified.error());
    auto body = read_body(verified->content);
    if (!body) return failure(body.error());
    if (body->id != expected_id) return failure(Errc::not_authentic, "holds another request");
    if (body->kiosk.empty() || body->kiosk != verified->signer.common_name())
        return failure(Errc::not_authentic, "signed by another kiosk than the one named inside");
    if (body->key_id != key_id_of(unsealed->key_ids))
        return failure(Errc::not_authentic, "sealed to other keys than those named inside");
    bool const valid_then = verified->signer.validity().covers(body->created_at);
    if (auto const* withdrawal = std::get_if<WithdrawalBody>(&body->content))
        return OpenedWithdrawal{body->id, std::move(body->kiosk), body->created_at, valid_then,
                                withdrawal->withdraws};
    auto& creation = std::get<CreationBody>(body->content);
    return OpenedRequest{body->id,
                         std::move(body->kiosk),
                         body->created_at,
                         valid_then,
                         std::move(creation.message),
                         std::move(creation.card),
                         std::move(creation.evidence)};
}

base::Result<OpenedRequest> Opener::open_request(base::ByteView sealed,
                                                 crypto::Uuid const& expected_id) const {
    auto opened = open_sealed(sealed, expected_id);
    if (!opened) return failure(opened.error());
    if (auto* request = std::get_if<OpenedRequest>(&*opened)) return std::move(*request);
    return failure(Errc::refused, "a withdrawal, not a request");
}

}  // namespace dmp
