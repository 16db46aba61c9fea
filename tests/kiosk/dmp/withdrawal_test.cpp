#include "kiosk/dmp/withdrawal.hpp"

#include "kiosk/crypto/reference_number.hpp"
#include "kiosk/dmp/body.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/dmp/example.hpp"

using base::Errc;

namespace {

dmp::Withdrawal withdrawal() {
    return {dmp::id_of_withdrawal(example::id()), example::id(), example::at(60), true};
}

std::string body_of(dmp::Withdrawal const& withdrawal) {
    return std::string{dmp::make_body(withdrawal, "kiosk-0001", "ab12")};
}

base::Result<dmp::Body> read(std::string const& text) {
    return dmp::read_body(base::to_bytes(text));
}

std::string with(std::string body, std::string_view from, std::string_view to) {
    auto const at = body.find(from);
    REQUIRE(at != std::string::npos);
    return body.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a withdrawal asked for twice is one, under an id of its own", "[withdrawal]") {
    auto const id = dmp::id_of_withdrawal(example::id());
    CHECK(id == dmp::id_of_withdrawal(example::id()));
    CHECK(id != example::id());
    CHECK(crypto::Uuid::parse(id.text()) == id);
    CHECK(id.text()[14] == '8');  // RFC 9562: made by a rule of its own
    // Whoever holds the reference of the request holds none for its withdrawal.
    CHECK(crypto::reference_number(id) != crypto::reference_number(example::id()));
    CHECK(dmp::id_of_withdrawal(crypto::Uuid::random()) != id);
}

TEST_CASE("a withdrawal reads back as it was made and names nobody", "[withdrawal]") {
    auto const text = body_of(withdrawal());
    CHECK(text.size() == dmp::padding_step);
    auto const body = read(text);
    REQUIRE(body);
    CHECK(body->id == withdrawal().id);
    CHECK(body->kiosk == "kiosk-0001");
    CHECK(body->key_id == "ab12");
    CHECK(body->created_at == example::at(60));
    auto const& content = std::get<dmp::WithdrawalBody>(body->content);
    CHECK(content.withdraws == example::id());
    CHECK(content.clock_trusted);
}

TEST_CASE("a withdrawal of another request than its id says is refused", "[withdrawal]") {
    auto const text = body_of(withdrawal());
    auto const other = crypto::Uuid::random().text();
    for (auto const& id : {withdrawal().id.text(), example::id().text()})
        CHECK(read(with(text, id, other)).error().code == Errc::not_authentic);
    CHECK(read(with(text, example::id().text(), std::string(36, 'x'))).error().code ==
          Errc::malformed);
    CHECK(read(with(text, R"("clock_trusted":true)", R"("clock_trusted":1234)")).error().code ==
          Errc::malformed);
}
