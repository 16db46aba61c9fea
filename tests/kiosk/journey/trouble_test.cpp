#include "kiosk/journey/trouble.hpp"

#include "tests/catch.hpp"

#include <set>

using base::Errc;
using journey::Trouble;

TEST_CASE("every trouble has its own code and its own text") {
    std::set<std::string_view> codes;
    std::set<std::string_view> texts;
    for (auto const& row : journey::troubles) {
        CHECK(codes.insert(row.code).second);
        CHECK(texts.insert(row.text).second);
    }
}

TEST_CASE("what a card does wrong is said as a trouble of the card") {
    CHECK(journey::trouble_of(Errc::card_mute) == Trouble::card_mute);
    CHECK(journey::trouble_of(Errc::card_vitale_1) == Trouble::card_vitale_1);
    CHECK(journey::trouble_of(Errc::transmission_failed) == Trouble::card_unreadable);
    CHECK(journey::trouble_of(Errc::reader_hung) == Trouble::reader_resting);
}
