#include "drivers/screen/card.hpp"

#include "tests/catch.hpp"

#include <cstdlib>
#include <fstream>

namespace {

struct Folder {
    std::filesystem::path path;
    Folder() {
        char name[] = "/tmp/screen-cards-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        path = name;
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }

    void holds(std::string const& name) const { std::ofstream{path / name} << "no card"; }
};

}  // namespace

TEST_CASE("cards are tried in the order of their numbers, and nothing else is taken for one") {
    Folder const folder;
    for (auto const* name : {"card10", "card2", "renderD128", "card", "cardinal", "card1x"})
        folder.holds(name);
    auto const cards = screen::list_cards(folder.path);
    REQUIRE(cards.size() == 2);
    CHECK(cards[0].filename() == "card2");
    CHECK(cards[1].filename() == "card10");
}

TEST_CASE("a machine without a card has none, and a file is no card") {
    CHECK(screen::list_cards("/nowhere/dri").empty());
    Folder const folder;
    folder.holds("card0");
    for (auto const* name : {"card0", "card1"}) {
        auto const card = screen::Card::open(folder.path / name);
        REQUIRE_FALSE(card);
        CHECK(card.error().code == base::Errc::connection_lost);
        CHECK_THAT(card.error().detail, Catch::Contains(name));
    }
}
