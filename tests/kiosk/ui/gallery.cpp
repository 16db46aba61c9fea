// ui-gallery FOLDER [landscape] [long]: every screen as a PNG, to be looked at.
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
    int number = 0;

    void hang(std::string const& name, journey::Session const& session, ui::Site const& site,
              State state, std::function<void(ui::View&)> const& change = {}) {
        ui::View view{state, session, site};
        if (change) change(view);
        static_cast<void>(stage.draw(view));
        char prefix[16];
        std::snprintf(prefix, sizeof prefix, "%02d-", ++number);
        auto const path = folder / (prefix + name + ".png");
        if (auto const saved = stage.window().save_png(path); !saved)
            std::fprintf(stderr, "%s\n", base::describe(saved.error()).c_str());
    }
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: ui-gallery FOLDER [landscape] [long] [strip]\n");
        return 2;
    }
    std::set<std::string> const options(argv + 2, argv + argc);
    bool const landscape = options.contains("landscape");
    auto stage = Stage::open(landscape ? 1920 : 1080, landscape ? 1080 : 1920,
                             options.contains("strip") ? ui::mm::comfort_strip : 0);
    if (!stage) {
        std::fprintf(stderr, "%s\n", base::describe(stage.error()).c_str());
        return 1;
    }
    std::filesystem::create_directories(argv[1]);
    Gallery gallery{**stage, argv[1]};
    auto const site = samples::site();
    auto const adult = options.contains("long") ? samples::long_names() : samples::one_adult();

    for (auto const& row : journey::states) {
        auto const session = row.state == State::choose_person && !options.contains("long")
                                 ? samples::in_state(samples::family(), row.state)
                                 : samples::in_state(adult, row.state);
        auto const present =
            journey::phase(row.state) == journey::Phase::farewell && row.state != State::card_taken;
        gallery.hang(std::string{row.name}, session, site, row.state,
                     [&](ui::View& view) { view.card_present = present; });
    }
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
    gallery.hang("warning", adult, site, State::consent,
                 [](ui::View& view) { view.warning = true; });
    gallery.hang("warning-recorded", samples::in_state(adult, State::recorded), site,
                 State::recorded, [](ui::View& view) { view.warning = true; });
    for (auto const& row : journey::troubles) {
        journey::Session session;
        session.trouble = row.trouble;
        auto const state = row.code.front() == 'D'   ? State::desk
                           : row.code.front() == 'C' ? State::card_trouble
                                                     : State::not_recorded;
        gallery.hang("trouble-" + std::string{row.code}, session, site, state,
                     [](ui::View& view) { view.card_present = true; });
    }
    for (auto const state : {State::learn, State::explain_more, State::consent_details})
        for (std::size_t page = 1; page < 16; ++page) {
            auto session = adult;
            session.page = page;
            gallery.hang(std::string{journey::name(state)} + "-" + std::to_string(page), session,
                         site, state);
            if (page >= (state == State::consent_details ? 15U : 4U)) break;
        }
    std::printf("%d pictures in %s\n", gallery.number, argv[1]);
    return 0;
}
