#include "kiosk/journey/edit.hpp"

#include "tests/catch.hpp"

using journey::acceptable;
using journey::Edit;
using journey::Session;
using journey::State;

namespace {

void type(Session& session, State state, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        journey::apply(session, state, {Edit::Kind::type, text.substr(i, 1)});
}

}  // namespace

TEST_CASE("a mobile number has ten digits and begins with 06 or 07") {
    CHECK(acceptable(State::mobile_entry, "0612345678"));
    CHECK(acceptable(State::mobile_entry, "0712345678"));
    for (auto const* wrong :
         {"", "061234567", "06123456789", "0112345678", "+33612345", "06 2345678"})
        CHECK_FALSE(acceptable(State::mobile_entry, wrong));
}

TEST_CASE("an e-mail address has one @ and a domain with a dot") {
    for (auto const* right : {"luc@example.fr", "l.exemple+dmp@mail.example.org", "o'neil@ex.io"})
        CHECK(acceptable(State::email_entry, right));
    for (auto const* wrong : {"", "luc", "luc@", "@example.fr", "luc@example", "luc@@example.fr",
                              "luc@exa mple.fr", "luc@example.f", "luc@.fr", "luc@exa..fr"})
        CHECK_FALSE(acceptable(State::email_entry, wrong));
    CHECK_FALSE(acceptable(State::email_entry, std::string(65, 'a') + "@example.fr"));
}

TEST_CASE("the eleventh digit of a mobile number is not taken") {
    Session session;
    type(session, State::mobile_entry, "06123456789");
    CHECK(session.typed.view() == "0612345678");
}

TEST_CASE("a field does not begin with a separator and an address holds one @") {
    Session session;
    type(session, State::birth_name_entry, "-' A");
    CHECK(session.typed.view() == "A");
    session.wipe();
    type(session, State::email_entry, "a@b@c");
    CHECK(session.typed.view() == "a@bc");
}

TEST_CASE("erasing takes a whole accented letter") {
    Session session;
    journey::apply(session, State::birth_name_entry, {Edit::Kind::type, "N"});
    journey::apply(session, State::birth_name_entry, {Edit::Kind::type, "É"});
    journey::apply(session, State::birth_name_entry, {Edit::Kind::erase});
    CHECK(session.typed.view() == "N");
}

TEST_CASE("the two emergency accesses are given at first and each can be taken back") {
    Session session;
    CHECK(session.emergency.samu);
    CHECK(session.emergency.professional);
    journey::apply(session, State::emergency, {Edit::Kind::toggle_samu});
    CHECK_FALSE(session.emergency.samu);
    CHECK(session.emergency.professional);
}

TEST_CASE("a birth name ends with a letter and has no two separators in a row") {
    CHECK(acceptable(State::birth_name_entry, "D'ALMEIDA"));
    for (auto const* wrong : {"", "DUPONT ", "DUPONT-", "D'", "D’"})
        CHECK_FALSE(acceptable(State::birth_name_entry, wrong));
    Session session;
    type(session, State::birth_name_entry, "A -'B");
    CHECK(session.typed.view() == "A B");
}
