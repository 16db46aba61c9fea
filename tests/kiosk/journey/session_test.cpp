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
    session.quality = journey::Quality::minor;
    session.provisional = true;
    session.adults = {0};
    session.representative.family_name = "FICTIVE";
    session.representative.authority_stated = true;
    session.identity_author = 1;
    session.consent_language = "en";
    session.language = "en";
    session.number_shown = true;
    session.trouble = journey::Trouble::no_authority;
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
    CHECK_FALSE(session.minor());
    CHECK_FALSE(session.provisional);
    CHECK(session.adults.empty());
    CHECK(session.representative.family_name.empty());
    CHECK_FALSE(session.representative.authority_stated);
    CHECK_FALSE(session.identity_author);
    CHECK(session.consent_language.empty());
    CHECK_FALSE(session.number_shown);
    CHECK(session.reference.empty());
}

}  // namespace

TEST_CASE("wiping gives the next person a new session in the default language") {
    auto session = full_session();
    session.wipe();
    check_no_person(session);
    CHECK(session.language == "fr");
    CHECK_FALSE(session.for_minor);
    CHECK_FALSE(session.trouble);
}

TEST_CASE("forgetting the person keeps what the same reader still needs") {
    auto session = full_session();
    session.forget_person();
    check_no_person(session);
    CHECK(session.language == "en");
    CHECK(session.for_minor);  // the way on is another, and it names nobody
    CHECK(session.trouble == journey::Trouble::no_authority);
}

TEST_CASE("choosing another person keeps the card and forgets what was said about the one before") {
    auto session = full_session();
    session.choose(1);
    CHECK(session.persons.size() == 2);
    CHECK(session.enrolled == 1);
    CHECK(session.nir.view() == "178057599990175");
    CHECK(session.provisional);
    CHECK(session.language == "en");
    CHECK(session.birth_name.empty());
    CHECK(session.mobile.empty());
    CHECK(session.emergency.samu);
    CHECK(session.representative.family_name.empty());
    CHECK_FALSE(session.representative.authority_stated);
    CHECK(session.consent_language.empty());
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
