#include "tests/journeys/ways.hpp"

#include "kiosk/ui/read_aloud.hpp"
#include "kiosk/ui/view.hpp"
#include "tests/words_to_read.hpp"

namespace journeys {
namespace {

using namespace system_tests;
using namespace std::chrono_literals;

class Touch : public Way {
  public:
    using Way::Way;
    void choose(Choice const& choice, ui::Texts const&) override { tap(desk_, choice.widget); }
};

// Moves a focus that is seen, and selects.
class Keys : public Way {
  public:
    Keys(desk::Desk& desk, std::string_view move, std::string_view select)
        : Way(desk), move_(move), select_(select) {}

    void choose(Choice const& choice, ui::Texts const&) override {
        choose_by_keys(desk_, choice.widget, move_, select_);
    }

  private:
    std::string_view move_;
    std::string_view select_;
};

// Knows only what is said in the headphones.
class Blind : public Way {
  public:
    Blind(desk::Desk& desk, bool to_the_end) : Way(desk), to_the_end_(to_the_end) {}

    void begin(ui::Texts const& texts) override {
        must(desk_.robot().order(json{{"do", "device"}, {"headphones", true}}));
        hear(texts["speech.how"]);
    }

    void understand(ui::Texts const& texts) override { hear(texts["speech.how"]); }

    bool offers(Choice const& choice, ui::Texts const& texts) override {
        return heard_.find(as_said(choice, texts)) != std::string::npos;
    }

    void choose(Choice const& choice, ui::Texts const& texts) override {
        auto const wanted = as_said(choice, texts);
        for (int moves = 0; last_.find(wanted) == std::string::npos; ++moves) {
            INFO("listening for " << wanted << ", heard last: " << last_);
            REQUIRE(moves < 60);
            press(desk_, "Right");
            if (to_the_end_) await_silence();
            listen();
        }
        heard_.clear();
        last_.clear();
        press(desk_, "Select");
    }

    // What is asked is heard, and with it everything that can be chosen.
    void take_in(ui::Texts const& texts) override {
        std::string title;
        bool const said = base::eventually(
            [&] {
                auto const shown = listen();
                title = shown["title"];
                return heard_.find(ui::spoken_form(title, texts)) != std::string::npos;
            },
            10s);
        INFO("\"" << title << "\" was not among: " << heard_);
        CHECK(said);
        if (to_the_end_) await_silence();
    }

  private:
    void await_silence() {
        CHECK(base::eventually(
            [&] {
                listen();
                return must(desk_.robot().order(json{{"do", "audio"}}))["speaking"] == false;
            },
            300s));
    }

    static std::string as_said(Choice const& choice, ui::Texts const& texts) {
        return ui::spoken_form(choice.label, texts);
    }

    json listen() {
        auto shown = screen(desk_);
        for (auto const& said : shown["spoken"]) {
            CHECK(said["outlet"] == "headphones");
            last_ = said["text"];
            heard_.append(last_).append("\n");
        }
        return shown;
    }

    void hear(std::string_view text) {
        CHECK(base::eventually(
            [&] {
                listen();
                return heard_.find(text) != std::string::npos;
            },
            10s));
    }

    bool to_the_end_;
    std::string heard_;  // since the last choice
    std::string last_;
};

}  // namespace

bool Way::offers(Choice const& choice, ui::Texts const&) {
    auto const shown = screen(desk_);
    for (auto const& widget : shown["widgets"])
        if (widget["id"] == choice.widget) return true;
    return false;
}

std::string_view name(Kind kind) {
    switch (kind) {
    case Kind::touch: return "touch";
    case Kind::keypad: return "keypad";
    case Kind::switches: return "switches";
    case Kind::blind: return "blind";
    case Kind::blind_to_the_end: return "blind, to the end";
    }
    return "";
}

std::unique_ptr<Way> make_way(Kind kind, desk::Desk& desk) {
    switch (kind) {
    case Kind::touch: return std::make_unique<Touch>(desk);
    case Kind::keypad: return std::make_unique<Keys>(desk, "Right", "Select");
    case Kind::switches: return std::make_unique<Keys>(desk, "Switch1", "Switch2");
    case Kind::blind: return std::make_unique<Blind>(desk, false);
    case Kind::blind_to_the_end: return std::make_unique<Blind>(desk, true);
    }
    return nullptr;
}

namespace {

ui::Texts texts_of(std::string_view deck) {
    auto texts = ui::Texts::open(SOURCE_DIR "/assets", deck);
    REQUIRE(texts.has_value());
    return std::move(*texts);
}

void choose_deck(Way& way, std::string_view deck) {
    auto const french = texts_of("fr");
    auto const label = [&](std::string_view id) { return std::string{french[id]}; };
    if (deck == "fr") return;
    if (deck == ui::easy_deck) return way.choose({"easy", label("frame.easy")}, french);
    way.choose({"language", label("frame.other_language")}, french);
    way.take_in(french);
    for (auto const& language : ui::languages)
        if (language.id == deck)
            way.choose({"language_" + std::string{deck}, std::string{language.own_name}}, french);
}

struct Stop {
    std::string_view widget;
    std::string_view label;
    std::string_view leads_to;
};

constexpr std::array stops{Stop{"next", "action.next", "consent"},
                           Stop{"accept", "consent.yes", "birth_name"},
                           Stop{"name_is_birth_name", "birth_name.yes", "emergency"},
                           Stop{"next", "action.next", "contact"},
                           Stop{"next", "contact.without", "review"},
                           Stop{"send", "review.send", "recorded"}};

}  // namespace

Effort enrol(desk::Desk& desk, Kind kind, std::string_view deck) {
    using std::chrono::steady_clock;
    auto const arrived = steady_clock::now();
    auto const way = make_way(kind, desk);
    way->begin(texts_of("fr"));
    choose_deck(*way, deck);
    auto const texts = texts_of(deck);
    way->understand(texts);
    auto const began = steady_clock::now();
    auto const steps = texts["frame.step"].substr(0, texts["frame.step"].find('{'));
    insert(desk, "P01");
    wait_for(desk, "explain");
    Effort effort;
    auto const take_in = [&] {
        // Who looks at the screen takes what was said from who listens.
        if (kind == Kind::touch) effort.words += words_to_read(screen(desk), steps);
        way->take_in(texts);
    };
    auto const choose = [&](Choice const& choice) {
        way->choose(choice, texts);
        ++effort.acts;
    };
    take_in();
    for (auto const& [widget, label, leads_to] : stops) {
        INFO("for " << widget << ", then " << leads_to);
        Choice const wanted{std::string{widget}, std::string{texts[label]}};
        Choice const more{"next_page", std::string{texts["action.next_page"]}};
        while (!way->offers(wanted, texts) && way->offers(more, texts)) {
            choose(more);
            take_in();
        }
        choose(wanted);
        wait_for(desk, leads_to);
        take_in();
    }
    effort.to_begin = began - arrived;
    effort.took = steady_clock::now() - began;
    must(desk.wait_until_sent(20s));
    return effort;
}

}  // namespace journeys
