#include "kiosk/ui/focus.hpp"
#include "tests/kiosk/ui/stage.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace {

using journey::State;
using samples::stage;

constexpr std::array all_sizes{journey::TextSize::usual, journey::TextSize::larger,
                               journey::TextSize::large, journey::TextSize::largest};

// Words in the sense of a reader: runs of characters between blanks, with a letter or digit.
int words(std::string_view text) {
    int count = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool blank = text[i] == ' ' || text[i] == '\n';
        for (std::string_view const space : {"\u00A0", "\u202F"})
            if (text.substr(i).starts_with(space)) {
                blank = true;
                i += space.size() - 1;
                break;
            }
        bool const sign = std::string_view{"?!:;,.•"}.find(text[i]) != std::string_view::npos;
        if (!blank && !sign && !inside) ++count;
        if (!sign || blank) inside = !blank;
    }
    return count;
}

}  // namespace

TEST_CASE("one adult without contact reads at most 200 words from card to receipt", "[ui]") {
    for (auto const language : ui::decks) {
        auto const theatre = stage(samples::in(language, samples::portrait));
        auto session = samples::one_adult();
        session.mobile.clear();
        session.email.clear();
        auto const site = samples::site();
        auto const steps =
            theatre->texts()["frame.step"].substr(0, theatre->texts()["frame.step"].find('{'));
        int total = 0;
        for (auto const state : {State::explain, State::consent, State::birth_name,
                                 State::emergency, State::contact, State::review}) {
            auto const shown = theatre->draw({state, session, site, true});
            // Links lead back or to more, and the frame is on every screen: none need be read to
            // go on.
            std::set<std::string, std::less<>> optional;
            for (auto const& widget : shown.widgets)
                if (widget.role == ui::Role::link || ui::surrounds_every_screen(widget.id))
                    optional.insert(widget.label);
            int here = 0;
            for (auto const& text : shown.texts)
                if (!optional.contains(text) && !text.starts_with(steps)) here += words(text);
            UNSCOPED_INFO(journey::name(state) << ": " << here);
            total += here;
        }
        auto const receipt = samples::in_state(session, State::recorded);
        total += words(theatre->draw({State::recorded, receipt, site, true}).title);
        UNSCOPED_INFO(language << ", total: " << total);
        // Easy sentences are short, and so there are more of them; who reads them has longer.
        CHECK(total <= (language == ui::easy_deck ? 225 : 200));
        // 200 words a minute, a second for each of the seven taps, and 3 s for the card.
        if (language != ui::easy_deck) CHECK(total * 60 / 200 + 7 + 3 <= 75);
        CHECK(total >= 120);  // a count that lost the texts would be small
    }
}

TEST_CASE("yes and no of the consent are alike, and thinking it over is as high", "[ui]") {
    auto const theatre = stage(samples::portrait);
    auto const session = samples::one_adult();
    auto const site = samples::site();
    auto const shown = theatre->draw({State::consent, session, site, true});
    auto const* const yes = shown.find("accept");
    auto const* const no = shown.find("refuse");
    auto const* const think = shown.find("think_over");
    REQUIRE(yes != nullptr);
    REQUIRE(no != nullptr);
    REQUIRE(think != nullptr);
    CHECK(yes->rect.width == no->rect.width);
    CHECK(yes->rect.height == no->rect.height);
    CHECK(yes->rect.y == no->rect.y);
    CHECK(yes->main == no->main);
    CHECK(think->rect.height >= yes->rect.height);
}

TEST_CASE("a screen never claims that the record is open", "[ui]") {
    auto const site = samples::site();
    for (auto const language : ui::decks) {
        auto const theatre = stage(samples::in(language, samples::portrait));
        for (auto const& row : journey::states) {
            auto const session = samples::in_state(samples::one_adult(), row.state);
            for (auto const& text : theatre->draw({row.state, session, site, true}).texts)
                for (auto const* const claim :
                     {"DMP est ouvert", "dossier est ouvert", "DMP est créé", "DMP is open",
                      "record is open", "DMP is created"})
                    CHECK(text.find(claim) == std::string::npos);
        }
    }
}

TEST_CASE("after the end no screen names the person", "[ui]") {
    auto const theatre = stage(samples::portrait);
    auto const site = samples::site();
    for (auto const& row : journey::states) {
        if (row.phase != journey::Phase::farewell) continue;
        // As if the wiping had been forgotten.
        auto session = samples::one_adult();
        session.reference = "7KM4P2XD9C";
        for (auto const& text : theatre->draw({row.state, session, site, true}).texts) {
            INFO(row.name << ": " << text);
            CHECK(text.find("EXEMPLE") == std::string::npos);
            CHECK(text.find("0612") == std::string::npos);
        }
    }
}

TEST_CASE("the number is masked until it is asked for", "[ui]") {
    auto const theatre = stage(samples::portrait);
    auto const site = samples::site();
    auto session = samples::one_adult();
    auto const has = [&](std::string_view text) {
        auto const shown = theatre->draw({State::review, session, site, true});
        return std::ranges::any_of(shown.texts, [&](std::string const& one) {
            return one.find(text) != std::string::npos;
        });
    };
    CHECK_FALSE(has("999\u00A0901"));
    session.number_shown = true;
    CHECK(has("999\u00A0901"));
}

TEST_CASE("only the attract screen moves, and at most 50 frames a minute", "[ui]") {
    journey::Session const session;
    auto const site = samples::site();
    for (auto const& row : journey::states) {
        ui::View view{row.state, session, site};
        CHECK(ui::next_frame_in(view).has_value() == (row.state == State::attract));
    }
    std::chrono::milliseconds passed{0};
    ui::View view{State::attract, session, site};
    int frames = 0;
    for (; passed < std::chrono::minutes{10}; ++frames, ++view.motion)
        passed += ui::next_frame_in(view).value();
    CHECK(frames <= 500);
    CHECK(frames >= 100);  // it does move
}

TEST_CASE("everyone on the card can be chosen", "[ui]") {
    auto const theatre = stage(samples::portrait);
    auto const site = samples::site();
    auto const session = samples::in_state(samples::family(), State::choose_person);
    auto const shown = theatre->draw({State::choose_person, session, site, true});
    for (std::size_t i = 0; i < 4; ++i) {
        auto const* const card = shown.find("person_" + std::to_string(i));
        REQUIRE(card != nullptr);
        theatre->window().push_finger(ui::Window::Phase::down, 1, card->rect.centre_x(),
                                      card->rect.centre_y());
        theatre->window().push_finger(ui::Window::Phase::up, 1, card->rect.centre_x(),
                                      card->rect.centre_y());
        REQUIRE(theatre->window().pump());
        static_cast<void>(theatre->draw({State::choose_person, session, site, true}));
        REQUIRE(theatre->intents().size() == 1);
        auto const pick = std::get<journey::Pick>(theatre->intents()[0]);
        CHECK(pick.of == journey::Pick::Of::person);
        CHECK(pick.index == i);
    }
}

TEST_CASE("in portrait the ends of a session are one page each, with the card still in", "[ui]") {
    for (auto const language : ui::decks) {
        auto const theatre = stage(samples::in(language, samples::portrait));
        auto const site = samples::site();
        for (auto const& row : journey::states) {
            if (row.phase != journey::Phase::farewell) continue;
            auto const session = samples::in_state(samples::one_adult(), row.state);
            INFO(language << ", " << row.name);
            CHECK(theatre->lay_out({row.state, session, site, true}).find("next_page") == nullptr);
        }
        auto const session = samples::in_state(samples::one_adult(), State::review);
        CHECK(theatre->lay_out({State::review, session, site, true}).find("next_page") == nullptr);
    }
}

TEST_CASE("every page of a long text leads back to where it was opened", "[ui]") {
    auto const theatre = stage(samples::portrait);
    auto const site = samples::site();
    for (auto const state : {State::explain_more, State::consent_details}) {
        INFO(journey::name(state));
        samples::each_page(*theatre, state, samples::one_adult(), site, true,
                           [](ui::Shown const& shown) { CHECK(shown.find("back") != nullptr); });
    }
}

TEST_CASE("a reference is seen whole while it is typed, in any size and on any panel", "[ui]") {
    auto const site = samples::site();
    for (auto const& panel : {samples::portrait, samples::landscape, samples::small}) {
        auto const theatre = stage(panel);
        for (auto const size : all_sizes) {
            auto session = samples::in_state(samples::one_adult(), State::reference_entry);
            session.comfort.text_size = size;
            session.typed = std::string_view{"WWWWWMMMMM"};  // the widest
            auto const shown = theatre->lay_out({State::reference_entry, session, site});
            INFO(panel.width << ", size " << static_cast<int>(size));
            CHECK(std::ranges::find(shown.texts, "WWWWW\u00A0MMMMM") != shown.texts.end());
        }
    }
}

TEST_CASE("in any size of text the number of the review is one line", "[ui]") {
    auto const site = samples::site();
    auto const theatre = stage(samples::portrait);
    for (auto const size : all_sizes) {
        auto session = samples::in_state(samples::one_adult(), State::review);
        session.comfort.text_size = size;
        INFO("size " << static_cast<int>(size));
        bool number = false;
        samples::each_page(*theatre, State::review, session, site, true, [&](auto const& shown) {
            for (std::size_t i = 0; i < shown.texts.size(); ++i) {
                if (shown.texts[i].find("••") == std::string::npos) continue;
                number = true;
                CHECK(shown.text_rects[i].width > 5 * shown.text_rects[i].height);
            }
        });
        CHECK(number);
    }
}

TEST_CASE("in any size of text the receipt parts no address, and each page asks for the card",
          "[ui]") {
    auto const site = samples::site();
    for (auto const& panel : {samples::portrait, samples::small}) {
        auto const theatre = stage(panel);
        for (auto const size : all_sizes) {
            auto session = samples::in_state(samples::one_adult(), State::recorded);
            session.comfort.text_size = size;
            bool address = false;
            INFO("size " << static_cast<int>(size));
            samples::each_page(
                *theatre, State::recorded, session, site, true, [&](auto const& shown) {
                    CHECK(std::ranges::find(shown.texts, "Reprenez votre carte.") !=
                          shown.texts.end());
                    for (std::size_t i = 0; i < shown.texts.size(); ++i) {
                        if (shown.texts[i] != "www.dmp.fr") continue;
                        address = true;
                        // In one line it is far wider than high.
                        CHECK(shown.text_rects[i].width > 3 * shown.text_rects[i].height);
                    }
                });
            CHECK(address);
        }
    }
}

TEST_CASE("of a covered screen nothing is left to read, on any of its pages", "[ui]") {
    auto const theatre = stage(samples::portrait);
    auto const site = samples::site();
    for (auto const& row : journey::states) {
        auto session = samples::in_state(samples::child(), row.state);
        ui::View view{row.state, session, site};
        if (!ui::can_warn(row.state)) continue;
        INFO(row.name);
        for (bool const asked : {true, false}) {
            view.covered = true;
            view.warning = view.deserted = asked;
            view.help = !asked;
            session.page = 1;
            auto const shown = theatre->lay_out(view);
            for (auto const& text : shown.texts)
                for (auto const* const name : {"MODELE", "SOPHIE", "LEA", "06", "178"})
                    CHECK(text.find(name) == std::string::npos);
            CHECK(shown.find("typed") == nullptr);
            CHECK(shown.find(asked ? "more_time" : "close_help") != nullptr);
        }
    }
    // The names are there when nobody covers them.
    auto const session = samples::in_state(samples::child(), State::childs_word);
    auto const open = theatre->lay_out({State::childs_word, session, site});
    CHECK(std::ranges::any_of(
        open.texts, [](std::string const& text) { return text.find("LEA") != std::string::npos; }));
}

TEST_CASE("each rung of getting the reader back has words of its own and the time it takes",
          "[ui]") {
    for (auto const deck : ui::decks) {
        auto const theatre = stage(samples::in(deck, samples::portrait));
        auto const site = samples::site();
        journey::Session session;
        session.language = deck == ui::easy_deck ? "fr" : deck;
        session.trouble = journey::Trouble::reader_hung;
        std::set<std::string> screens;
        for (auto const& recovery : samples::recoveries()) {
            ui::View view{State::reader_trouble, session, site};
            view.recovery = recovery;
            auto const shown = theatre->lay_out(view);
            std::string all;
            for (auto const& text : shown.texts)
                all.append(text).append("\n");
            INFO(deck << ": " << all);
            CHECK(screens.insert(all).second);
            CHECK(shown.passing.empty() == !recovery.left);
            if (recovery.left)
                CHECK(all.find(std::to_string(recovery.left->count())) != std::string::npos);
            CHECK(all.find("C12") != std::string::npos);
        }
    }
}

TEST_CASE("an open cabinet reminds of the card that is in", "[ui]") {
    auto const theatre = stage(samples::portrait);
    auto const site = samples::site();
    journey::Session const session;
    auto const says_so = [&](bool card_present) {
        auto const shown = theatre->lay_out({State::cabinet_open, session, site, card_present});
        return std::ranges::find(shown.texts, theatre->texts()["take_card.title"]) !=
               shown.texts.end();
    };
    CHECK(says_so(true));
    CHECK_FALSE(says_so(false));
}
