#include "kiosk/ui/read_aloud.hpp"

#include "kiosk/ui/confidential.hpp"
#include "kiosk/ui/written.hpp"
#include "tests/kiosk/ui/stage.hpp"

#include <algorithm>
#include <set>

namespace {

using journey::State;

ui::Texts texts_of(std::string_view deck) {
    auto texts = ui::Texts::open(samples::assets(), deck);
    REQUIRE(texts.has_value());
    return std::move(*texts);
}

struct Scene {
    std::unique_ptr<samples::Stage> stage;
    ui::Site site = samples::site();
    journey::Session session = samples::one_adult();
    ui::ReadAloud voice;

    explicit Scene(std::string_view deck = "fr")
        : stage(samples::stage(samples::in(deck, samples::portrait))) {}

    std::optional<ui::Phrases> show(State state, std::string_view focused = {},
                                    std::uint64_t instance = 1) {
        ui::View const view{state, session, site, true};
        return voice.follow(stage->lay_out(view), view, instance, focused, stage->texts());
    }
};

bool says(std::optional<ui::Phrases> const& phrases, std::string_view text) {
    return phrases && std::ranges::any_of(*phrases, [&](ui::Phrase const& phrase) {
               return phrase.text.find(text) != std::string::npos;
           });
}

}  // namespace

TEST_CASE("every word of every screen is said, and all that can be chosen on it", "[ui]") {
    for (auto const deck : ui::decks) {
        Scene scene{deck};
        for (auto const& row : journey::states) {
            scene.session = samples::in_state(samples::one_adult(), row.state);
            ui::View const view{row.state, scene.session, scene.site, true};
            auto const shown = scene.stage->lay_out(view);
            auto const said = scene.voice.whole(shown, view, scene.stage->texts());
            std::string all;
            for (auto const& phrase : said)
                all.append(phrase.text).append("\n");
            std::set<std::string> surrounding;
            for (auto const& widget : shown.widgets)
                if (ui::surrounds_every_screen(widget.id) || widget.role == ui::Role::key)
                    surrounding.insert(widget.label);
            for (auto const& text : shown.texts) {
                if (surrounding.contains(text)) continue;
                INFO(deck << ", " << row.name << ": " << text);
                CHECK(all.find(ui::spoken_form(text, scene.stage->texts())) != std::string::npos);
            }
        }
    }
}

TEST_CASE("a screen is said once, then only what changes on it", "[ui]") {
    Scene scene;
    CHECK(says(scene.show(State::emergency), "urgence"));
    CHECK_FALSE(scene.show(State::emergency).has_value());
    auto const focus = scene.show(State::emergency, "toggle_samu");
    REQUIRE(says(focus, "SAMU"));
    CHECK(focus->size() == 1);
    scene.session.emergency.samu = false;
    CHECK(says(scene.show(State::emergency, "toggle_samu"), "décoché"));
    CHECK(says(scene.show(State::contact, {}, 2), "mobile"));
}

TEST_CASE("names, dates, numbers and addresses are private wherever they stand", "[ui]") {
    Scene scene;
    auto const texts = texts_of("fr");
    for (auto const& row : journey::states) {
        if (row.phase != journey::Phase::session) continue;
        scene.session = samples::in_state(samples::one_adult(), row.state);
        ui::View const view{row.state, scene.session, scene.site, true};
        for (auto const& phrase :
             scene.voice.whole(scene.stage->lay_out(view), view, scene.stage->texts())) {
            if (phrase.confidential) continue;
            INFO(row.name << ": " << phrase.text);
            for (auto const* const own : {"EXEMPLE", "LUC", "1978", "laposte", "12, 34", "78, 05"})
                CHECK(phrase.text.find(own) == std::string::npos);
        }
    }
}

TEST_CASE("a short name is not found within other words, and what is open stays open", "[ui]") {
    auto const texts = texts_of("fr");
    journey::Session session;
    session.persons.emplace_back();
    session.persons[0].family_name = std::string_view{"LI"};
    ui::Confidential const confidential{session, State::explain, texts};
    CHECK(confidential.holds("Je suis LI."));
    CHECK(confidential.holds("Êtes‑vous LI\u202F?"));
    CHECK_FALSE(confidential.holds("LIRE la suite"));
    CHECK_FALSE(confidential.holds("Comptez environ 2 minutes."));
}

TEST_CASE("where something is typed everything is private", "[ui]") {
    auto const texts = texts_of("fr");
    journey::Session const session;
    CHECK(ui::Confidential{session, State::mobile_entry, texts}.holds("Touche 7"));
    CHECK_FALSE(ui::Confidential{session, State::contact, texts}.holds("Touche 7"));
}

TEST_CASE("what is written short is said at length, and numbers in their groups", "[ui]") {
    auto const texts = texts_of("fr");
    CHECK(ui::spoken_form("Votre DMP", texts) == "Votre D M P");
    CHECK(ui::spoken_form("06\u00A012\u00A034", texts) == "06, 12, 34");
    CHECK(ui::spoken_form("1\u00A078\u00A005\u00A0•••", texts) == "1, 78, 05\u00A0");
    CHECK(ui::spoken_form("guichet\u00A03", texts) == "guichet\u00A03");
}

TEST_CASE("help begins with where one is, and its closing reads the screen again", "[ui]") {
    for (auto const deck : ui::decks) {
        Scene scene{deck};
        auto const& texts = scene.stage->texts();
        ui::View view{State::consent, scene.session, scene.site, true};
        auto const follow = [&] {
            return scene.voice.follow(scene.stage->lay_out(view), view, 1, {}, texts);
        };
        auto const whole = follow();
        REQUIRE(whole);
        view.help = true;
        auto const help = follow();
        REQUIRE(help);
        CHECK(help->front().text == ui::step_of(2, texts));
        auto const title = scene.stage->lay_out({State::consent, scene.session, scene.site}).title;
        CHECK((*help)[1].text.find(ui::spoken_form(title, texts)) != std::string::npos);
        CHECK(says(help, ui::spoken_form(texts["help.title"], texts)));
        view.help = false;
        auto const again = follow();
        REQUIRE(again);
        CHECK(again->size() == whole->size());
    }
}

TEST_CASE("another pace is said when it is chosen", "[ui]") {
    Scene scene;
    scene.session.comfort.listen = true;
    ui::View view{State::consent, scene.session, scene.site, true};
    view.help = true;
    auto const follow = [&] {
        return scene.voice.follow(scene.stage->lay_out(view), view, 1, {}, scene.stage->texts());
    };
    REQUIRE(follow());
    CHECK_FALSE(follow());
    scene.session.comfort.pace = 1;
    CHECK(says(follow(), "4 sur 5"));
}

TEST_CASE("what is tried with the reader is said, and not each time its seconds change", "[ui]") {
    Scene scene;
    scene.session = {};
    auto const show = [&](journey::Rung rung, int seconds) {
        ui::View view{State::reader_trouble, scene.session, scene.site};
        view.recovery = {rung, std::chrono::seconds{seconds}};
        return scene.voice.follow(scene.stage->lay_out(view), view, 1, {}, scene.stage->texts());
    };
    CHECK(says(show(journey::Rung::power_cycle, 20), "Encore 20"));
    CHECK_FALSE(show(journey::Rung::power_cycle, 15));
    CHECK_FALSE(show(journey::Rung::power_cycle, 10));
    auto const next = show(journey::Rung::pcscd_restart, 15);
    CHECK(says(next, scene.stage->texts()["reader_ladder.pcscd_restart"]));
    CHECK_FALSE(says(next, "Encore"));
}
