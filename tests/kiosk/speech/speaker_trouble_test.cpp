#include "drivers/base/eventually.hpp"
#include "kiosk/speech/speaker.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/speech/scene.hpp"

#include <utility>

using namespace speech;
using namespace std::chrono_literals;

namespace {

Utterance open_words(std::string_view text) { return {text, "fr", Privacy::open}; }

}  // namespace

TEST_CASE("a language without a voice fails alone") {
    Scene scene;
    auto& speaker = scene.begin();
    auto const strange = speaker.say({"nuqneH", "tlh-xx", Privacy::open}, When::queued);
    auto const known = speaker.say(open_words("Oui"), When::queued);
    auto const failed = scene.await(strange);
    CHECK(failed.outcome == Outcome::failed);
    REQUIRE(failed.error);
    CHECK(failed.error->code == base::Errc::file_unreadable);
    CHECK(scene.await(known).outcome == Outcome::said);
}

TEST_CASE("without a sound device the kiosk works on, is told once, and again when it asks") {
    Scene scene;
    scene.options.audio.device = scene.folder / "not-there" / "played.raw";
    auto& speaker = scene.begin();
    auto const status = scene.await_status();
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == base::Errc::system_failed);
    for (int i = 0; i < 3; ++i)
        CHECK(scene.await(speaker.say(open_words("Oui"), When::queued)).outcome == Outcome::failed);
    CHECK_FALSE(scene.has_status());
    speaker.open();
    CHECK_FALSE(scene.await_status().has_value());

    std::filesystem::create_directory(scene.folder / "not-there");
    speaker.open();
    CHECK(scene.await_status().has_value());
    CHECK(scene.await(speaker.say(open_words("Oui"), When::queued)).outcome == Outcome::said);
}

TEST_CASE("a sound driver that does not exist is a trouble, not an end") {
    Scene scene;
    scene.options.audio.driver = "gramophone";
    auto& speaker = scene.begin();
    CHECK_FALSE(scene.await_status().has_value());
    CHECK(scene.await(speaker.chime(Chime::done)).outcome == Outcome::failed);
}

TEST_CASE("in quiet times the device is closed, and opened again for the next word") {
    Scene scene;
    scene.options.audio.driver = "dummy";
    scene.options.audio.device = "";
    scene.options.rest_after = 200ms;
    auto& speaker = scene.begin();
    CHECK(scene.await_status().has_value());
    for (std::uint64_t rests = 1; rests <= 2; ++rests) {
        CHECK(base::eventually([&] { return speaker.figures().rests == rests; }, 10s));
        CHECK(scene.await(speaker.say(open_words("Oui"), When::queued)).outcome == Outcome::said);
    }
    CHECK_FALSE(scene.has_status());
}
