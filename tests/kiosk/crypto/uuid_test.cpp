#include "kiosk/crypto/uuid.hpp"

#include "tests/catch.hpp"

#include <set>

using crypto::Uuid;

TEST_CASE("random UUIDs are of version 4 and never the same", "[uuid]") {
    std::set<Uuid> seen;
    for (int i = 0; i < 1000; ++i) {
        auto const uuid = Uuid::random();
        CHECK((uuid.bytes()[6] & 0xF0) == 0x40);
        CHECK((uuid.bytes()[8] & 0xC0) == 0x80);
        seen.insert(uuid);
    }
    CHECK(seen.size() == 1000);
}

TEST_CASE("a UUID has one spelling", "[uuid]") {
    std::string const text = "0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e01";
    auto const uuid = Uuid::parse(text).value();
    CHECK(uuid.text() == text);
    CHECK(Uuid::from(uuid.bytes()).value() == uuid);
    CHECK(Uuid::parse(Uuid::random().text()));
    for (auto const* wrong :
         {"", "0F2D6D52-5A5F-4D53-9F3B-3B2F2F6D1E01", "0f2d6d525a5f4d539f3b3b2f2f6d1e01",
          "{0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e0}", "0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e0",
          "0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e011", "0f2d6d52-5a5f-4d53-9f3b3-b2f2f6d1e01",
          "0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e  ", "0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e0g",
          "                                    "})
        CHECK_FALSE(Uuid::parse(wrong));
}

TEST_CASE("a UUID is of 16 bytes", "[uuid]") {
    CHECK_FALSE(Uuid::from(base::Bytes(15)));
    CHECK_FALSE(Uuid::from(base::Bytes(17)));
    CHECK(Uuid::from(base::Bytes(16)).value().text() == "00000000-0000-0000-0000-000000000000");
}
