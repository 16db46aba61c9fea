#include "kiosk/crypto/cms_frame.hpp"

#include <algorithm>
#include <array>

namespace crypto {
namespace {

using base::ByteView;

enum Tag : std::uint8_t {
    integer = 0x02,
    octet_string = 0x04,
    sequence = 0x30,
    set = 0x31,
    context_0 = 0x80,              // [0] IMPLICIT of a primitive
    context_0_constructed = 0xA0,  // [0] EXPLICIT
};

// The receiver's key, and beside it the next one while both are in use.
constexpr std::size_t most_recipients = 2;

// Whole elements, tag and length included.
constexpr auto auth_enveloped_data = std::to_array<std::uint8_t>(
    {0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17});
constexpr auto version_0 = std::to_array<std::uint8_t>({0x02, 0x01, 0x00});
constexpr auto version_2 = std::to_array<std::uint8_t>({0x02, 0x01, 0x02});
constexpr auto data =
    std::to_array<std::uint8_t>({0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01});
constexpr auto aes_256_gcm =
    std::to_array<std::uint8_t>({0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2E});
constexpr auto tag_of_16_bytes = std::to_array<std::uint8_t>({0x02, 0x01, 0x10});
// RSAES-OAEP { hash SHA-256, mask generation MGF1 { SHA-256 } }, empty label.
constexpr auto rsa_oaep_sha256 = std::to_array<std::uint8_t>(
    {0x30, 0x38, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x07,  //
     0x30, 0x2B,                                                                    //
     0xA0, 0x0D, 0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
     0xA1, 0x1A, 0x30, 0x18, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08,
     0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01});

// Reads DER from the front. After a surprise nothing more is read and ended() is false.
class Reader {
  public:
    explicit Reader(ByteView bytes) : rest_(bytes) {}

    ByteView element(Tag tag) {
        auto const wrong = [this] {
            failed_ = true;
            return ByteView{};
        };
        if (failed_ || rest_.size() < 2 || rest_[0] != tag) return wrong();
        std::size_t size = rest_[1];
        std::size_t header = 2;
        if (size >= 0x80) {
            auto const count = size & 0x7F;
            if (count < 1 || count > 3 || rest_.size() < 2 + count) return wrong();
            size = 0;
            for (auto byte : rest_.subspan(2, count))
                size = size << 8 | byte;
            header += count;
            // DER: the shortest form only.
            if (size < 0x80 || (count > 1 && size >> (8 * (count - 1)) == 0)) return wrong();
        }
        if (rest_.size() - header < size) return wrong();
        auto const content = rest_.subspan(header, size);
        rest_ = rest_.subspan(header + size);
        return content;
    }

    Reader enter(Tag tag) {
        Reader inside{element(tag)};
        inside.failed_ = failed_;
        return inside;
    }

    void expect(ByteView bytes) {
        failed_ = failed_ || rest_.size() < bytes.size() ||
                  !std::ranges::equal(rest_.first(bytes.size()), bytes);
        if (!failed_) rest_ = rest_.subspan(bytes.size());
    }

    bool ended() const { return !failed_ && rest_.empty(); }
    ByteView rest() const { return rest_; }

  private:
    ByteView rest_;
    bool failed_ = false;
};

// The key identifier of one; nothing when it has another form.
std::optional<ByteView> recipient_in(Reader& recipients) {
    auto recipient = recipients.enter(sequence);
    recipient.expect(version_2);
    auto const key_id = recipient.element(context_0);
    recipient.expect(rsa_oaep_sha256);
    recipient.element(octet_string);
    if (!recipient.ended() || key_id.empty()) return std::nullopt;
    return key_id;
}

std::optional<std::vector<ByteView>> recipients_in(Reader recipients) {
    std::vector<ByteView> key_ids;
    ByteView before;
    while (!recipients.ended()) {
        auto const rest = recipients.rest();
        auto const key_id = recipient_in(recipients);
        if (!key_id || key_ids.size() == most_recipients) return std::nullopt;
        // DER has one order for the elements of a set, and the same recipient twice is a form too
        // many.
        auto const whole = rest.first(rest.size() - recipients.rest().size());
        if (!std::ranges::lexicographical_compare(before, whole)) return std::nullopt;
        before = whole;
        key_ids.push_back(*key_id);
    }
    if (key_ids.empty()) return std::nullopt;
    return key_ids;
}

}  // namespace

std::optional<std::vector<ByteView>> recipients_of_envelope(ByteView der) {
    Reader whole{der};
    auto content_info = whole.enter(sequence);
    content_info.expect(auth_enveloped_data);
    auto content = content_info.enter(context_0_constructed);
    auto enveloped = content.enter(sequence);
    enveloped.expect(version_0);

    auto key_ids = recipients_in(enveloped.enter(set));

    auto encrypted = enveloped.enter(sequence);
    encrypted.expect(data);
    auto algorithm = encrypted.enter(sequence);
    algorithm.expect(aes_256_gcm);
    auto parameters = algorithm.enter(sequence);
    auto const nonce = parameters.element(octet_string);
    parameters.expect(tag_of_16_bytes);
    encrypted.element(context_0);
    auto const tag = enveloped.element(octet_string);

    for (auto const* part :
         {&whole, &content_info, &content, &enveloped, &encrypted, &algorithm, &parameters})
        if (!part->ended()) return std::nullopt;
    if (nonce.size() != 12 || tag.size() != 16) return std::nullopt;
    return key_ids;
}

}  // namespace crypto
