// From a request to the bytes that may leave the kiosk, and back on the machine of the receiver.
#pragma once

#include "kiosk/crypto/cms.hpp"
#include "kiosk/dmp/creation_request.hpp"
#include "kiosk/dmp/withdrawal.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dmp {

// More than any request of ours needs; larger ones are refused unread.
inline constexpr std::size_t largest_sealed = 64 * 1024;

// What it is, to whoever cannot read it.
enum class Kind : std::uint8_t { creation, withdrawal };
std::string_view name(Kind kind);

struct SealedRequest {
    crypto::Uuid id;
    Kind kind;
    base::Bytes sealed;
    crypto::Sha256 sha256;  // of sealed
    std::string key_id;     // of the receiver's key or keys, see Sealer::key_id
};

class Sealer {
  public:
    // The receiver's file holds its certificate, or two while its key is replaced: each request is
    // then sealed to both keys, and either opens it. Refuses a key that does not belong to its
    // certificate, a kiosk without a name, and a receiver nobody may seal to
    // (crypto::check_receiver). Does not look at the clock: see alarms().
    static base::Result<Sealer> open(std::filesystem::path const& signing_key,
                                     std::filesystem::path const& signing_certificate,
                                     std::filesystem::path const& receiver_certificate);

    // Each call seals anew, to other bytes: what was made once is repeated, never made again.
    // Errc::malformed for a request that check() refuses.
    base::Result<SealedRequest> seal(CreationRequest const& request) const;
    base::Result<SealedRequest> seal(Withdrawal const& withdrawal) const;

    // Sentences for staff about certificates that are expired, not yet valid, or near their end.
    // The kiosk goes on sealing: no patient is turned away for a date.
    std::vector<std::string> alarms(Time now) const;

    std::string const& kiosk() const { return kiosk_; }
    // Subject key identifiers of the receiver's keys in hexadecimal, the lower first, one after the
    // other.
    std::string const& key_id() const { return key_id_; }

  private:
    Sealer(crypto::PrivateKey key, crypto::Certificate certificate,
           std::vector<crypto::Certificate> receivers);
    base::Result<SealedRequest> seal(crypto::Uuid const& id, Kind kind,
                                     crypto::SecretString const& body) const;

    crypto::PrivateKey key_;
    crypto::Certificate certificate_;
    std::vector<crypto::Certificate> receivers_;
    std::string kiosk_;  // common name of the signing certificate
    std::string key_id_;
};

struct OpenedRequest {
    crypto::Uuid id;
    std::string kiosk;  // of the verified signing certificate, and said so inside
    Time created_at;
    bool certificate_valid_then;    // the signing certificate, at created_at
    crypto::SecretString message;   // XML
    crypto::SecretString card;      // JSON
    crypto::SecretString evidence;  // JSON
};

struct OpenedWithdrawal {
    crypto::Uuid id;
    std::string kiosk;
    Time asked_at;
    bool certificate_valid_then;
    crypto::Uuid withdraws;  // the id of a request, which may come later than this, or never
};

using Opened = std::variant<OpenedRequest, OpenedWithdrawal>;

class Opener {
  public:
    // trusted_kiosk_ca: PEM, one or more authorities.
    static base::Result<Opener> open(std::filesystem::path const& private_key,
                                     std::filesystem::path const& trusted_kiosk_ca);

    // Everything verified, or nothing: Errc::not_authentic or Errc::malformed.
    base::Result<Opened> open_sealed(base::ByteView sealed, crypto::Uuid const& expected_id) const;

    // Likewise; Errc::refused for a withdrawal.
    base::Result<OpenedRequest> open_request(base::ByteView sealed,
                                             crypto::Uuid const& expected_id) const;

  private:
    Opener(crypto::PrivateKey key, std::vector<crypto::Certificate> trusted)
        : key_(std::move(key)), trusted_(std::move(trusted)) {}

    crypto::PrivateKey key_;
    std::vector<crypto::Certificate> trusted_;
};

}  // namespace dmp
