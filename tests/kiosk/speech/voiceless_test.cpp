// A program of its own: espeak-ng, once begun in a process, keeps its voices.
#include "kiosk/speech/speaker.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/speech/scene.hpp"

using namespace speech;

TEST_CASE("without voices the speaker says so once, chimes, and speaks when they are there") {
    Scene scene;
    std::filesystem::create_directories(scene.folder / "espeak-ng-data");
    REQUIRE(::setenv("ESPEAK_DATA_PATH", scene.folder.c_str(), 1) == 0);
    auto& speaker = scene.begin();
    auto const status = scene.await_status();
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == base::Errc::file_unreadable);

    auto const said = scene.await(speaker.say({"Bonjour", "fr", Privacy::open}, When::queued));
    CHECK(said.outcome == Outcome::failed);
    REQUIRE(said.error);
    CHECK(said.error->code == base::Errc::file_unreadable);
    CHECK(scene.await(speaker.chime(Chime::done)).outcome == Outcome::said);
    CHECK_FALSE(scene.has_status());

    REQUIRE(::unsetenv("ESPEAK_DATA_PATH") == 0);
    speaker.open();
    CHECK(scene.await_status().has_value());
    CHECK(scene.await(speaker.say({"Bonjour", "fr", Privacy::open}, When::queued)).outcome ==
          Outcome::said);
}
