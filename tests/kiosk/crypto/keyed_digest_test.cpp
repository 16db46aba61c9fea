#include "kiosk/crypto/keyed_digest.hpp"

#include "tests/catch.hpp"

TEST_CASE("one key gives equal digests to equal texts and to no others", "[keyed]") {
    crypto::KeyedDigest const keyed;
    CHECK(keyed.of({"255069999999934", "1"}) == keyed.of({"255069999999934", "1"}));
    CHECK(keyed.of({"255069999999934", "1"}) != keyed.of({"255069999999934", "2"}));
}

TEST_CASE("where one part ends is part of what a keyed digest is of", "[keyed]") {
    crypto::KeyedDigest const keyed;
    CHECK(keyed.of({"12", "3"}) != keyed.of({"1", "23"}));
    CHECK(keyed.of({"123"}) != keyed.of({"123", ""}));
}

TEST_CASE("another key gives another digest to the same text", "[keyed]") {
    CHECK(crypto::KeyedDigest{}.of({"255069999999934"}) !=
          crypto::KeyedDigest{}.of({"255069999999934"}));
}
