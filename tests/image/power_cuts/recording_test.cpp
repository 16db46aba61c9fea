#include "tests/image/power_cuts/recording.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

using namespace power_cuts;
using spooler_test::TemporaryFolder;

TEST_CASE("a recording is read as it was written", "[recording]") {
    TemporaryFolder const folder;
    Recording recording;
    recording.begin = 4096;
    recording.requests = {{"first", 5000}, {"second", std::nullopt}};
    recording.versions = {{"1", "aa", "bb", 1 << 20}};
    REQUIRE(recording.write(folder.path()));
    auto const read = Recording::read(folder.path());
    REQUIRE(read);
    CHECK(read->begin == 4096);
    REQUIRE(read->requests.size() == 2);
    CHECK(read->requests[0].id == "first");
    CHECK(read->requests[0].acknowledged == 5000U);
    CHECK_FALSE(read->requests[1].acknowledged);
    REQUIRE(read->versions.size() == 1);
    CHECK(read->versions[0].kernel == "aa");
    CHECK(read->versions[0].root_bytes == 1 << 20);
}

TEST_CASE("a recording that says something else is refused with its file", "[recording]") {
    TemporaryFolder const folder;
    CHECK_FALSE(Recording::read(folder.path()));
    for (auto const* content :
         {"{", "{}", R"({"begin":-1,"requests":[],"versions":[]})",
          R"({"begin":0,"requests":[{}],"versions":[]})",
          R"({"begin":0,"requests":[],"versions":[{"name":"1","kernel":"a","root":"b"}]})"}) {
        CAPTURE(content);
        spooler_test::write(folder / "recording.json", content);
        auto const read = Recording::read(folder.path());
        REQUIRE_FALSE(read);
        CHECK(read.error().detail.find("recording.json") != std::string::npos);
    }
}
