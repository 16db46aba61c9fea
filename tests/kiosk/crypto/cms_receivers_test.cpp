// Sealing to two receivers at once, as while a key is replaced.
#include "kiosk/crypto/cms.hpp"
#include "kiosk/crypto/cms_frame.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

#include <algorithm>

using base::Errc;

namespace {

base::Bytes const content = base::to_bytes("a signed body");
// Of a recipient, before its key identifier: SEQUENCE, version, tag and length.
constexpr std::ptrdiff_t header = 4 + 3 + 2;

struct Receiver {
    crypto::Certificate certificate;
    crypto::PrivateKey key;

    static Receiver of(pki::Party const& party) {
        pki::TemporaryFolder const folder;
        return {crypto::Certificate::read(folder.write("c.pem", party.certificate_pem())).value(),
                crypto::PrivateKey::read(folder.write("k.pem", party.key_pem())).value()};
    }
    base::Bytes id() const { return certificate.subject_key_identifier(); }
};

struct World {
    pki::Party old_party = pki::certify(pki::rsa(), {.name = "receiver"});
    Receiver old_one = Receiver::of(old_party);
    Receiver new_one = Receiver::of(pki::certify(pki::rsa(), {.name = "receiver"}));
    Receiver larger = Receiver::of(pki::certify(pki::rsa(3080), {.name = "receiver"}));
};

World const& world() {
    static World const made;
    return made;
}

bool opens(base::ByteView sealed, Receiver const& receiver) {
    auto const unsealed = crypto::unseal_cms(sealed, receiver.key);
    return unsealed && std::ranges::equal(unsealed->content, content);
}

}  // namespace

TEST_CASE("what is sealed to two receivers opens with either key alone", "[cms]") {
    auto const& w = world();
    for (auto const& [one, other] :
         {std::pair{&w.old_one, &w.new_one}, {&w.new_one, &w.old_one}, {&w.old_one, &w.larger}}) {
        auto const sealed = crypto::seal_cms(content, {one->certificate, other->certificate});
        REQUIRE(sealed);
        CHECK(opens(*sealed, *one));
        CHECK(opens(*sealed, *other));
        auto key_ids = crypto::unseal_cms(*sealed, one->key)->key_ids;
        auto expected = std::vector{one->id(), other->id()};
        std::ranges::sort(key_ids);
        std::ranges::sort(expected);
        CHECK(key_ids == expected);
    }
    auto const to_old = crypto::seal_cms(content, {w.old_one.certificate}).value();
    CHECK_FALSE(opens(to_old, w.new_one));  // the control
    auto const to_two =
        crypto::seal_cms(content, {w.old_one.certificate, w.new_one.certificate}).value();
    CHECK_FALSE(opens(to_two, w.larger));
}

TEST_CASE("nobody, three, or one twice are not sealed to", "[cms]") {
    auto const& w = world();
    auto const code = [](std::vector<crypto::Certificate> const& receivers) {
        auto const sealed = crypto::seal_cms(content, receivers);
        return sealed ? std::optional<Errc>{} : sealed.error().code;
    };
    CHECK_FALSE(code({w.old_one.certificate}));  // the control
    CHECK(code({}) == Errc::key_unusable);
    CHECK(code({w.old_one.certificate, w.new_one.certificate, w.larger.certificate}) ==
          Errc::key_unusable);
    auto const nameless =
        Receiver::of(pki::certify(w.old_party.key, {.key_identifier = false})).certificate;
    CHECK(code({w.new_one.certificate, nameless}) == Errc::key_unusable);
}

TEST_CASE("recipients in another order make another envelope, and none", "[cms]") {
    auto const& w = world();
    auto const sealed =
        crypto::seal_cms(content, {w.old_one.certificate, w.new_one.certificate}).value();
    auto const ids = crypto::recipients_of_envelope(sealed).value();
    REQUIRE(ids.size() == 2);
    // Both have the same length, and the same header before the key identifier.
    auto const first = ids[0].data() - sealed.data();
    auto const step = ids[1].data() - ids[0].data();
    auto swapped = sealed;
    std::swap_ranges(swapped.begin() + first, swapped.begin() + first + step - header,
                     swapped.begin() + first + step);
    REQUIRE(swapped != sealed);
    CHECK_FALSE(crypto::recipients_of_envelope(swapped));
    CHECK_FALSE(opens(swapped, w.old_one));
    CHECK(opens(sealed, w.old_one));  // the control
}

TEST_CASE("no bit before a recipient's key identifier may be another", "[cms]") {
    auto const& w = world();
    auto sealed = crypto::seal_cms(content, {w.old_one.certificate, w.new_one.certificate}).value();
    auto const ids = crypto::recipients_of_envelope(sealed).value();
    auto const first = ids[0].data() - sealed.data();
    auto const second = ids[1].data() - sealed.data();
    auto const flip_all = [&](std::ptrdiff_t from, std::ptrdiff_t to) {
        for (auto at = from; at < to; ++at)
            for (int bit = 0; bit < 8; ++bit) {
                auto& byte = sealed[static_cast<std::size_t>(at)];
                byte ^= static_cast<std::uint8_t>(1U << bit);
                CAPTURE(at, bit);
                CHECK_FALSE(crypto::recipients_of_envelope(sealed));
                byte ^= static_cast<std::uint8_t>(1U << bit);
            }
    };
    flip_all(0, first);
    flip_all(second - header, second);
    CHECK(crypto::recipients_of_envelope(sealed));  // the control
}
