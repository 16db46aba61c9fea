#include "kiosk/identity/pin.hpp"

#include "kiosk/config/pin_hash.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/identity/authors.hpp"

#include <argon2.h>

using namespace identity_tests;
using identity::check_choice;
using identity::hash_pin;
using identity::verify_pin;

TEST_CASE("a PIN is right against its own hash and wrong against another's", "[pin]") {
    CHECK(verify_pin(std::string{annes_pin}, annes_hash()).value());
    CHECK(verify_pin(std::string{annes_pin}, annes_next_hash()).value());
    CHECK(verify_pin(std::string{brunos_pin}, brunos_hash()).value());
    CHECK_FALSE(verify_pin(std::string{annes_pin}, brunos_hash()).value());
    CHECK_FALSE(verify_pin(std::string{brunos_pin}, annes_hash()).value());
    for (auto const* wrong : {"", "48291", "482914", "4829130", "382913"})
        CHECK_FALSE(verify_pin(std::string{wrong}, annes_hash()).value());
}

TEST_CASE("a hash is read by the configuration and by the reference program alike", "[pin]") {
    auto const hash = hash_pin(std::string{annes_pin});
    if (!hash) FAIL(base::describe(hash.error()));
    CHECK(config::parse_pin_hash(*hash));
    CHECK(argon2id_verify(hash->c_str(), annes_pin, 6) == ARGON2_OK);
    CHECK(argon2id_verify(hash->c_str(), "482914", 6) == ARGON2_VERIFY_MISMATCH);
    CHECK(verify_pin(std::string{annes_pin}, *hash).value());
    CHECK(hash->find(annes_pin) == std::string::npos);
}

TEST_CASE("the same PIN has another hash each time", "[pin]") {
    CHECK(hash_pin(std::string{annes_pin}).value() != hash_pin(std::string{annes_pin}).value());
}

TEST_CASE("a PIN has 6 to 12 digits", "[pin]") {
    for (auto const* refused :
         {"", "48291", "4829130571623", "48291a", "48291 ", "482913\n", "４８２９１３"}) {
        INFO(refused);
        auto const checked = check_choice(std::string{refused});
        REQUIRE_FALSE(checked);
        CHECK(checked.error().code == base::Errc::refused);
        CHECK(checked.error().detail.find("6 to 12 digits") != std::string::npos);
    }
    CHECK(check_choice(std::string{"482913"}));
    CHECK(check_choice(std::string{"482913057162"}));
}

TEST_CASE("a PIN that a stranger tries first is refused with its reason", "[pin]") {
    struct Row {
        char const* pin;
        char const* reason;
    };
    for (auto const& [pin, reason] :
         {Row{"000000", "three different"}, Row{"111112", "three different"},
          Row{"121212", "three different"}, Row{"123456", "follow in order"},
          Row{"987654", "follow in order"}, Row{"890123", "follow in order"},
          Row{"135791", "follow in order"}, Row{"112233", "follow in order"},
          Row{"1234567890", "follow in order"}, Row{"123123", "repeats"},
          Row{"49174917", "repeats"}, Row{"123321", "from its end"}}) {
        INFO(pin);
        auto const checked = check_choice(std::string{pin});
        REQUIRE_FALSE(checked);
        CHECK(checked.error().detail.find(reason) != std::string::npos);
        CHECK(checked.error().detail.find(pin) == std::string::npos);
        CHECK_FALSE(hash_pin(std::string{pin}));
    }
}

TEST_CASE("few of all PINs are refused as too simple", "[pin]") {
    int refused = 0;
    for (int number = 0; number < 1'000'000; ++number) {
        auto digits = std::to_string(number);
        digits.insert(0, 6 - digits.size(), '0');
        if (!check_choice(digits)) ++refused;
    }
    INFO(refused);
    CHECK(refused > 3'000);
    CHECK(refused < 10'000);
}

TEST_CASE("a hash that cannot be checked is an error, neither right nor wrong", "[pin]") {
    CHECK_FALSE(verify_pin(std::string{annes_pin}, "$argon2id$v=19$"));
    CHECK_FALSE(verify_pin(std::string{annes_pin}, annes_pin));
}
