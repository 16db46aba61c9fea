#include "kiosk/speech/speaker.hpp"

#include "drivers/base/eventually.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/speech/scene.hpp"

#include <string>

using namespace speech;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t buffer_samples = 512;

Utterance open_words(std::string_view text) { return {text, "fr", Privacy::open}; }

// Half a minute, so that what ends before was ended.
Utterance long_text(Privacy privacy) {
    std::string text;
    for (int i = 0; i < 20; ++i)
        text += "Voici encore une phrase. ";
    return {text, "fr", privacy};
}

// The end of what was played, from where the device was `buffers` ago. Three are left out: the one
// being played, the one with the fade, and what SDL had in hand when it was closed.
std::vector<std::int16_t> last(std::vector<std::int16_t> const& played, std::uint64_t buffers) {
    auto const count = (buffers - 3) * buffer_samples;
    REQUIRE(played.size() > count);
    return {played.end() - static_cast<std::ptrdiff_t>(count), played.end()};
}

// Whether something was heard before, and nothing since the device had played so many buffers.
bool silent_since(std::uint64_t before, Scene& scene, Speaker& speaker) {
    scene.await_buffers(20);
    auto const after = speaker.figures().buffers - before;
    auto const played = scene.played();
    return peak(played) > 1000 && peak(last(played, after)) == 0;
}

}  // namespace

TEST_CASE("what is said is played, and finished is told once it was") {
    Scene scene;
    auto& speaker = scene.begin();
    CHECK(scene.await_status().has_value());
    CHECK_FALSE(speaker.speaking());
    auto const ticket = speaker.say(open_words("Bonjour"), When::queued);
    CHECK(speaker.speaking());
    CHECK(scene.await(ticket).outcome == Outcome::said);
    CHECK_FALSE(speaker.speaking());
    CHECK(speaker.figures().latency);
    CHECK(speaker.figures().heard == 1);
    CHECK(peak(scene.played()) > 1000);
}

TEST_CASE("what is queued is said in its order, each finished once") {
    Scene scene;
    auto& speaker = scene.begin();
    auto const first = speaker.say(open_words("Un"), When::queued);
    auto const chime = speaker.chime(Chime::done);
    auto const second = speaker.say({"Two", "en", Privacy::open}, When::queued);
    CHECK(scene.await(second).outcome == Outcome::said);
    CHECK(scene.await(first).outcome == Outcome::said);
    CHECK(scene.await(chime).outcome == Outcome::said);
    CHECK_FALSE(scene.has_finished());
    CHECK(speaker.figures().gaps == 0);
}

TEST_CASE("louder by 12 dB is four times the amplitude, for chimes and for words") {
    auto const at = [](int steps_louder, bool words) {
        Scene scene;
        auto& speaker = scene.begin();
        Volume volume;
        for (int i = 0; i < steps_louder; ++i)
            volume.louder();
        speaker.set_volume(Outlet::loudspeaker, volume);
        scene.await(words ? speaker.say(open_words("Bonjour"), When::queued)
                          : speaker.chime(Chime::attention));
        return static_cast<double>(peak(scene.played()));
    };
    CHECK(at(4, false) / at(0, false) == Approx(3.98).epsilon(0.01));
    // espeak-ng never says a thing exactly alike twice.
    CHECK(at(4, true) / at(0, true) == Approx(3.98).epsilon(0.2));
}

TEST_CASE("a stop leaves silence, and what is said next is heard") {
    Scene scene;
    auto& speaker = scene.begin();
    auto const said = speaker.say(long_text(Privacy::open), When::queued);
    auto const queued = speaker.say(open_words("Jamais dit"), When::queued);
    scene.await_sound();
    scene.await_buffers(10);  // the first are soft
    auto const before = speaker.figures().buffers;
    speaker.stop();
    CHECK(scene.await(said).outcome == Outcome::interrupted);
    CHECK(scene.await(queued).outcome == Outcome::interrupted);

    SECTION("silence") { CHECK(silent_since(before, scene, speaker)); }
    SECTION("the next") {
        CHECK(scene.await(speaker.say(open_words("Oui"), When::queued)).outcome == Outcome::said);
    }
}

TEST_CASE("what is said at once interrupts what is said and all that is queued") {
    Scene scene;
    auto& speaker = scene.begin();
    auto const first = speaker.say(long_text(Privacy::open), When::queued);
    auto const second = speaker.say(open_words("Jamais dit"), When::queued);
    scene.await_sound();
    auto const third = speaker.say(open_words("Tout de suite"), When::at_once);
    CHECK(scene.await(third).outcome == Outcome::said);
    CHECK(scene.await(first).outcome == Outcome::interrupted);
    CHECK(scene.await(second).outcome == Outcome::interrupted);
    CHECK(speaker.figures().heard == 2);
}

TEST_CASE("confidential words are refused on the loudspeaker, counted, and leave no sound") {
    Scene scene;
    auto& speaker = scene.begin();
    auto const ticket = speaker.say({"Dupont", "fr", Privacy::confidential}, When::queued);
    CHECK(scene.await(ticket).outcome == Outcome::refused);
    scene.await_buffers(20);
    CHECK(speaker.figures().refused == 1);
    CHECK(speaker.figures().heard == 0);
    CHECK(peak(scene.played()) == 0);
}

TEST_CASE("confidential words that come past the speaker are refused before they become sound") {
    Narrator::Orders orders;
    Playback playback;
    SpeakerCounts counts;
    std::vector<Outcome> told;
    Narrator narrator{{.audio = {.driver = "dummy", .device = {}}},
                      {.finished =
                           [&](Finished const& finished) {
                               told.push_back(finished.outcome);
                               orders.post(Narrator::Quit{});
                           },
                       .status = [](auto const&) {}},
                      orders,
                      playback,
                      counts};
    orders.post(Narrator::Item{Ticket{1}, playback.epoch(), Playback::Clock::now(),
                               Utterance{"Dupont", "fr", Privacy::confidential}});
    narrator.run();
    CHECK(told == std::vector{Outcome::refused});
    CHECK(counts.refused == 1);
    CHECK(playback.heard() == 0);
}

TEST_CASE("what says nothing of its privacy is confidential") {
    Scene scene;
    auto& speaker = scene.begin();
    CHECK(scene.await(speaker.say({"Dupont", "fr"}, When::queued)).outcome == Outcome::refused);
}

TEST_CASE("a refused text that was to be said at once silences what it was to replace") {
    Scene scene;
    auto& speaker = scene.begin();
    auto const first = speaker.say(long_text(Privacy::open), When::queued);
    scene.await_sound();
    auto const second = speaker.say({"Dupont", "fr"}, When::at_once);
    CHECK(scene.await(first).outcome == Outcome::interrupted);
    CHECK(scene.await(second).outcome == Outcome::refused);
}

TEST_CASE("headphones pulled out in mid-sentence: silence, and the loudspeaker speaks afterwards") {
    auto const privacy = GENERATE(Privacy::open, Privacy::confidential);
    Scene scene;
    auto& speaker = scene.begin();
    speaker.set_outlet(Outlet::headphones);
    auto const said = speaker.say(long_text(privacy), When::queued);
    auto const queued = speaker.say(long_text(privacy), When::queued);
    scene.await_sound();
    scene.await_buffers(10);  // the first are soft
    auto const before = speaker.figures().buffers;
    speaker.set_outlet(Outlet::loudspeaker);
    CHECK(scene.await(said).outcome == Outcome::interrupted);
    CHECK(scene.await(queued).outcome == Outcome::interrupted);

    SECTION("silence, also when they come back") {
        speaker.set_outlet(Outlet::headphones);
        CHECK(silent_since(before, scene, speaker));
    }
    SECTION("not for ever") {
        CHECK(scene.await(speaker.say(open_words("Oui"), When::queued)).outcome == Outcome::said);
    }
}

TEST_CASE("headphones put in: what is said goes on") {
    Scene scene;
    auto& speaker = scene.begin();
    auto const said = speaker.say(open_words("Mettez votre carte dans le lecteur"), When::queued);
    scene.await_sound();
    speaker.set_outlet(Outlet::headphones);
    CHECK(scene.await(said).outcome == Outcome::said);
}

TEST_CASE("a speaker that ends in mid-sentence tells what it did not say") {
    Scene scene;
    auto& speaker = scene.begin();
    auto const said = speaker.say(long_text(Privacy::open), When::queued);
    auto const queued = speaker.say(open_words("Jamais dit"), When::queued);
    scene.await_sound();
    scene.played();
    CHECK(scene.await(said).outcome == Outcome::interrupted);
    CHECK(scene.await(queued).outcome == Outcome::interrupted);
}

TEST_CASE("orders of a hurried person are each answered, whatever their order") {
    Scene scene;
    scene.options.audio.driver = "dummy";
    scene.options.audio.device = "";
    auto& speaker = scene.begin();
    std::vector<Ticket> tickets;
    Volume volume;
    Rate rate;
    for (int i = 0; i < 200; ++i) {
        switch (i % 7) {
        case 0: speaker.set_outlet(i % 2 == 0 ? Outlet::headphones : Outlet::loudspeaker); break;
        case 1: tickets.push_back(speaker.say({"Dupont", "fr"}, When::queued)); break;
        case 2:
            tickets.push_back(speaker.say({"Hello", "en", Privacy::open}, When::at_once));
            break;
        case 3: tickets.push_back(speaker.chime(Chime::attention)); break;
        case 4: speaker.stop(); break;
        case 5:
            volume.louder();
            speaker.set_volume(Outlet::headphones, volume);
            rate.faster();
            speaker.set_rate(rate);
            break;
        case 6: tickets.push_back(speaker.say(long_text(Privacy::open), When::queued)); break;
        }
        if (i % 20 == 0) scene.await_buffers(2);
    }
    speaker.stop();
    for (auto const ticket : tickets)
        scene.await(ticket);
    CHECK_FALSE(scene.has_finished());
    CHECK(base::eventually([&] { return !speaker.speaking(); }, 10s));
}
