#include "drivers/iso7816/read_file.hpp"

#include "drivers/iso7816/commands.hpp"
#include "drivers/iso7816/continuation.hpp"
#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"

using namespace iso7816;
using test_cards::ModelCard;

namespace {

base::Bytes counting(std::size_t size) {
    base::Bytes bytes;
    for (std::size_t i = 0; i < size; ++i)
        bytes.push_back(static_cast<std::uint8_t>(i * 7 + 1));
    return bytes;
}

ModelCard card_with(base::Bytes content, bool strict_t0) {
    ModelCard card;
    card.root[2] = {std::move(content)};
    card.strict_t0 = strict_t0;
    return card;
}

base::Result<ResponseApdu> read(ModelCard& card, ReadLimits const& limits = {},
                                Complete const& complete = {}) {
    auto const transmit = with_continuation(card.transmit());
    REQUIRE(transmit(select_file(master_file)));
    card.log.clear();
    return read_file(transmit, 2, limits, complete);
}

}  // namespace

TEST_CASE("a file of any length is read whole", "[iso7816]") {
    auto const size = GENERATE(0, 1, 255, 256, 257, 511, 512, 513, 4095, 4096);
    auto const strict = GENERATE(false, true);
    auto const content = counting(static_cast<std::size_t>(size));
    auto card = card_with(content, strict);
    if (strict && size == 0) return;  // a T=0 card has no way to announce an empty answer
    auto const file = read(card);
    REQUIRE(file);
    CHECK(file->sw == success);
    CHECK(file->data == content);
}

TEST_CASE("each block costs one command, and a strict T=0 card one more for the last",
          "[iso7816]") {
    auto friendly = card_with(counting(600), false);
    REQUIRE(read(friendly));
    CHECK(friendly.log.size() == 3);
    auto strict = card_with(counting(600), true);
    REQUIRE(read(strict));
    CHECK(strict.log.size() == 4);
}

TEST_CASE("a warning that the file ended is its end", "[iso7816]") {
    auto card = card_with(counting(40), false);
    card.short_read = 0x6282;
    auto const file = read(card);
    REQUIRE(file);
    CHECK(file->sw == success);
    CHECK(file->data == counting(40));
    CHECK(card.log.size() == 1);
}

TEST_CASE("smaller blocks give the same file", "[iso7816]") {
    auto card = card_with(counting(300), GENERATE(false, true));
    auto const file = read(card, {.block = 100});
    REQUIRE(file);
    CHECK(file->data == counting(300));
}

TEST_CASE("reading stops where the content needs no more", "[iso7816]") {
    auto card = card_with(counting(1000), false);
    auto const file = read(card, {}, [](base::ByteView content) { return content.size() >= 512; });
    REQUIRE(file);
    CHECK(file->data.size() == 512);
    CHECK(card.log.size() == 2);
}

TEST_CASE("a file longer than allowed is malformed, one just as long is not", "[iso7816]") {
    auto longer = card_with(counting(513), false);
    auto const refused = read(longer, {.block = 256, .file = 512});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == base::Errc::malformed);
    auto as_long = card_with(counting(512), false);
    CHECK(read(as_long, {.block = 256, .file = 512}));
}

TEST_CASE("a refused file comes back as its status word, without content", "[iso7816]") {
    ModelCard card;
    card.root[2] = {counting(10), 0x6982};
    auto const denied = read(card);
    REQUIRE(denied);
    CHECK(denied->sw == security_status_not_satisfied);
    CHECK(denied->data.empty());
    card.root.clear();
    CHECK(read(card)->sw == file_not_found);
}

TEST_CASE("what was read before a refusal in the middle is not handed out", "[iso7816]") {
    int block = 0;
    auto const file = read_file(
        [&](CommandApdu const&) -> base::Result<ResponseApdu> {
            if (++block == 1) return ResponseApdu{counting(256), success};
            return ResponseApdu{{}, security_status_not_satisfied};
        },
        2);
    REQUIRE(file);
    CHECK(file->sw == security_status_not_satisfied);
    CHECK(file->data.empty());
}

TEST_CASE("a reader that brings more than was asked for is not believed", "[iso7816]") {
    auto const file = read_file(
        [](CommandApdu const&) -> base::Result<ResponseApdu> {
            return ResponseApdu{counting(101), success};
        },
        2, {.block = 100});
    REQUIRE_FALSE(file);
    CHECK(file.error().code == base::Errc::malformed);
}

TEST_CASE("a card pulled between two blocks says card_removed", "[iso7816]") {
    int block = 0;
    auto const file = read_file(
        [&](CommandApdu const&) -> base::Result<ResponseApdu> {
            if (++block == 1) return ResponseApdu{counting(256), success};
            return base::failure(base::Errc::card_removed);
        },
        2);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == base::Errc::card_removed);
}

TEST_CASE("a selected file is read from its first byte by offsets alone", "[iso7816]") {
    auto const size = GENERATE(1, 256, 300, 512);
    auto const content = counting(static_cast<std::size_t>(size));
    auto card = card_with(content, GENERATE(false, true));
    auto const transmit = with_continuation(card.transmit());
    REQUIRE(transmit(select_file(master_file)));
    REQUIRE(transmit(read_binary_sfi(2, 1)));  // which selects it
    card.log.clear();
    auto const file = read_selected_file(transmit);
    REQUIRE(file);
    CHECK(file->sw == success);
    CHECK(file->data == content);
    for (auto const& command : card.log)
        CHECK((command[2] & 0x80) == 0);
}
