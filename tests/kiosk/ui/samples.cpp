#include "tests/kiosk/ui/samples.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace samples {
namespace {

journey::Person person(std::size_t position, std::string_view family, std::string_view first,
                       std::string_view birth_date, int year) {
    journey::Person result;
    result.position = position;
    result.family_name = family;
    result.first_name = first;
    result.birth_date = birth_date;
    result.birth_year = year;
    return result;
}

}  // namespace

std::filesystem::path assets() { return KIOSK_ASSETS; }

ui::Site site() {
    return {"guichet 3, à votre gauche",
            "à cette borne, au guichet ou en pharmacie",
            "Caisse nationale d’assurance maladie",
            "50 avenue du Professeur-André-Lemierre, 75986 Paris Cedex 20",
            "dpo@exemple.fr",
            "https://www.dmp.fr",
            "https://www.dmp.fr/appli"};
}

journey::Session one_adult() {
    journey::Session session;
    session.persons.push_back(person(0, "EXEMPLE", "LUC", "19780514", 1978));
    session.enrolled = 0;
    session.nir = std::string_view{"178057599990175"};
    session.mobile = std::string_view{"0612345678"};
    session.email = std::string_view{"luc.exemple@laposte.net"};
    return session;
}

journey::Session long_names() {
    journey::Session session;
    session.persons.push_back(person(0, "DE-LA-FICTION-INTERMINABLE-ET-TRES-COMPOSEE",
                                     "MARIE-ANTOINETTE-ELISABETH-CUNEGONDE-PHILOMENE-ADELAIDE",
                                     "19551701", 1955));
    for (std::size_t i = 1; i < 7; ++i)
        session.persons.push_back(person(i, "DE-LA-FICTION-INTERMINABLE-ET-TRES-COMPOSEE",
                                         "MARIE-ANTOINETTE-ELISABETH-CUNEGONDE", "20140203", 2014));
    session.enrolled = 0;
    session.nir = std::string_view{"297041399590889"};
    session.birth_name = std::string_view{"DE LA TRES LONGUE LIGNÉE D'ORIGINE-ANCIENNE"};
    session.mobile = std::string_view{"0712345678"};
    session.email = std::string_view{
        "marie-antoinette.de-la-fiction-interminable@une-tres-longue-adresse.exemple.fr"};
    return session;
}

journey::Session family() {
    journey::Session session = one_adult();
    session.persons.clear();
    session.persons.push_back(person(0, "MODELE-FICTIF", "ANDRE", "19810409", 1981));
    session.persons.push_back(person(1, "MODELE-FICTIF", "SOPHIE", "19830911", 1983));
    session.persons.push_back(person(2, "MODELE-FICTIF", "LEA", "20140203", 2014));
    session.persons.push_back(person(3, "MODELE-FICTIF", "ZOE", "20140203", 2014));
    return session;
}

journey::Session in_state(journey::Session session, journey::State state) {
    using enum journey::State;
    auto const phase = journey::phase(state);
    if (phase == journey::Phase::farewell || phase == journey::Phase::idle ||
        phase == journey::Phase::closed)
        session.forget_person();
    if (state == recorded) session.reference = "7KM4P2XD9C";
    if (state == birth_name_entry) session.typed = std::string_view{"MODÈLE-D'ORIGI"};
    if (state == mobile_entry) session.typed = std::string_view{"061234"};
    if (state == email_entry) session.typed = session.email;
    if (state == choose_person) session.enrolled.reset();
    return session;
}

base::Result<std::unique_ptr<Stage>> Stage::open(int width, int height, float strip) {
    setenv("SDL_VIDEODRIVER", "dummy", 0);  // no display, the same drawing
    std::unique_ptr<Stage> stage{new Stage};
    stage->strip_ = strip;
    // Keeps the first error; what follows it is not tried.
    base::Result<void> result;
    auto const keep = [&](auto& place, auto&& made) {
        if (!result) return;
        if (made)
            place = std::move(*made);
        else
            result = base::failure(made.error());
    };
    keep(stage->window_, ui::Window::open({.title = "stage", .width = width, .height = height}));
    if (!result) return base::failure(result.error());
    auto* const renderer = stage->window_->renderer();
    keep(stage->words_, ui::TextRenderer::open(renderer, stage->theme_));
    keep(stage->icons_, ui::Icons::open(renderer, assets(), stage->theme_.palette()));
    auto texts = ui::Texts::open(assets(), "fr");
    auto consent = ui::ConsentText::open(assets(), "fr", "1");
    if (!texts) return base::failure(texts.error());
    if (!consent) return base::failure(consent.error());
    stage->texts_ = std::make_unique<ui::Texts>(std::move(*texts));
    stage->consent_ = std::make_unique<ui::ConsentText>(std::move(*consent));
    if (!result) return base::failure(result.error());
    // ImGui knows what lies under a finger from the frame before.
    stage->window_->frame(stage->theme_.palette().paper, [] {});
    return stage;
}

ui::Shown Stage::draw(ui::View const& view) {
    ui::Shown shown;
    intents_.clear();
    do {
        window_->frame(theme_.palette().paper, [&] {
            ui::Frame frame{{theme_, *texts_, *consent_, *words_, *icons_},
                            window_->size(),
                            static_cast<int>(view.state),
                            strip_};
            auto intents = ui::draw(frame, view);
            std::ranges::move(intents, std::back_inserter(intents_));
            shown = frame.take_shown();
        });
        words_->trim();
    } while (window_->pump());
    return shown;
}

}  // namespace samples
