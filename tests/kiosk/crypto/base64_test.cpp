#include "kiosk/crypto/base64.hpp"

#include "tests/catch.hpp"

using base::Errc;

TEST_CASE("the vectors of RFC 4648 are encoded and decoded", "[base64]") {
    struct Vector {
        std::string_view plain, standard, url;
    };
    for (auto const& [plain, standard, url] : {
             Vector{"", "", ""},
             Vector{"f", "Zg==", "Zg"},
             Vector{"fo", "Zm8=", "Zm8"},
             Vector{"foo", "Zm9v", "Zm9v"},
             Vector{"foob", "Zm9vYg==", "Zm9vYg"},
             Vector{"fooba", "Zm9vYmE=", "Zm9vYmE"},
             Vector{"foobar", "Zm9vYmFy", "Zm9vYmFy"},
         }) {
        auto const bytes = base::to_bytes(plain);
        CHECK(crypto::to_base64(bytes) == standard);
        CHECK(crypto::to_base64url(bytes) == url);
        CHECK(crypto::from_base64(standard) == bytes);
        CHECK(crypto::from_base64url(url) == bytes);
    }
    base::Bytes const high{0xFB, 0xEF, 0xFF};
    CHECK(crypto::to_base64(high) == "++//");
    CHECK(crypto::to_base64url(high) == "--__");
    CHECK(crypto::from_base64url("--__") == high);
}

TEST_CASE("every length of bytes survives both forms", "[base64]") {
    base::Bytes bytes;
    for (int size = 0; size < 300; ++size) {
        CHECK(crypto::from_base64(crypto::to_base64(bytes)) == bytes);
        CHECK(crypto::from_base64url(crypto::to_base64url(bytes)) == bytes);
        bytes.push_back(static_cast<std::uint8_t>(size * 37));
    }
}

TEST_CASE("base64 with anything spare is malformed", "[base64]") {
    for (auto const* text : {"Zg", "Zg=", "Zg===", "=Zg=", "Z=g=", "====", "Zm9v\n", " Zm9v",
                             "Zm9v====", "Zm-v", "Zm_v", "Zh==", "Zm9=", "Zm9vé"})
        CHECK(crypto::from_base64(text).error().code == Errc::malformed);
    for (auto const* text : {"Zg==", "Z", "Zm9vY", "Zm+v", "Zm/v", "Zh", "Zm9v\n"})
        CHECK(crypto::from_base64url(text).error().code == Errc::malformed);
}
