#include "kiosk/update/state.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/crypto/pki.hpp"

#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

using namespace update;

namespace {

struct Folder {
    pki::TemporaryFolder place;
    State state = State::open(place / "update").value();

    void write(char const* name, std::string const& text) const {
        std::ofstream{place / "update" / name} << text;
    }
    std::vector<nlohmann::json> history() const {
        std::ifstream file{place / "update/history"};
        std::vector<nlohmann::json> lines;
        for (std::string line; std::getline(file, line);)
            lines.push_back(nlohmann::json::parse(line));
        return lines;
    }
};

Release release(std::int64_t build, std::string kernel = std::string(64, 'a')) {
    return {"dmp-kiosk-amd64", "1." + std::to_string(build), build, std::move(kernel)};
}

}  // namespace

TEST_CASE("the floor only rises", "[update]") {
    Folder const folder;
    CHECK(folder.state.floor() == 0);
    REQUIRE(folder.state.raise_floor(200));
    REQUIRE(folder.state.raise_floor(100));
    CHECK(folder.state.floor() == 200);
}

TEST_CASE("a floor that cannot be read is not taken for none", "[update]") {
    Folder const folder;
    for (auto const* text : {"x\n", "-1\n", "200", "200 \n", "99999999999999999999\n"}) {
        CAPTURE(text);
        folder.write("floor", text);
        CHECK_FALSE(folder.state.floor());
        CHECK_FALSE(folder.state.raise_floor(300));
    }
}

TEST_CASE("failures are kept with their reason, whatever else stands there", "[update]") {
    Folder const folder;
    folder.write("failures", "{\"half\n[]\n");
    REQUIRE(folder.state.add({release(1), "it did not start", true}));
    REQUIRE(folder.state.add({release(2), "no reader", false}));
    auto const all = folder.state.failures();
    REQUIRE(all.size() == 2);
    CHECK(all[0].release.build == 1);
    CHECK(all[0].release.kernel_sha256 == std::string(64, 'a'));
    CHECK(all[0].reason == "it did not start");
    CHECK(all[0].is_its_own);
    CHECK_FALSE(all[1].is_its_own);
}

TEST_CASE("of failures and history the newest are kept", "[update]") {
    Folder const folder;
    for (int build = 1; build <= 60; ++build)
        REQUIRE(folder.state.add({release(build), "x", true}));
    auto const failures = folder.state.failures();
    CHECK(failures.size() == 50);
    CHECK(failures.front().release.build == 11);
    CHECK(failures.back().release.build == 60);
    std::string older;
    for (int line = 0; line < 600; ++line)
        older += "{}\n";
    folder.write("history", older);
    REQUIRE(folder.state.tell("accepted", release(7), "it has proved itself"));
    auto const history = folder.history();
    CHECK(history.size() == 500);
    CHECK(history.back()["what"] == "accepted");
    CHECK(history.back()["build"] == 7);
    CHECK(history.back()["sentence"] == "it has proved itself");
    CHECK(history.back()["at"].get<std::string>().size() == 20);
}

TEST_CASE("a trial and the surroundings are read as they were kept", "[update]") {
    Folder const folder;
    CHECK_FALSE(folder.state.trial());
    CHECK_FALSE(folder.state.last_good());
    REQUIRE(folder.state.keep(Trial{Slot::b, release(5), 2, 1}));
    auto const trial = folder.state.trial();
    REQUIRE(trial);
    CHECK(trial->slot == Slot::b);
    CHECK(trial->release.build == 5);
    CHECK(trial->starts == 2);
    CHECK(trial->ended_by_the_mains == 1);
    REQUIRE(folder.state.end_trial());
    REQUIRE(folder.state.end_trial());
    CHECK_FALSE(folder.state.trial());
    Surroundings const surroundings{true, false, "no_link", "S05", false};
    REQUIRE(folder.state.keep(surroundings));
    CHECK(folder.state.last_good() == surroundings);
    folder.write("trial.json", "{\"slot\":\"c\"}");
    CHECK_FALSE(folder.state.trial());
}
