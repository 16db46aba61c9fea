#include "tests/kiosk/ui/samples.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace samples {
namespace {

journey::Person person(std::size_t position, std::string_view family, std::string_view first,
                       std::string_view birth_date) {
    journey::Person result;
    result.position = position;
    result.family_name = family;
    result.first_name = first;
    result.birth_date = birth_date;
    if (birth_date.size() == 8) result.whole_birth_date = birth_date;
    return result;
}

}  // namespace

std::filesystem::path assets() { return KIOSK_ASSETS; }

ui::Site site() {
    return {{{"fr", {"guichet 3, à votre gauche", "à cette borne, au guichet ou en pharmacie"}},
             {"en", {"desk 3, on your left", "here, at the desk or in a pharmacy"}},
             {"es", {"ventanilla 3, a su izquierda", "aquí, en la ventanilla o en la farmacia"}},
             {"pt", {"balcão 3, à sua esquerda", "aqui, no balcão ou na farmácia"}},
             {"ar", {"الشباك 3، على يساركم", "هنا، أو عند الشباك، أو في الصيدلية"}}},
            "Caisse nationale d’assurance maladie",
            "50 avenue du Professeur-André-Lemierre, 75986 Paris Cedex 20",
            "dpo@exemple.fr",
            "https://www.dmp.fr",
            "https://www.dmp.fr/appli",
            {ui::relationship_ids.begin(), ui::relationship_ids.end()},
            {"Anne RESPONSABLE", "Jean-Christophe DE-LA-STRUCTURE-D'ACCUEIL"}};
}

journey::Session one_adult() {
    journey::Session session;
    session.persons.push_back(person(0, "EXEMPLE", "LUC", "19780514"));
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
                                     "19551701"));
    for (std::size_t i = 1; i < 7; ++i)
        session.persons.push_back(person(i, "DE-LA-FICTION-INTERMINABLE-ET-TRES-COMPOSEE",
                                         "MARIE-ANTOINETTE-ELISABETH-CUNEGONDE", "20140203"));
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
    session.persons.push_back(person(0, "MODELE-FICTIF", "ANDRE", "19810409"));
    session.persons.push_back(person(1, "MODELE-FICTIF", "SOPHIE", "19830911"));
    session.persons.push_back(person(2, "MODELE-FICTIF", "LEA", "20140203"));
    session.persons.push_back(person(3, "MODELE-FICTIF", "ZOE", "20140203"));
    return session;
}

journey::Session child() {
    auto session = family();
    session.enrolled = 2;
    session.quality = journey::Quality::minor;
    session.adults = {0, 1};
    session.representative.family_name = std::string_view{"MODELE-FICTIF"};
    session.representative.first_name = std::string_view{"SOPHIE"};
    session.representative.person = 1;
    session.representative.relationship = 0;
    return session;
}

journey::Session long_child() {
    auto session = long_names();
    session.quality = journey::Quality::minor;
    session.enrolled = 1;
    session.adults = {0};
    session.representative.family_name = session.persons[0].family_name;
    session.representative.first_name = session.persons[0].first_name;
    session.representative.person = 0;
    session.representative.relationship = 3;
    return session;
}

std::vector<ui::Recovery> recoveries() {
    using std::chrono::seconds;
    return {{journey::Rung::reopening, seconds{5}},
            {journey::Rung::power_cycle, seconds{20}},
            {journey::Rung::pcscd_restart, seconds{15}},
            {journey::Rung::out_of_service, std::nullopt}};
}

Panel in(std::string_view language, Panel panel) {
    panel.language = language;
    return panel;
}

journey::Session in_state(journey::Session session, journey::State state) {
    using enum journey::State;
    auto const phase = journey::phase(state);
    if (phase != journey::Phase::session && phase != journey::Phase::saving)
        session.forget_person();
    if (state == reference_entry) session.typed = std::string_view{"7KM4P2XD"};
    if (state == recorded) session.reference = "7KM4P2XD9C";
    if (state == birth_name_entry) session.typed = std::string_view{"MODÈLE-D'ORIGI"};
    if (state == representative_family_name) session.typed = std::string_view{"D'ALMEIDA-SP"};
    if (state == representative_first_name) session.typed = std::string_view{"FRANÇOISE"};
    if (state == identity_pin) session.typed = std::string_view{"4711"};
    if (state == birth_century) {
        auto& person = session.persons[session.enrolled.value_or(0)];
        person.birth_date = std::string_view{"120305"};
        person.whole_birth_date.clear();
    }
    if (state == identity_pin) session.identity_author = 1;
    if (state == mobile_entry) session.typed = std::string_view{"061234"};
    if (state == email_entry) session.typed = session.email;
    if (state == choose_person) session.enrolled.reset();
    return session;
}

base::Result<std::unique_ptr<Stage>> Stage::open(Panel const& panel) {
    setenv("SDL_VIDEODRIVER", "dummy", 0);  // no display, the same drawing
    std::unique_ptr<Stage> stage{new Stage{panel}};
    // Keeps the first error; what follows it is not tried.
    base::Result<void> result;
    auto const keep = [&](auto& place, auto&& made) {
        if (!result) return;
        if (made)
            place = std::move(*made);
        else
            result = base::failure(made.error());
    };
    keep(stage->window_,
         ui::Window::open({.title = "stage", .width = panel.width, .height = panel.height}));
    if (!result) return base::failure(result.error());
    auto* const renderer = stage->window_->renderer();
    keep(stage->words_, ui::TextRenderer::open(renderer, stage->theme_));
    keep(stage->icons_, ui::Icons::open(renderer, assets(), stage->theme_.palette()));
    auto texts = ui::Texts::open(assets(), panel.language);
    auto consent = ui::ConsentText::open(assets(), panel.language, ui::consent_version);
    if (!texts) return base::failure(texts.error());
    if (!consent) return base::failure(consent.error());
    stage->texts_ = std::make_unique<ui::Texts>(std::move(*texts));
    stage->consent_ = std::make_unique<ui::ConsentText>(std::move(*consent));
    if (!result) return base::failure(result.error());
    // ImGui knows what lies under a finger from the frame before.
    stage->window_->frame(stage->theme_.palette().paper, [] {});
    return stage;
}

void Stage::use_colours(ui::View const& view) {
    theme_.use(ui::palette(view.session.comfort.contrast));
    icons_->use(theme_.palette());
}

ui::Shown Stage::fill(ui::View const& view) {
    ui::Frame frame{{theme_, *texts_, *consent_, *words_, *icons_},
                    window_->size(),
                    static_cast<int>(view.state)};
    auto intents = ui::draw(frame, view);
    std::ranges::move(intents, std::back_inserter(intents_));
    return frame.take_shown();
}

ui::Shown Stage::draw(ui::View const& view) {
    ui::Shown shown;
    intents_.clear();
    use_colours(view);
    do {
        window_->frame(theme_.palette().paper, [&] { shown = fill(view); });
        words_->trim();
    } while (window_->pump());
    return shown;
}

ui::Shown Stage::lay_out(ui::View const& view) {
    ui::Shown shown;
    use_colours(view);
    window_->lay_out([&] { shown = fill(view); });
    return shown;
}

}  // namespace samples
