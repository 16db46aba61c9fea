#include "kiosk/dmp/body.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"

using base::Errc;

namespace {

std::string body_of(dmp::CreationRequest const& request) {
    return std::string{dmp::make_body(request, "kiosk-0001", "ab12")};
}

base::Result<dmp::Body> read(std::string_view text) {
    return dmp::read_body({reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
}

std::string with(std::string body, std::string_view from, std::string_view to) {
    auto const at = body.find(from);
    REQUIRE(at != std::string::npos);
    return body.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a body reads back as it was made", "[body]") {
    auto const body = read(body_of(example::request()));
    REQUIRE(body);
    CHECK(body->id == example::id());
    CHECK(body->kiosk == "kiosk-0001");
    CHECK(body->key_id == "ab12");
    CHECK(body->created_at == example::at(60));
    auto const& creation = std::get<dmp::CreationBody>(body->content);
    CHECK(std::string_view{creation.message}.starts_with("<?xml"));
    CHECK(std::string_view{creation.message}.find("DESMAUX-L'HÉRITIER") != std::string_view::npos);
    CHECK(std::string_view{creation.card}.find("nirOD") != std::string_view::npos);
    CHECK(std::string_view{creation.evidence}.find("card only") != std::string_view::npos);
}

TEST_CASE("the size of a body tells nothing finer than a kilobyte", "[body]") {
    auto request = example::request();
    for (std::size_t length = 1; length < 400; length += 7) {
        request.patient.birth_name = std::string(length, 'X');
        auto const body = body_of(request);
        CHECK(body.size() % 1024 == 0);
        CHECK(read(body));
    }
    auto shorter = example::request();
    shorter.patient.given_name = "ANNE";
    CHECK(body_of(shorter).size() == body_of(example::request()).size());
}

TEST_CASE("a padding that is not ours is refused", "[body]") {
    auto const body = body_of(example::request());
    CHECK(read(body + std::string(1024, ' ')).error().code == Errc::malformed);
    CHECK(read(body.substr(0, body.size() - 1)).error().code == Errc::malformed);
    CHECK(read(with(body, "}   ", "}\n  ")).error().code == Errc::malformed);
    CHECK(read(std::string(1024, ' ')).error().code == Errc::malformed);
    CHECK(read("").error().code == Errc::malformed);
}

TEST_CASE("parts of different requests in one body are refused", "[body]") {
    auto const body = body_of(example::request());
    auto const id = example::id().text();
    std::string const other = "11111111-5a5f-4d53-9f3b-3b2f2f6d1e01";
    std::size_t places = 0;
    for (auto at = body.find(id); at != std::string::npos; at = body.find(id, at + 1)) {
        auto swapped = body;
        swapped.replace(at, id.size(), other);
        CHECK(read(swapped).error().code == Errc::not_authentic);
        ++places;
    }
    CHECK(places == 4);  // the body, the message, the card reading, the evidence
    auto const elsewhere = with(body, R"("kiosk":"kiosk-0001","person_checked")",
                                R"("kiosk":"kiosk-0002","person_checked")");
    CHECK(read(elsewhere).error().code == Errc::not_authentic);
}

TEST_CASE("a body of another schema or without its members is refused", "[body]") {
    auto const body = body_of(example::request());
    CHECK(read(with(body, R"("schema":1)", R"("schema":2)")).error().code == Errc::malformed);
    for (auto const* member :
         {"\"schema\"", "\"id\"", "\"created_at\"", "\"card\"", "\"evidence\"", "\"message\""}) {
        std::string renamed{member};
        renamed[1] = 'X';
        auto changed = body;
        // The last one of that name: inner objects sort before outer members with the same name.
        auto const at = changed.rfind(std::string{member} + ":");
        REQUIRE(at != std::string::npos);
        changed.replace(at, renamed.size(), renamed);
        INFO(member);
        CHECK_FALSE(read(changed));
    }
    for (auto const* text : {"[]", "null", "{}", "{\"schema\":1}", "\"x\"", "{"})
        CHECK_FALSE(read(text + std::string(1024 - std::string_view{text}.size(), ' ')));
}
