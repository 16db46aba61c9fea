#include "kiosk/intake/dmp_outcome.hpp"

#include "tests/catch.hpp"

using namespace intake;

TEST_CASE("an outcome is one of four words, and a refusal may have a class", "[outcome]") {
    auto const id = crypto::Uuid::random();
    for (auto const* word : {"created", "already_open", "closed_earlier", "refused"}) {
        auto const outcome = dmp_outcome(id.text(), word, "");
        REQUIRE(outcome);
        CHECK(outcome->id == id);
        CHECK(name(outcome->kind) == word);
        CHECK(text_of(*outcome) == word);
    }
    CHECK(text_of(*dmp_outcome(id.text(), "refused", "unknown_identity")) ==
          "refused (unknown_identity)");
}

TEST_CASE("what is no outcome is refused with the words that are", "[outcome]") {
    auto const id = crypto::Uuid::random().text();
    CHECK_THAT(dmp_outcome("x", "created", "").error().detail, Catch::Contains("id: "));
    CHECK_THAT(dmp_outcome(id, "open", "").error().detail, Catch::Contains("already_open"));
    CHECK_THAT(dmp_outcome(id, "created", "late").error().detail,
               Catch::Contains("only a refusal"));
    // No sentence about a person fits into a class.
    for (auto const* word :
         {"Jean Exemple", "JEAN", "a/b", "émile", "longer_than_thirty-two_characters"})
        CHECK_THAT(dmp_outcome(id, "refused", word).error().detail, Catch::Contains("a-z 0-9"));
    CHECK(dmp_outcome(id, "refused", std::string(longest_refusal_class, 'a')));
}
