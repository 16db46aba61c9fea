#include "kiosk/speech/synthesizer.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

using namespace speech;

namespace {

using Samples = std::vector<std::int16_t>;

Samples spoken(Synthesizer& synthesizer, std::string_view text, std::string_view language,
               Rate rate = {}) {
    Samples samples;
    auto const said = synthesizer.say(text, language, rate, [&](auto chunk) {
        samples.insert(samples.end(), chunk.begin(), chunk.end());
        return true;
    });
    REQUIRE(said.has_value());
    return samples;
}

double loudness(Samples const& samples) {
    double sum = 0;
    for (auto const sample : samples)
        sum += static_cast<double>(sample) * sample;
    return samples.empty() ? 0 : std::sqrt(sum / static_cast<double>(samples.size()));
}

Synthesizer opened() {
    auto synthesizer = Synthesizer::open();
    REQUIRE(synthesizer.has_value());
    return std::move(*synthesizer);
}

}  // namespace

TEST_CASE("each of the five languages is spoken, and sounds different") {
    auto synthesizer = opened();
    // Read by all five: what differs is the language.
    constexpr auto text = "Internet 2 4 7";
    std::map<std::string, Samples> all;
    for (auto const* language : {"fr", "en", "es", "pt", "ar"}) {
        CAPTURE(language);
        auto samples = spoken(synthesizer, text, language);
        CHECK(samples.size() > static_cast<std::size_t>(synthesizer.sample_rate() / 2));
        CHECK(loudness(samples) > 500);
        for (auto const& [other, heard] : all) {
            CAPTURE(other);
            auto const common = std::min(heard.size(), samples.size());
            CHECK_FALSE(std::equal(heard.begin(), heard.begin() + static_cast<long>(common),
                                   samples.begin()));
            CHECK(heard.size() != samples.size());
        }
        all.emplace(language, std::move(samples));
    }
}

TEST_CASE("each language speaks its own script") {
    auto synthesizer = opened();
    CHECK(loudness(spoken(synthesizer, "Retirez votre carte\u202f!", "fr")) > 500);
    CHECK(loudness(spoken(synthesizer, "Take your card", "en")) > 500);
    CHECK(loudness(spoken(synthesizer, "Retire su tarjeta, señor", "es")) > 500);
    CHECK(loudness(spoken(synthesizer, "Retire o seu cartão", "pt")) > 500);
    CHECK(loudness(spoken(synthesizer, "خذ بطاقتك", "ar")) > 500);
}

TEST_CASE("a language that no voice speaks is an error, not another language") {
    auto synthesizer = opened();
    REQUIRE(!spoken(synthesizer, "Bonjour", "fr").empty());
    for (auto const* language : {"xx", "", "fran", "e", "french", "mb", "fr_FR"}) {
        CAPTURE(language);
        bool heard = false;
        auto const said = synthesizer.say("Bonjour", language, {}, [&](auto) {
            heard = true;
            return true;
        });
        REQUIRE_FALSE(said.has_value());
        CHECK(said.error().code == base::Errc::file_unreadable);
        CHECK_FALSE(heard);
    }
    CHECK(!spoken(synthesizer, "Bonjour", "fr").empty());
}

TEST_CASE("Portuguese is not that of Brazil") {
    auto synthesizer = opened();
    auto const length = [&](std::string_view language) {
        return spoken(synthesizer, "O seu cartão está no leitor, até amanhã.", language).size();
    };
    auto const brazilian = static_cast<double>(length("pt-br"));
    CHECK(length("pt") != Approx(brazilian).epsilon(0.005));
    CHECK(length("pt-br") == Approx(brazilian).epsilon(0.005));
}

TEST_CASE("a faster rate takes less time") {
    auto synthesizer = opened();
    Rate rate;
    while (!rate.slowest())
        rate.slower();
    auto longest = spoken(synthesizer, "Mettez votre carte dans le lecteur", "fr", rate).size();
    while (!rate.fastest()) {
        rate.faster();
        auto const length =
            spoken(synthesizer, "Mettez votre carte dans le lecteur", "fr", rate).size();
        CHECK(length < longest);
        longest = length;
    }
}

TEST_CASE("the rate stays when the language changes") {
    auto synthesizer = opened();
    Rate fast;
    while (!fast.fastest())
        fast.faster();
    auto const first = spoken(synthesizer, "Bonjour tout le monde", "fr", fast).size();
    spoken(synthesizer, "Hello", "en", fast);
    CHECK(spoken(synthesizer, "Bonjour tout le monde", "fr", fast).size() ==
          Approx(static_cast<double>(first)).epsilon(0.02));
}

TEST_CASE("a listener that wants no more hears no more, and the next is heard whole") {
    auto synthesizer = opened();
    std::string text;
    for (int i = 0; i < 200; ++i)
        text += "Encore une phrase. ";
    int chunks = 0;
    REQUIRE(synthesizer.say(text, "fr", {}, [&](auto) { return ++chunks < 3; }).has_value());
    CHECK(chunks == 3);
    CHECK(!spoken(synthesizer, "Bonjour", "fr").empty());
}

TEST_CASE("no text can command the voice, whatever bytes it holds") {
    auto synthesizer = opened();
    auto const length = [&](std::string_view text) {
        return static_cast<double>(spoken(synthesizer, text, "fr").size());
    };
    auto const plain = length("Bonjour tout le monde");
    // "\x01" and a number is a command of espeak-ng: here it would say all that follows faster.
    length("Bonjour \x01"
           "400S tout le monde");
    CHECK(length("Bonjour tout le monde") == Approx(plain).epsilon(0.02));
    CHECK(length(std::string_view{"Bonjour\0tout le monde", 21}) == Approx(plain).epsilon(0.05));
    length("\xff\xfe\xc3 <speak> [[h@loU]] &amp; \xf0\x9f\x99\x82");
    length("");
    length(std::string(20000, 'a'));
    CHECK(length("Bonjour tout le monde") == Approx(plain).epsilon(0.02));
}

TEST_CASE("there is one synthesizer at a time, and another after it") {
    {
        auto first = opened();
        auto const second = Synthesizer::open();
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().code == base::Errc::refused);
        CHECK(!spoken(first, "Bonjour", "fr").empty());
    }
    for (int i = 0; i < 5; ++i) {
        auto next = opened();
        CHECK(!spoken(next, "Bonjour", "fr").empty());
    }
}
