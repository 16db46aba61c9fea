#include "kiosk/crypto/reference_number.hpp"

#include "tests/catch.hpp"

#include <set>

namespace {

std::string_view const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

crypto::Uuid uuid(std::uint8_t first) {
    base::Bytes bytes(16, 0x5A);
    bytes[0] = first;
    return crypto::Uuid::from(bytes).value();
}

}  // namespace

TEST_CASE("a reference number has ten characters that nobody mistakes, and checks", "[reference]") {
    std::set<std::string> seen;
    for (int i = 0; i < 256; ++i) {
        auto const number = crypto::reference_number(uuid(static_cast<std::uint8_t>(i)));
        CHECK(number.size() == 10);
        CHECK(number.find_first_not_of(alphabet) == std::string::npos);
        CHECK(crypto::is_reference_number(number));
        seen.insert(number);
    }
    CHECK(seen.size() == 256);
}

TEST_CASE("one request has one reference number, for ever", "[reference]") {
    auto const id = crypto::Uuid::parse("0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e01").value();
    CHECK(crypto::reference_number(id) == "3M9QFGDC8D");
}

TEST_CASE("any one wrong character is noticed", "[reference]") {
    for (int i = 0; i < 256; ++i) {
        auto const number = crypto::reference_number(uuid(static_cast<std::uint8_t>(i)));
        for (std::size_t position = 0; position < 10; ++position) {
            for (char const c : alphabet) {
                auto wrong = number;
                wrong[position] = c;
                if (crypto::is_reference_number(wrong) != (wrong == number))
                    FAIL(wrong << " for " << number);
            }
        }
    }
}

TEST_CASE("any two characters exchanged are noticed, whatever they are", "[reference]") {
    // The check is linear, so it is enough to try every pair of values at every pair of positions
    // of one valid number each.
    for (std::size_t a = 0; a < 9; ++a) {
        for (std::size_t b = a + 1; b < 10; ++b) {
            for (char const x : alphabet) {
                for (char const y : alphabet) {
                    if (x == y) continue;
                    std::string number(10, '2');
                    number[a] = x;
                    number[b] = y;
                    // Made valid by a third position.
                    auto const third = a != 0 ? 0U : (b != 1 ? 1U : 2U);
                    for (char const c : alphabet) {
                        number[third] = c;
                        if (crypto::is_reference_number(number)) break;
                    }
                    REQUIRE(crypto::is_reference_number(number));
                    std::swap(number[a], number[b]);
                    if (crypto::is_reference_number(number)) FAIL(number);
                }
            }
        }
    }
}

TEST_CASE("what is no reference number is not taken for one", "[reference]") {
    auto const number = crypto::reference_number(uuid(1));
    CHECK_FALSE(crypto::is_reference_number(""));
    CHECK_FALSE(crypto::is_reference_number(number.substr(1)));
    CHECK_FALSE(crypto::is_reference_number(number + "2"));
    CHECK_FALSE(crypto::is_reference_number("0000000000"));
    CHECK_FALSE(crypto::is_reference_number("22222 2222"));
    CHECK(crypto::is_reference_number("2222222222"));  // zero in every place: a possible number
}
