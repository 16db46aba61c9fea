#include "kiosk/crypto/digest.hpp"

#include "tests/catch.hpp"

TEST_CASE("SHA-256 gives the published digests", "[digest]") {
    auto const hex = [](std::string_view text) {
        return base::to_hex(crypto::sha256(base::to_bytes(text)));
    };
    CHECK(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("cleansing overwrites every byte", "[digest]") {
    std::string text = "secret";
    crypto::cleanse(text.data(), text.size());
    CHECK(text == std::string(6, '\0'));
    crypto::cleanse(nullptr, 0);
}
