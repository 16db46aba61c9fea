#include "drivers/iso7816/continuation.hpp"

#include "drivers/iso7816/commands.hpp"
#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"

using namespace iso7816;
using test_cards::hex;

namespace {

// Answers in order, whatever it is asked; asked once too often, it says so by an error.
struct Script {
    std::vector<base::Bytes> answers;
    std::vector<base::Bytes> asked{};

    Transmit transmit() {
        return [this](CommandApdu const& command) -> base::Result<ResponseApdu> {
            asked.push_back(command.bytes());
            if (asked.size() > answers.size())
                return base::failure(base::Errc::transmission_failed, "the script is over");
            return ResponseApdu::parse(answers[asked.size() - 1]);
        };
    }
};

}  // namespace

TEST_CASE("an announced answer is fetched", "[iso7816]") {
    Script script{{hex("6103"), hex("010203 9000")}};
    auto const response = with_continuation(script.transmit())(select_file(master_file));
    REQUIRE(response);
    CHECK(response->data == hex("010203"));
    CHECK(response->sw == success);
    CHECK(script.asked.at(1) == hex("00C0000003"));
}

TEST_CASE("a wrong length is asked again with the right one", "[iso7816]") {
    Script script{{hex("6C02"), hex("0102 9000")}};
    auto const response = with_continuation(script.transmit())(read_binary_sfi(2, 256));
    REQUIRE(response);
    CHECK(response->data == hex("0102"));
    CHECK(script.asked.at(1) == hex("00B0820002"));
}

TEST_CASE("an answer in several parts is put together", "[iso7816]") {
    Script script{{hex("01 6100"), hex("6C02"), hex("0203 6101"), hex("04 6282")}};
    auto const response = with_continuation(script.transmit())(read_binary_sfi(2, 256));
    REQUIRE(response);
    CHECK(response->data == hex("01020304"));
    CHECK(response->sw == end_of_file_reached);
    CHECK(script.asked ==
          std::vector{hex("00B0820000"), hex("00C0000000"), hex("00C0000002"), hex("00C0000001")});
}

TEST_CASE("any other status word comes back untouched", "[iso7816]") {
    auto const sw = GENERATE("9000", "6982", "6A82", "6D00", "6F00");
    Script script{{hex(sw)}};
    auto const response = with_continuation(script.transmit())(read_binary_sfi(2, 256));
    REQUIRE(response);
    CHECK(to_string(response->sw) == base::to_hex(hex(sw)));
    CHECK(script.asked.size() == 1);
}

TEST_CASE("a card that corrects its own correction is believed once", "[iso7816]") {
    Script script{{hex("6C02"), hex("6C03"), hex("9000")}};
    auto const response = with_continuation(script.transmit())(read_binary_sfi(2, 256));
    REQUIRE(response);
    CHECK(response->sw == StatusWord{0x6C03});
    CHECK(script.asked.size() == 2);
}

TEST_CASE("a card that never ends its answer is cut off", "[iso7816]") {
    int asked = 0;
    auto const endless = with_continuation([&](CommandApdu const&) {
        ++asked;
        return ResponseApdu::parse(hex("01 6101"));
    });
    auto const response = endless(read_binary_sfi(2, 256));
    REQUIRE_FALSE(response);
    CHECK(response.error().code == base::Errc::malformed);
    CHECK(asked == longest_continuation);
}

TEST_CASE("an error in the middle of an answer is an error", "[iso7816]") {
    Script script{{hex("6103")}};
    auto const response = with_continuation(script.transmit())(select_file(master_file));
    REQUIRE_FALSE(response);
    CHECK(response.error().code == base::Errc::transmission_failed);
}
