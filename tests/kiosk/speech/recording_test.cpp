#include "kiosk/speech/recording.hpp"

#include "tests/catch.hpp"
#include "tests/kiosk/speech/scene.hpp"
#include "tests/kiosk/speech/wave_file.hpp"

using namespace speech;

TEST_CASE("a recording becomes mono at the voice's rate, as long and as loud as it was") {
    auto const rate = GENERATE(8000U, 11025U, 22050U, 44100U, 48000U);
    auto const channels = static_cast<std::uint16_t>(GENERATE(1, 2));
    INFO(rate << " Hz, " << channels << " channels");
    Scene const scene;
    auto const file = scene.folder / "tone.wav";
    write_tone(file, {.rate = rate, .channels = channels, .frames = rate});
    auto const samples = samples_of_recording(file, 22050);
    if (!samples) FAIL(base::describe(samples.error()));
    CHECK(samples->size() > 22000);
    CHECK(samples->size() < 24000);
    CHECK(peak(*samples) > 9000);
    CHECK(peak(*samples) < 11000);
}

TEST_CASE("what is no recording is refused with its name and the reason") {
    Scene const scene;
    auto const refused = [&](std::filesystem::path const& file) {
        auto const samples = samples_of_recording(file, 22050);
        REQUIRE_FALSE(samples.has_value());
        CHECK(samples.error().code == base::Errc::file_unreadable);
        return samples.error().detail;
    };
    CHECK(refused(scene.folder / "absent.wav").find("absent.wav") != std::string::npos);
    auto const broken = scene.folder / "broken.wav";
    write_tone(broken, {.frames = 1000});
    std::filesystem::resize_file(broken, 20);
    CHECK(refused(broken).find("broken.wav") != std::string::npos);
    auto const endless = scene.folder / "endless.wav";
    write_tone(endless, {.frames = 1000});
    std::filesystem::resize_file(endless, 65U << 20U);
    CHECK(refused(endless).find("64 MB") != std::string::npos);
    auto const lecture = scene.folder / "lecture.wav";
    write_tone(lecture, {.rate = 8000, .frames = 8000 * 121});
    CHECK(refused(lecture).find("two minutes") != std::string::npos);
}

TEST_CASE("a recorded text is heard from its recording, an unreadable one from the voice") {
    Scene scene;
    auto const silence = scene.folder / "silence.wav";
    write_tone(silence, {.frames = 11025, .loudness = 0});
    auto& speaker = scene.begin();
    CHECK(scene.await_status().has_value());
    SECTION("the recording") {
        CHECK(scene.await(speaker.say({"Bonjour", "fr", Privacy::open, silence}, When::queued))
                  .outcome == Outcome::said);
        CHECK_FALSE(scene.has_status());
        CHECK(peak(scene.played()) == 0);
    }
    SECTION("the voice, and a word about the file") {
        CHECK(scene
                  .await(speaker.say({"Bonjour", "fr", Privacy::open, scene.folder / "absent.wav"},
                                     When::queued))
                  .outcome == Outcome::said);
        auto const status = scene.await_status();
        REQUIRE_FALSE(status.has_value());
        CHECK(status.error().detail.find("absent.wav") != std::string::npos);
        CHECK(peak(scene.played()) > 1000);
    }
    SECTION("a confidential one is refused like the voice") {
        CHECK(
            scene.await(speaker.say({"Dupont", "fr", Privacy::confidential, silence}, When::queued))
                .outcome == Outcome::refused);
    }
}
