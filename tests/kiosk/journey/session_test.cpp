#include "kiosk/journey/session.hpp"

#include "tests/catch.hpp"

using journey::Layer;
using journey::Session;

namespace {

Session full_session() {
    Session session;
    session.persons.resize(2);
    session.persons[0].family_name = "EXEMPLE";
    session.enrolled = 0;
    session.nir = "178057599990175";
    session.birth_name = "FICTIVE";
    session.mobile = "0612345678";
    session.email = "luc@example.fr";
    session.typed = "abc";
    session.emergency.samu = false;
    session.language = "en";
    session.number_shown = true;
    session.trouble = journey::Trouble::minor;
    session.reference = "ABCDEFGHJK";
    return session;
}

void check_no_person(Session const& session) {
    CHECK(session.persons.empty());
    CHECK_FALSE(session.enrolled);
    CHECK(session.nir.empty());
    CHECK(session.birth_name.empty());
    CHECK(session.mobile.empty());
    CHECK(session.email.empty());
    CHECK(session.typed.empty());
    CHECK(session.emergency.samu);
    CHECK_FALSE(session.number_shown);
    CHECK(session.reference.empty());
}

}  // namespace

TEST_CASE("wiping gives the next person a new session in the default language") {
    auto session = full_session();
    session.wipe();
    check_no_person(session);
    CHECK(session.language == "fr");
    CHECK_FALSE(session.trouble);
}

TEST_CASE("forgetting the person keeps what the same reader still needs") {
    auto session = full_session();
    session.forget_person();
    check_no_person(session);
    CHECK(session.language == "en");
    CHECK(session.trouble == journey::Trouble::minor);
}

TEST_CASE("each page of the consent text is noted once, in the order shown") {
    Session session;
    using journey::LayerPage;
    for (auto const& shown : {LayerPage{Layer::explanation}, LayerPage{Layer::details, 2},
                              LayerPage{Layer::explanation}})
        journey::note_shown(session, shown);
    CHECK(session.layers_shown ==
          std::vector{LayerPage{Layer::explanation}, LayerPage{Layer::details, 2}});
}
