// Every screen, laid out without painting: sizes, distances, overlaps, reach.
#include "kiosk/ui/focus.hpp"
#include "kiosk/ui/written.hpp"
#include "tests/kiosk/ui/stage.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace {

using journey::State;
using samples::Stage;
using samples::stage;
using ui::Rect;
using ui::Shown;

constexpr float half_pixel = 0.5F;

// How far apart two rectangles are; negative when they overlap.
float distance(Rect const& a, Rect const& b) {
    float const across = std::max(a.x - b.right(), b.x - a.right());
    float const down = std::max(a.y - b.bottom(), b.y - a.bottom());
    return std::max(across, down);
}

bool within(Rect const& inner, Rect const& outer) {
    return inner.x >= outer.x - half_pixel && inner.y >= outer.y - half_pixel &&
           inner.right() <= outer.right() + half_pixel &&
           inner.bottom() <= outer.bottom() + half_pixel;
}

bool is_known(std::string const& id) {
    if (id == "typed") return true;  // the text field
    for (auto const* const many : {"person_", "century_", "representative_", "relationship_",
                                   "author_", "key_", "suffix_", "language_"})
        if (id.starts_with(many)) return true;
    static std::set<std::string, std::less<>> const others{"toggle_samu",  "toggle_professional",
                                                           "next_page",    "previous_page",
                                                           "show_number",  "erase",
                                                           "symbols",      "remove_mobile",
                                                           "remove_email", "help",
                                                           "close_help",   "more_time",
                                                           "language",     "contrast",
                                                           "text_size",    "listen",
                                                           "easy",         "low",
                                                           "start_over",   "keep_going",
                                                           "slower",       "faster"};
    return others.contains(id) ||
           std::ranges::find(journey::event_names, id) != journey::event_names.end();
}

// Every rule of the layout, on what one frame shows.
void check(Shown const& shown, ui::Theme const& theme, ui::Size window, float reach = 0) {
    Rect const whole{0, 0, window.width, window.height};
    auto const mm = [&](float pixels) { return theme.millimetres(pixels + half_pixel); };
    CHECK_FALSE(shown.title.empty());
    CHECK(shown.texts.size() == shown.text_rects.size());
    // No card reaches under the comfort strip.
    auto const* const strip = shown.find("contrast");
    if (strip != nullptr) CHECK(mm(strip->rect.y - shown.lowest_surface) >= 2);

    std::set<std::string> ids;
    for (auto const& widget : shown.widgets) {
        INFO("widget " << widget.id);
        CHECK(is_known(widget.id));
        CHECK(ids.insert(widget.id).second);
        CHECK_FALSE(widget.label.empty());
        CHECK(within(widget.rect, whole));
        if (widget.role != ui::Role::text_field) CHECK(widget.rect.y >= reach - half_pixel);
        auto const least = (widget.main ? ui::mm::main_target : ui::mm::least_target).least;
        CHECK(mm(widget.rect.width) >= least);
        CHECK(mm(widget.rect.height) >= least);
    }
    for (std::size_t i = 0; i < shown.texts.size(); ++i)
        for (auto const& widget : shown.widgets)
            if (ui::surrounds_every_screen(widget.id) && widget.label == shown.texts[i] &&
                mm(shown.text_rects[i].x - widget.rect.x) < 1)
                FAIL_CHECK(widget.label << " touches the edge of its field");
    // Only what is wrong is told to Catch2: these are most of the millions of comparisons.
    for (std::size_t i = 0; i < shown.widgets.size(); ++i)
        for (std::size_t j = i + 1; j < shown.widgets.size(); ++j) {
            auto const gap = mm(distance(shown.widgets[i].rect, shown.widgets[j].rect));
            if (gap < ui::mm::least_gap.least)
                FAIL_CHECK(shown.widgets[i].id << " and " << shown.widgets[j].id << ": " << gap
                                               << " mm apart");
        }
    auto const text = [&](std::size_t i) {
        auto const& rect = shown.text_rects[i];
        return "text \"" + shown.texts[i] + "\" at " + std::to_string(rect.x) + "," +
               std::to_string(rect.y) + " " + std::to_string(rect.width) + "x" +
               std::to_string(rect.height);
    };
    for (std::size_t i = 0; i < shown.texts.size(); ++i) {
        if (!within(shown.text_rects[i], whole)) FAIL_CHECK(text(i) << " leaves the window");
        for (std::size_t j = i + 1; j < shown.texts.size(); ++j)
            if (distance(shown.text_rects[i], shown.text_rects[j]) < -half_pixel)
                FAIL_CHECK(text(i) << " overlaps " << text(j));
        for (auto const& widget : shown.widgets)
            if (distance(shown.text_rects[i], widget.rect) < -half_pixel &&
                !within(shown.text_rects[i], widget.rect))
                FAIL_CHECK(text(i) << " overlaps the widget " << widget.id);
    }
}

// What all pages of a screen show.
struct Content {
    std::set<std::string> texts;
    std::set<std::string> widgets;

    // By sentences: larger text may be parted between them.
    void take(Shown const& shown) {
        for (auto const& text : shown.texts)
            for (auto const sentence : ui::sentences(text))
                texts.emplace(sentence);
        for (auto const& widget : shown.widgets)
            widgets.insert(widget.id);
    }
};

bool is_entry(std::string_view name) {
    return std::ranges::any_of(journey::states, [&](auto const& row) {
        return row.name == name && journey::is_entry(row.state);
    });
}

using Contents = std::map<std::string, Content>;

// Where a seated person's reach begins: 1,120 mm from the floor. A panel of unknown height only
// does what it can, and a small one has no lower part.
float reach_of(Stage& stage, journey::Comfort const& comfort, std::optional<int> lower_edge_mm) {
    auto const height = stage.window().size().height;
    bool const flat = stage.theme().real_px(ui::mm::flat_panel) > height;
    if (!comfort.low || !lower_edge_mm || flat) return 0;
    auto const line = height - stage.theme().real_px(1120 - *lower_edge_mm);
    return line > stage.theme().px(ui::mm::header_top) ? line : 0;
}

Contents walk(Stage& stage, journey::Session const& person, journey::Comfort const& comfort = {},
              std::optional<int> lower_edge_mm = 850) {
    Contents contents;
    auto site = samples::site();
    site.lower_edge_mm = lower_edge_mm;
    auto const window = stage.window().size();
    auto const reach = reach_of(stage, comfort, lower_edge_mm);
    std::optional<Rect> help;  // in the same place on every screen
    for (auto const& row : journey::states) {
        auto session = samples::in_state(person, row.state);
        session.comfort = comfort;
        for (bool const card_present : {false, true}) {
            INFO(row.name << ", card " << card_present);
            samples::each_page(stage, row.state, session, site, card_present,
                               [&](auto const& shown) {
                                   check(shown, stage.theme(), window, reach);
                                   contents[std::string{row.name}].take(shown);
                                   auto const* const pill = shown.find("help");
                                   REQUIRE(pill != nullptr);
                                   if (!help) help = pill->rect;
                                   CHECK(pill->rect.x == help->x);
                                   CHECK(pill->rect.y == help->y);
                               });
        }
        INFO(row.name << " with help");
        check(stage.lay_out({row.state, session, site, false, false, true}), stage.theme(), window,
              reach);
        auto listening = session;
        listening.comfort.listen = true;
        INFO(row.name << " with the help of who listens");
        check(stage.lay_out({row.state, listening, site, false, false, true}), stage.theme(),
              window, reach);
        ui::View asked{row.state, session, site};
        asked.start_over = true;
        INFO(row.name << " asked whether to begin again");
        check(stage.lay_out(asked), stage.theme(), window, reach);
        ui::View offered{row.state, session, site};
        offered.languages = true;
        INFO(row.name << " with the languages");
        check(stage.lay_out(offered), stage.theme(), window, reach);
        if (!ui::can_warn(row.state)) continue;
        INFO(row.name << " with the warning");
        check(stage.lay_out({row.state, session, site, false, true}), stage.theme(), window, reach);
        ui::View deserted{row.state, session, site};
        deserted.warning = deserted.deserted = deserted.covered = true;
        INFO(row.name << " deserted");
        check(stage.lay_out(deserted), stage.theme(), window, reach);
    }
    for (auto const& recovery : samples::recoveries()) {
        journey::Session session;
        session.comfort = comfort;
        session.trouble = journey::Trouble::reader_missing;
        INFO("the rung " << journey::name(recovery.rung));
        for (session.page = 0; session.page < 4; ++session.page) {
            ui::View view{State::reader_trouble, session, site};
            view.recovery = recovery;
            check(stage.lay_out(view), stage.theme(), window, reach);
        }
    }
    for (auto const& row : journey::troubles)
        for (auto const state : {State::card_trouble, State::desk, State::reader_trouble}) {
            journey::Session session;
            session.trouble = row.trouble;
            session.comfort = comfort;
            INFO("trouble " << row.code << " in " << journey::name(state));
            for (session.page = 0; session.page < 4; ++session.page)
                check(stage.lay_out({state, session, site, true}), stage.theme(), window, reach);
        }
    return contents;
}

}  // namespace

TEST_CASE("on every panel every target is large enough and apart, and no text is cut", "[ui]") {
    auto const& panel = GENERATE(samples::portrait, samples::landscape, samples::small);
    for (auto const language : ui::decks) {
        auto const theatre = stage(samples::in(language, panel));
        walk(*theatre, samples::one_adult());
        walk(*theatre, samples::child());
    }
}

TEST_CASE("the longest names leave the layout of every panel whole", "[ui]") {
    for (auto const& panel : {samples::portrait, samples::landscape, samples::small}) {
        auto const theatre = stage(panel);
        walk(*theatre, samples::long_names());
        walk(*theatre, samples::long_child());
    }
}

TEST_CASE("in the largest text every rule of the layout holds, and nothing is left out", "[ui]") {
    journey::Comfort largest;
    largest.text_size = journey::TextSize::largest;
    for (auto const& panel : {samples::portrait, samples::landscape, samples::small}) {
        auto const theatre = stage(panel);
        for (auto const& person : {samples::one_adult(), samples::child()}) {
            auto const usual = walk(*theatre, person);
            auto const large = walk(*theatre, person, largest);
            for (auto const& [state, content] : usual) {
                auto const& grown = large.at(state);
                for (auto const& text : content.texts) {
                    // There are more pages, and the code is said in other words.
                    if (text.starts_with("Page ") || text.starts_with("Code")) continue;
                    // Hints stand below a field where there is room.
                    if (is_entry(state)) continue;
                    INFO(state << " on " << panel.width << "x" << panel.height << ": " << text);
                    CHECK(grown.texts.contains(text));
                }
                for (auto const& widget : content.widgets) {
                    INFO(state << " on " << panel.width << "x" << panel.height << ": " << widget);
                    CHECK(grown.widgets.contains(widget));
                }
            }
        }
    }
}

TEST_CASE("in the low layout nothing is touched above a seated person's reach", "[ui]") {
    journey::Comfort low;
    low.low = true;
    for (auto const& panel : {samples::portrait, samples::landscape, samples::small}) {
        auto const theatre = stage(panel);
        for (auto const& person : {samples::one_adult(), samples::child()})
            for (auto const lower_edge_mm : {std::optional{850}, std::optional<int>{}})
                walk(*theatre, person, low, lower_edge_mm);
    }
}

TEST_CASE("another size of text shows again what was read", "[ui]") {
    auto const theatre = stage(samples::portrait);
    auto const site = samples::site();
    auto session = samples::one_adult();
    // The first sentence below the title.
    auto const first = [](Shown const& shown) {
        auto const title = std::ranges::find(shown.texts, shown.title);
        REQUIRE(shown.texts.end() - title > 1);
        return std::string{ui::sentences(*(title + 1)).front()};
    };
    for (auto const state : {State::learn, State::explain_more, State::consent_details})
        for (session.page = 0;; ++session.page) {
            session.comfort.text_size = journey::TextSize::usual;
            session.place.reset();
            auto const before = theatre->lay_out({state, session, site});
            if (before.page < session.page) break;
            session.place = before.before_page;
            for (auto const size : {journey::TextSize::larger, journey::TextSize::largest}) {
                session.comfort.text_size = size;
                Content after;
                after.take(theatre->lay_out({state, session, site}));
                INFO(journey::name(state) << ", page " << session.page << ": " << first(before));
                CHECK(after.texts.contains(first(before)));
            }
        }
}

TEST_CASE("in every size of text and language the rules of the layout hold on every panel",
          "[.][sizes]") {
    for (auto const& panel : {samples::portrait, samples::landscape, samples::small})
        for (auto const language : ui::decks) {
            auto const theatre = stage(samples::in(language, panel));
            for (auto const size : {journey::TextSize::larger, journey::TextSize::large,
                                    journey::TextSize::largest}) {
                INFO(language << " on " << panel.width << ", size " << static_cast<int>(size));
                journey::Comfort comfort;
                comfort.text_size = size;
                walk(*theatre, samples::one_adult(), comfort);
                walk(*theatre, samples::child(), comfort);
            }
        }
}
