#include "drivers/base/process.hpp"
#include "kiosk/ui/consent_text.hpp"
#include "kiosk/ui/texts.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/ui/samples.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace {

std::string file(std::filesystem::path const& path) {
    std::ifstream stream{path, std::ios::binary};
    std::stringstream all;
    all << stream.rdbuf();
    return all.str();
}

// A folder of assets that may be spoilt.
struct Assets {
    std::filesystem::path folder;

    Assets() {
        char name[] = "/tmp/ui-assets-XXXXXX";
        REQUIRE(mkdtemp(name) != nullptr);
        folder = name;
        std::filesystem::copy(samples::assets() / "texts", folder / "texts");
        std::filesystem::copy(samples::assets() / "consent", folder / "consent");
    }
    Assets(Assets const&) = delete;
    Assets& operator=(Assets const&) = delete;
    ~Assets() { std::filesystem::remove_all(folder); }

    void replace(std::string const& path, std::string_view text, std::string_view other) const {
        auto content = file(folder / path);
        auto const at = content.find(text);
        REQUIRE(at != std::string::npos);
        content.replace(at, text.size(), other);
        std::ofstream{folder / path, std::ios::binary} << content;
    }
};

// What French typography forbids; empty when all is well.
std::string complaint(std::string_view text) {
    if (text.find('\'') != std::string_view::npos) return "a straight apostrophe";
    if (text.find('"') != std::string_view::npos) return "straight quotation marks";
    if (text.find("...") != std::string_view::npos) return "three dots";
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const before = text.substr(0, i);
        if (std::string_view{";!?"}.find(text[i]) != std::string_view::npos &&
            !before.ends_with("\u202F"))
            return "no narrow no-break space before ; ! ?";
        if (text[i] == ':' && !before.ends_with("\u00A0")) return "no no-break space before :";
        if (text.substr(i).starts_with("«") && !text.substr(i).starts_with("«\u00A0"))
            return "no no-break space after «";
        if (text.substr(i).starts_with("»") && !before.ends_with("\u00A0"))
            return "no no-break space before »";
    }
    return {};
}

}  // namespace

TEST_CASE("the French texts hold every id the screens use, in French typography", "[ui]") {
    auto const texts = ui::Texts::open(samples::assets(), "fr");
    REQUIRE(texts.has_value());
    for (auto const& [id, text] : texts->all()) {
        // The signs of a keyboard are signs, not sentences.
        if (id.starts_with("keyboard.")) continue;
        INFO(id << ": " << text);
        CHECK(complaint(text).empty());
    }
}

TEST_CASE("a missing text stops the start and is named, with all others missing", "[ui]") {
    Assets const assets;
    assets.replace("texts/fr.toml", "back = ", "bakc = ");
    assets.replace("texts/fr.toml", "brand = ", "brnad = ");
    auto const texts = ui::Texts::open(assets.folder, "fr");
    REQUIRE_FALSE(texts.has_value());
    CHECK(texts.error().code == base::Errc::configuration_invalid);
    CHECK(texts.error().detail.find("frame.brand") != std::string::npos);
    CHECK(texts.error().detail.find("action.back") != std::string::npos);
    CHECK(texts.error().detail.find("fr.toml") != std::string::npos);
}

TEST_CASE("a text that no screen uses stops the start", "[ui]") {
    Assets const assets;
    assets.replace("texts/fr.toml", "[frame]", "[frame]\nforgotten = \"x\"");
    auto const texts = ui::Texts::open(assets.folder, "fr");
    REQUIRE_FALSE(texts.has_value());
    CHECK(texts.error().detail.find("frame.forgotten") != std::string::npos);
}

TEST_CASE("a language without a file is an error that names it", "[ui]") {
    auto const texts = ui::Texts::open(samples::assets(), "eo");
    REQUIRE_FALSE(texts.has_value());
    CHECK(texts.error().detail.find("eo.toml") != std::string::npos);
}

TEST_CASE("a form that the language has for a number must be there", "[ui]") {
    Assets const assets;
    assets.replace("texts/ar.toml", "few = ", "fwe = ");
    auto const texts = ui::Texts::open(assets.folder, "ar");
    REQUIRE_FALSE(texts.has_value());
    CHECK(texts.error().detail.find("identity_pin.waiting.few") != std::string::npos);
}

TEST_CASE("a text that is missing fails the build", "[ui]") {
    auto const status_of = [](std::filesystem::path const& assets) {
        auto process =
            base::Process::start({{PROGRAM_DIR "/check-texts", assets}, {}, "/dev/null"});
        REQUIRE(process.has_value());
        return process->wait(std::chrono::seconds{30});
    };
    Assets const assets;
    CHECK(status_of(assets.folder) == 0);
    assets.replace("texts/pt.toml", "brand = ", "brnad = ");
    CHECK(status_of(assets.folder) == 1);
}

TEST_CASE("a recording is found by the text it was read from, and by no other name", "[ui]") {
    Assets const assets;
    auto const folder = assets.folder / "media" / "fr";
    std::filesystem::create_directories(folder);
    std::ofstream{folder / "help.title.wav"} << "RIFF";
    auto const texts = ui::Texts::open(assets.folder, "fr");
    REQUIRE(texts.has_value());
    CHECK(texts->recording((*texts)["help.title"]) == folder / "help.title.wav");
    CHECK(texts->recording((*texts)["help.who"]).empty());
    // What is filled in cannot have been recorded.
    for (auto const* const wrong : {"no.such.text.wav", "frame.step.wav", "help.who.mp3"}) {
        std::ofstream{folder / wrong} << "RIFF";
        auto const refused = ui::Texts::open(assets.folder, "fr");
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().detail.find(wrong) != std::string::npos);
        std::filesystem::remove(folder / wrong);
    }
}

TEST_CASE("fill replaces what it knows and keeps the rest", "[ui]") {
    CHECK(ui::fill("Je suis {name}.", {{"name", "LUC"}}) == "Je suis LUC.");
    CHECK(ui::fill("{a}{b}{a}", {{"a", "1"}, {"b", "2"}}) == "121");
    CHECK(ui::fill("{unknown} {", {{"a", "1"}}) == "{unknown} {");
    // A value is not filled again: a name cannot ask for another.
    CHECK(ui::fill("{a}", {{"a", "{b}"}, {"b", "2"}}) == "{b}");
}

TEST_CASE("the consent text is complete, in French typography, and carries its exact bytes",
          "[ui]") {
    auto const consent = ui::ConsentText::open(samples::assets(), "fr", ui::consent_version);
    REQUIRE(consent.has_value());
    CHECK(consent->id == "dmp-consent");
    CHECK(consent->version == ui::consent_version);
    CHECK(consent->language == "fr");
    CHECK(consent->whole == file(samples::assets() / "consent" / "fr-2.toml"));
    std::string everything;
    auto const take = [&](std::string_view text) {
        INFO(text);
        CHECK(complaint(text).empty());
        everything.append(text).append("\n");
    };
    for (bool const minor : {false, true}) {
        auto const& words = consent->of(minor);
        take(words.question);
        take(words.i_am);
        take(words.already_open);
        for (auto const* const list : {&words.explanation, &words.statements})
            for (auto const& sentence : *list)
                take(sentence);
    }
    for (auto const* const sections : {&consent->explanation_more, &consent->details})
        for (auto const& section : *sections) {
            take(section.title);
            for (auto const& paragraph : section.paragraphs)
                take(paragraph);
        }
    // What a person must be able to know before deciding.
    for (auto const* const said : {"gratuit",
                                   "facultatif",
                                   "remboursements",
                                   "fermer votre DMP",
                                   "dix ans",
                                   "détruit",
                                   "équipe",
                                   "médecin traitant",
                                   "employeur",
                                   "assureur",
                                   "banque",
                                   "masquer",
                                   "motif légitime",
                                   "SAMU",
                                   "{controller}",
                                   "{controller_address}",
                                   "{data_protection_contact}",
                                   "CNIL",
                                   "Elle lit sur votre carte",
                                   "Elle envoie ce qui vous concerne",
                                   "aucune donnée de santé",
                                   "Si vous dites non",
                                   "déjà un DMP"}) {
        INFO(said);
        CHECK(everything.find(said) != std::string::npos);
    }
}

TEST_CASE("a consent text under another version's name is refused", "[ui]") {
    Assets const assets;
    assets.replace("consent/fr-2.toml", "version = \"2\"", "version = \"3\"");
    auto const consent = ui::ConsentText::open(assets.folder, "fr", ui::consent_version);
    REQUIRE_FALSE(consent.has_value());
    CHECK(consent.error().detail.find("version") != std::string::npos);
}

TEST_CASE("a consent text without its second layer is refused", "[ui]") {
    Assets const assets;
    auto const path = assets.folder / "consent" / "fr-2.toml";
    auto const content = file(path);
    std::ofstream{path, std::ios::binary} << content.substr(0, content.find("[[details]]"));
    auto const consent = ui::ConsentText::open(assets.folder, "fr", ui::consent_version);
    REQUIRE_FALSE(consent.has_value());
    CHECK(consent.error().detail.find("details") != std::string::npos);
}
