// ui-gallery FOLDER [landscape|small] [long] [DECK] [strong|gentle] [larger|large|largest] [low]:
// every screen as a PNG, to be looked at, and contact sheets of them.
#include "tests/kiosk/ui/album.hpp"
#include "tests/kiosk/ui/samples.hpp"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>

namespace {

using journey::State;
using samples::Stage;

struct Gallery {
    Stage& stage;
    std::filesystem::path folder;
    std::string language;
    journey::Comfort comfort;
    samples::Album album{folder, stage.window().size()};
    int number = 0;

    void hang(std::string const& name, journey::Session const& session, ui::Site const& site,
              State state, std::function<void(ui::View&)> const& change = {}) {
        auto in_language = session;
        in_language.language = language;
        in_language.comfort = comfort;
        ui::View view{state, in_language, site};
        if (change) change(view);
        static_cast<void>(stage.draw(view));
        char prefix[16];
        std::snprintf(prefix, sizeof prefix, "%03d-", ++number);
        album.add(stage.window(), prefix + name);
    }
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr,
                     "usage: ui-gallery FOLDER [landscape|small] [long] [DECK] [strong|gentle] "
                     "[larger|large|largest] [low]\n");
        return 2;
    }
    std::set<std::string> const options(argv + 2, argv + argc);
    auto panel = options.contains("small")       ? samples::small
                 : options.contains("landscape") ? samples::landscape
                                                 : samples::portrait;
    for (auto const deck : ui::decks)
        if (options.contains(std::string{deck})) panel.language = deck;
    journey::Comfort comfort;
    if (options.contains("strong")) comfort.contrast = journey::Contrast::strong;
    if (options.contains("gentle")) comfort.contrast = journey::Contrast::gentle;
    if (options.contains("larger")) comfort.text_size = journey::TextSize::larger;
    if (options.contains("large")) comfort.text_size = journey::TextSize::large;
    if (options.contains("largest")) comfort.text_size = journey::TextSize::largest;
    comfort.low = options.contains("low");
    comfort.easy = options.contains("fr-falc");
    auto stage = Stage::open(panel);
    if (!stage) {
        std::fprintf(stderr, "%s\n", base::describe(stage.error()).c_str());
        return 1;
    }
    std::filesystem::create_directories(argv[1]);
    Gallery gallery{**stage, argv[1], std::string{panel.language}, comfort};
    auto const site = samples::site();
    bool const long_names = options.contains("long");
    auto const adult = long_names ? samples::long_names() : samples::one_adult();
    auto const child = long_names ? samples::long_child() : samples::child();

    for (auto const& row : journey::states) {
        bool const about_child =
            row.state >= State::representative && row.state <= State::childs_word;
        auto const session =
            samples::in_state(about_child                                        ? child
                              : row.state == State::choose_person && !long_names ? samples::family()
                                                                                 : adult,
                              row.state);
        bool const withdrawal =
            row.state >= State::withdrawn && row.state <= State::withdrawal_unconfirmed;
        bool const present = journey::phase(row.state) == journey::Phase::farewell &&
                             row.state != State::card_taken && !withdrawal;
        gallery.hang(std::string{row.name}, session, site, row.state,
                     [&](ui::View& view) { view.card_present = present; });
    }
    for (auto const state : {State::explain, State::consent, State::birth_name, State::emergency,
                             State::contact, State::review, State::recorded, State::thinking})
        gallery.hang("child-" + std::string{journey::name(state)}, samples::in_state(child, state),
                     site, state);
    auto provisional = adult;
    provisional.provisional = true;
    gallery.hang("explain-provisional", provisional, site, State::explain);
    for (auto const kind : {journey::PinAnswer::Kind::wrong, journey::PinAnswer::Kind::waiting,
                            journey::PinAnswer::Kind::locked}) {
        auto session = samples::in_state(adult, State::identity_pin);
        session.pin_answer = {kind, std::chrono::seconds{60}};
        session.typed.clear();
        gallery.hang("identity-pin-" + std::to_string(static_cast<int>(kind)), session, site,
                     State::identity_pin);
    }
    auto unknown = samples::in_state(adult, State::reference_entry);
    unknown.typed = std::string_view{"7KM4P2XD9C"};
    unknown.reference_unknown = true;
    gallery.hang("reference-unknown", unknown, site, State::reference_entry);
    gallery.hang("start-over", adult, site, State::contact,
                 [](ui::View& view) { view.start_over = true; });
    auto const none = [&] {
        auto session = adult;
        session.mobile.clear();
        session.email.clear();
        return session;
    }();
    gallery.hang("contact-none", none, site, State::contact);
    gallery.hang("review-none", none, site, State::review);
    auto shown_number = adult;
    shown_number.number_shown = true;
    shown_number.emergency.professional = false;
    gallery.hang("review-number", shown_number, site, State::review);
    gallery.hang("emergency-unticked", shown_number, site, State::emergency);
    auto accents = samples::in_state(adult, State::birth_name_entry);
    accents.symbols = true;
    gallery.hang("birth-name-accents", accents, site, State::birth_name_entry);
    auto empty = adult;
    gallery.hang("email-empty", empty, site, State::email_entry);
    gallery.hang("recorded-card-out", samples::in_state(adult, State::recorded), site,
                 State::recorded);
    for (unsigned step : {4U, 7U, 12U})
        gallery.hang("attract-" + std::to_string(step), {}, site, State::attract,
                     [&](ui::View& view) { view.motion = step; });
    gallery.hang("help", adult, site, State::consent, [](ui::View& view) { view.help = true; });
    gallery.hang("languages", adult, site, State::explain,
                 [](ui::View& view) { view.languages = true; });
    gallery.comfort.listen = true;
    gallery.hang("help-listening", adult, site, State::consent,
                 [](ui::View& view) { view.help = true; });
    gallery.comfort.listen = false;
    gallery.hang("warning", adult, site, State::consent,
                 [](ui::View& view) { view.warning = true; });
    gallery.hang("warning-recorded", samples::in_state(adult, State::recorded), site,
                 State::recorded, [](ui::View& view) { view.warning = true; });
    gallery.hang("deserted", adult, site, State::review,
                 [](ui::View& view) { view.warning = view.deserted = view.covered = true; });
    gallery.hang("deserted-help", adult, site, State::review,
                 [](ui::View& view) { view.help = view.covered = true; });
    gallery.hang("deserted-recorded", samples::in_state(adult, State::recorded), site,
                 State::recorded, [](ui::View& view) { view.warning = view.deserted = true; });
    gallery.hang("cabinet_open-card-in", {}, site, State::cabinet_open,
                 [](ui::View& view) { view.card_present = true; });
    for (auto const& recovery : samples::recoveries()) {
        journey::Session session;
        session.trouble = journey::Trouble::reader_resting;
        gallery.hang("reader_trouble-rung-" + std::to_string(static_cast<int>(recovery.rung)),
                     session, site, State::reader_trouble,
                     [&](ui::View& view) { view.recovery = recovery; });
    }
    for (auto const& row : journey::troubles) {
        journey::Session session;
        session.trouble = row.trouble;
        auto const state = row.code.front() == 'B'   ? State::cabinet_open
                           : row.code.front() == 'D' ? State::desk
                           : row.code.front() == 'C' ? State::card_trouble
                                                     : State::not_recorded;
        gallery.hang("trouble-" + std::string{row.code}, session, site, state,
                     [](ui::View& view) { view.card_present = true; });
    }
    // The further pages. A theme changes colours only.
    for (auto const& row : journey::states) {
        if (comfort.contrast != journey::Contrast::usual) break;
        auto session = samples::in_state(adult, row.state);
        session.comfort = comfort;
        for (session.page = 0;; ++session.page) {
            if ((*stage)->lay_out({row.state, session, site}).page < session.page) break;
            if (session.page > 0)
                gallery.hang(std::string{row.name} + "-" + std::to_string(session.page + 1),
                             session, site, row.state);
        }
    }
    std::printf("%d pictures in %s\n", gallery.number, argv[1]);
    return 0;
}
