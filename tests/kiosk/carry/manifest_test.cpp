#include "kiosk/carry/manifest.hpp"

#include "tests/kiosk/carry/carriers.hpp"

using namespace carry;
using namespace carry_tests;
using base::Errc;

namespace {

std::string const id = "9f0d2b1c-6a54-4e0e-8f0a-1b2c3d4e5f60";

std::string request(std::string const& more = {}) {
    return R"({"id":")" + id + R"(","kind":"creation","sha256":")" + std::string(64, 'a') +
           R"(","size":5)" + more + "}";
}

std::string payload(std::string const& requests, std::string const& kiosk = "kiosk-1",
                    std::string const& bundle = "7", std::string const& day = "2026-06-17") {
    return R"({"v":1,"kiosk":")" + kiosk + R"(","bundle":)" + bundle + R"(,"day":")" + day +
           R"(","requests":[)" + requests + "]}";
}

}  // namespace

TEST_CASE("what a kiosk signs is read back as it was", "[manifest]") {
    Carriers const carriers;
    std::vector<ListedRequest> requests;
    for (std::size_t i = 0; i < most_requests; ++i)
        requests.push_back(listed(body(largest_request)));
    auto const made = manifest(requests);
    auto const text = sign_manifest(made, carriers.signer()).value();
    CHECK(text.size() < largest_manifest);
    CHECK(open_manifest(text, carriers.authority).value() == made);
    requests.push_back(listed(body()));
    CHECK_FALSE(sign_manifest(manifest(requests), carriers.signer()));
}

TEST_CASE("a kiosk speaks for itself alone", "[manifest]") {
    Carriers const carriers;
    auto const made = manifest({listed(body())});
    CHECK(sign_manifest(made, carriers.signer("kiosk-2")).error().code == Errc::key_unusable);
    Carriers const others;
    auto const text = sign_manifest(made, others.signer()).value();
    CHECK(open_manifest(text, carriers.authority).error().code == Errc::not_authentic);
    REQUIRE(open_manifest(text, others.authority));
    // Rightly signed, but in the name of another.
    auto const signer = carriers.signer("kiosk-2");
    auto const forged =
        crypto::sign_certified("dmp-bundle+jws", payload(request()), signer.chain, signer.key);
    CHECK(open_manifest(forged.value(), carriers.authority).error().detail ==
          "the manifest is not of the kiosk that signed it");
    CHECK_FALSE(open_manifest(std::string(largest_manifest + 1, 'a'), carriers.authority));
}

TEST_CASE("a manifest has one spelling and nothing that makes no sense", "[manifest]") {
    REQUIRE(parse_manifest(payload(request())));
    for (auto const& wrong : {
             std::string{},
             std::string{"{}"},
             std::string{"[]"},
             payload(""),
             payload(request() + "," + request()),  // twice the same id
             payload(request(R"(,"more":1)")),
             payload(request()) + " ",
             payload(request(), ""),
             payload(request(), "../kiosk"),
             payload(request(), "kiosk 1"),
             payload(request(), std::string(65, 'k')),
             payload(request(), "kiosk-1", "0"),
             payload(request(), "kiosk-1", "-1"),
             payload(request(), "kiosk-1", "1e3"),
             payload(request(), "kiosk-1", "99999999999999999999"),
             payload(request(), "kiosk-1", "7", "17.06.2026"),
             payload(R"("x")"),
             payload("null"),
             payload(request()).replace(payload(request()).find(":5"), 2, ":0"),
             payload(request()).replace(payload(request()).find(":5"), 2, ":65537"),
             payload(request()).replace(payload(request()).find("creation"), 8, "Creation"),
             payload(request()).replace(payload(request()).find("aaaa"), 4, "AAAA"),
             payload(request()).replace(payload(request()).find("9f0d"), 4, "../x"),
             payload(request()).replace(payload(request()).find(R"("v":1)"), 5, R"("v":2)"),
             std::string(60000, '['),
         }) {
        INFO(wrong.substr(0, 300));
        CHECK(parse_manifest(wrong).error().code == Errc::malformed);
    }
}
