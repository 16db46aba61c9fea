#include "drivers/simulator/catalogue.hpp"

#include "tests/drivers/base/temporary_folder.hpp"
#include "tests/drivers/simulator/support.hpp"

#include <fstream>

using namespace simulator;

namespace {

void write(std::filesystem::path const& path, std::string_view birth_date) {
    std::ofstream{path}
        << "title = \"One\"\ntests = \"Something\"\n[[person]]\nname = \"EXEMPLE\"\n"
        << "first_name = \"LUC\"\nbirth_date = \"" << birth_date << "\"\n";
}

std::string born(Catalogue const& catalogue) {
    auto const file = catalogue.find("P99").value().applications[0].files[0].content;
    return base::to_text(file).substr(file.size() - 8);
}

}  // namespace

TEST_CASE("a card is as old as the day says, whenever it is set", "[simulator][catalogue]") {
    TemporaryFolder const folder;
    write(folder / "P99.toml", "-18y");
    auto catalogue = Catalogue::open(folder / "", parse_day("2019-06-17"));
    REQUIRE(catalogue);
    CHECK(born(*catalogue) == "20010617");
    catalogue->set_today(parse_day("2024-02-29"));
    CHECK(born(*catalogue) == "20060228");
    catalogue->set_today(std::nullopt);
    CHECK(born(*catalogue) == birth_date("-18y", local_day()));
}

TEST_CASE("a profile that was changed is the new card", "[simulator][catalogue]") {
    TemporaryFolder const folder;
    write(folder / "P99.toml", "19780514");
    auto const catalogue = Catalogue::open(folder / "");
    REQUIRE(catalogue);
    write(folder / "P99.toml", "19780515");
    CHECK(born(*catalogue) == "19780515");
    write(folder / "P99.toml", "yesterday");
    CHECK(catalogue->find("P99").error().code == base::Errc::configuration_invalid);
}

TEST_CASE("only the profiles of the folder are found", "[simulator][catalogue]") {
    TemporaryFolder const folder;
    write(folder / "P99.toml", "19780514");
    auto const catalogue = Catalogue::open(folder / "");
    REQUIRE(catalogue);
    for (auto const* id : {"", "P98", "../P99", "P99.toml"})
        CHECK(catalogue->find(id).error().code == base::Errc::file_missing);
    CHECK_FALSE(Catalogue::open(folder / "nowhere"));
}
