#include "kiosk/intake/rules.hpp"

#include "kiosk/crypto/base64.hpp"
#include "tests/catch.hpp"

using namespace intake;

namespace {

base::Bytes const body = base::to_bytes("sealed");
std::string const good = "sha-256=:" + crypto::to_base64(crypto::sha256(body)) + ":";

bool accepted(std::string_view field) { return accept_digest(field, body).has_value(); }

}  // namespace

TEST_CASE("a digest field is accepted when its sha-256 member is the body's hash", "[intake]") {
    CHECK(accept_digest(good, body).value() == crypto::sha256(body));
    CHECK(accepted("sha-512=:AAAA:, " + good));
    CHECK(accepted(good + " ,sha-512=:AAAA:"));
    CHECK(accept_digest(good, base::to_bytes("Sealed")).error().error == "digest_mismatch");
    CHECK(accept_digest(good, {}).error().error == "digest_mismatch");
}

TEST_CASE("a digest field of any other form is malformed", "[intake]") {
    for (std::string const& field :
         {std::string{}, std::string{","}, std::string{"sha-256"}, std::string{"sha-256=::"},
          std::string{"sha-256=:"}, std::string{"sha-256=:AAAA:"}, good + "," + good,
          good.substr(0, good.size() - 1), "SHA-256" + good.substr(7), good + ";q=1",
          "sha-256=:*" + good.substr(10), "sha-256 = " + good.substr(8)}) {
        CAPTURE(field);
        REQUIRE_FALSE(accepted(field));
        CHECK(accept_digest(field, body).error().error == "bad_digest");
    }
}

TEST_CASE("only application/cms is a sealed request, in any case, with any parameter", "[intake]") {
    CHECK(is_cms("application/cms"));
    CHECK(is_cms("Application/CMS; encapsulatingContent=authEnvelopedData"));
    CHECK(is_cms(" application/cms ;x=y"));
    CHECK_FALSE(is_cms(""));
    CHECK_FALSE(is_cms("application/cmsx"));
    CHECK_FALSE(is_cms("application/octet-stream; application/cms"));
}

TEST_CASE("a path is a request, health, or nothing", "[intake]") {
    CHECK(target_of("/v1/requests/abc").id == "abc");
    CHECK(target_of("/v1/health").kind == Target::Kind::health);
    CHECK(target_of("/v1/requests").kind == Target::Kind::unknown);
    CHECK(target_of("/v1/health/").kind == Target::Kind::unknown);
    CHECK(target_of("").kind == Target::Kind::unknown);
    CHECK(accept_id("6f1c1e0e-0000-4000-8000-000000000000").has_value());
    CHECK(accept_id("6F1C1E0E-0000-4000-8000-000000000000").error().status == 400);
}

TEST_CASE("a position is a whole number from 0 on", "[intake]") {
    CHECK(target_of("/v1/outcomes?after=7").kind == Target::Kind::outcomes);
    CHECK(accept_after(target_of("/v1/outcomes?after=7").after) == 7);
    CHECK(accept_after("0") == 0);
    for (auto const* text : {"", "-1", "+1", " 1", "1 ", "0x1", "99999999999999999999"})
        CHECK(accept_after(text).error().status == 400);
    CHECK(target_of("/v1/outcomes").kind == Target::Kind::unknown);
}
