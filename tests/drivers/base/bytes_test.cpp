#include "drivers/base/bytes.hpp"

#include "tests/catch.hpp"

using base::Errc;

TEST_CASE("bytes become hexadecimal text and back", "[bytes]") {
    CHECK(base::to_hex(base::Bytes{0x3B, 0x75, 0x13, 0x00, 0xFF}) == "3b751300ff");
    CHECK(base::to_hex({}).empty());
    base::Bytes all;
    for (int i = 0; i < 256; ++i)
        all.push_back(static_cast<std::uint8_t>(i));
    CHECK(base::from_hex(base::to_hex(all)) == all);
}

TEST_CASE("hexadecimal text may have capitals and spaces between bytes", "[bytes]") {
    CHECK(base::from_hex("00 A4 04 0c") == base::Bytes{0x00, 0xA4, 0x04, 0x0C});
    CHECK(base::from_hex("  3B  ") == base::Bytes{0x3B});
    CHECK(base::from_hex("") == base::Bytes{});
}

TEST_CASE("what is not hexadecimal is malformed", "[bytes]") {
    for (auto const* text : {"3", "3 B", "0x3B", "3G", "3B7", "\t3B", "é"})
        CHECK(base::from_hex(text).error().code == Errc::malformed);
}

TEST_CASE("characters are bytes and back, also zero and above 127", "[bytes]") {
    std::string const text{"H\xC9\0RITIER", 9};
    auto const bytes = base::to_bytes(text);
    CHECK(bytes.size() == 9);
    CHECK(bytes[1] == 0xC9);
    CHECK(bytes[2] == 0);
    CHECK(base::to_text(bytes) == text);
}
