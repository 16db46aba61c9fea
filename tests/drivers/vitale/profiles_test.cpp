// Every card of the simulator, and what the reader makes of it.
#include "tests/cards/played_card.hpp"
#include "tests/drivers/vitale/support.hpp"

#include <algorithm>

using namespace vitale_tests;

namespace {

struct Row {
    std::string_view id;
    std::string_view outcome;  // the error, or what became of the number file
    std::string_view persons;  // name, first name, birth date, number; ? marks a doubtful text
};

// As on 17 June 2019.
constexpr Row rows[] = {
    {"P01", "read", "EXEMPLE LUC 19780514 178057599990175"},
    {"P02", "read", "FICTIVE CAMILLE 19851123 285116999590259"},
    {"P03", "read", "SPECIMEN ANGE 19900317 190032A99990392"},
    {"P04", "read", "SPECIMEN LESIA 19720809 272082B99890490"},
    {"P05", "read",
     "MODELE-FICTIF ANDRE 19810409 181043399790535; MODELE-FICTIF SOPHIE 19830911 283094499690687; "
     "MODELE-FICTIF LEA 20140203 -; MODELE-FICTIF ZOE 20140203 -"},
    {"P05b", "read",
     "MODELE-FICTIF ANDRE 19810409 181043399790535; MODELE-FICTIF SOPHIE 19830911 283094499690687; "
     "MODELE-FICTIF LEA 20140203 181043399790535; MODELE-FICTIF ZOE 20140203 181043399790535"},
    {"P05c", "differs",
     "MODELE-FICTIF ANDRE 19810409 -; MODELE-FICTIF SOPHIE 19830911 -; MODELE-FICTIF LEA 20140203 "
     "-; MODELE-FICTIF ZOE 20140203 -"},
    {"P06", "read",
     "12 persons, FAMILLE-NOMBREUSE PAUL 19760305 176035999393045; FAMILLE-NOMBREUSE JULES "
     "20110105 -"},
    {"P07", "read", "LUNAIRE AMAR 19551701 155179999890791"},
    {"P07b", "read", "INCONNU TIEN 19580000 158999999891782"},
    {"P08", "read",
     "DE-LA-FICTION-INTERMINABLE-ET-TRES-COMPOSEE "
     "MARIE-ANTOINETTE-ELISABETH-CUNEGONDE-PHILOMENE-ADELAIDE 19970428 297041399590889"},
    {"P08b", "read",
     "DE-LA-FICTION-INTERMINABLE-ET-TRES-COMPOSEE-DE-SAINT-EXEMPLE "
     "MARIE-ANTOINETTE-ELISABETH-CUNEGONDE-PHILOMENE-ADELAIDE 19970428 297041399590889"},
    {"P08c", "read",
     "DE-LA-FICTION-INTERMINABLE-ET-TRES-COMPOSEE-DE-SAINT-EXEMPLE "
     "MARIE-ANTOINETTE-ELISABETH-CUNEGONDE-PHILOMENE-ADELAIDE 19970428 297041399590889"},
    {"P08d", "read",
     "DE-LA-FICTION-INTERMINABLE-DE-LA-FICTION-INTERMINABLE-DE-LA-FICTION-INTERMINABLE-DE-LA-"
     "FICTION-INTERMINABLE-DE-LA-FICTION-INTERMINABLE "
     "MARIE-CUNEGONDE-PHILOMENE-MARIE-CUNEGONDE-PHILOMENE-MARIE-CUNEGONDE-PHILOMENE-MARIE-"
     "CUNEGONDE-PHILOMENE-MARIE-CUNEGONDE-PHILOMENE 19970428 297041399590889"},
    {"P09", "read", "D'ALMÉIDA-SPÉCIMEN FRANÇOISE-ZOË 19640701 264079749990909"},
    {"P09b", "read", "D'ALMÉIDA-¼UVRÉ? FRANÇOISE-LOU¾S�ZOË? 19640701 264079749990909"},
    {"P10", "read", "PERIME PAUL 19640722 164075999491008"},
    {"P11", "read", "FAUX YVES 19700203 170026299991118"},
    {"P12a", "malformed", ""},
    {"P12b", "malformed", ""},
    {"P12c", "malformed", ""},
    {"P12d", "malformed", ""},
    {"P12e", "malformed", ""},
    {"P13a", "read", "ATTENTE ELIAS 19950611 795069999891374"},
    {"P13b", "read", "ATTENTE MIRA 19951130 895119999891406"},
    {"P13c", "read", "COURS OMAR 20010505 301059999791542"},
    {"P13d", "read", "PROVIS AGRICOLE 19660606 555555000001661"},
    {"P13e", "read", "PASSAGE IVAN 19910303 591039999394453"},
    {"P14", "read", "SANSNIR JEANNE 20180812 -"},
    {"P15", "read", "SIECLE TOM 120305 112037599991562"},
    {"P16", "card_vitale_1", ""},
    {"P16b", "card_vitale_1", ""},
    {"P17", "card_professional", ""},
    {"P17b", "card_professional", ""},
    {"P18", "read", "STRICT KARIM 19920404 192049399691926"},
    {"P19", "card_unknown", ""},
    {"P20", "transmission_failed", ""},
    {"P20a", "read", "LENTE INES 20051015 205103199592024"},
    {"P20b", "transmission_failed", ""},
    {"P20c", "card_removed", ""},
    {"P21", "read", "MUETTE ANNA 19760130 276016299892132"},
    {"P22", "read", "INEDITE PAULE 19850101 285017599692275"},
    {"P23", "refused", "SECRETE LOUISE 19791012 -"},
    {"P24", "read", "POINTEUR HUGO 19830607 183063399892417"},
    {"P24b", "read", "POINTEUR HUGO 19830607 183063399892417"},
    {"P24c", "malformed", ""},
    {"P24d", "malformed", ""},
    {"P24e", "read", "POINTEUR HUGO 19830607 183063399892417"},
    {"P24f", "read", "POINTEUR HUGO 19830607 183063399892417"},
    {"P24g", "read", "POINTEUR HUGO 19830607 183063399892417"},
    {"P24h", "file_missing", ""},
    {"P24i", "read", "POINTEUR HUGO 19830607 183063399892417"},
    {"P24j", "read", "POINTEUR HUGO 19830607 183063399892417"},
    {"P24k", "read",
     "12 persons, POINTEUR REMI 19760305 176035999295352; POINTEUR JULES 20110106 176035999295352"},
    {"P25", "read", "SEIZE LINA 20030508 203053199292530"},
    {"P26a", "read", "MAJEUR TOM 20010618 101066999392610"},
    {"P26b", "read", "MAJEUR TOM 20010617 101066999392610"},
    {"P27", "read", "TARDIVE ANNE 19670329 267033599692727; TARDIVE HUGO 19990309 -"},
    {"P27b", "read",
     "TARDIVE ANNE 19670329 267033599692727; TARDIVE HUGO 19990309 199033599792830"},
    {"P28", "read",
     "7 persons, EXACTE-TAILLE ALEXANDRA 19790617 279063899592916; EXACTE-TAILLE GABRIEL 20130324 "
     "-"},
    {"P29", "read",
     "19 persons, DIX-NEUF SERGE 19740128 174018799493103; DIX-NEUF ROSE 20180104 174018799493103"},
    {"P30", "differs", "SURNUMERAIRE ALBA 19860225 -"},
    {"P31", "read",
     "HOMONYME DANIEL 19800808 180081699793592; HOMONYME DANIEL 19800808 180081699893661"},
    {"P32", "read", "PRECOCE INES 20020518 202054999593773; PRECOCE MARC 19740605 174064999693872"},
    {"P33", "read",
     "TRIO CLAIRE 19791130 279115499393905; TRIO DAVID 19780602 178065499494090; TRIO LOU 20100418 "
     "-"},
    {"P34", "read", "FUTUR ANNA 20190618 219066399394101"},
    {"P35", "malformed", ""},
    {"P36", "malformed", ""},
    {"P37", "card_unknown", ""},
    {"P38", "read", "LACONIQUE REMI 19870216 187025699794518"},
    {"P39", "read", "RACINE EVA 19930724 293071799694660"},
    {"P40", "access_denied", ""},
    {"P41", "file_missing", ""},
    {"P42", "read", "VIERGE MAEL 19990921 -"},
    {"P43", "read", "LETTRES NOEL 19841224 18412ZZ99994975"},
    {"P44", "read", "DEPAREILLE YANN 19780203 -; DEPAREILLE SOAZIG 19790804 279082999495009"},
    {"P45", "read",
     "BOITEUSE GILLES 19720917 172098699595112; BOITEUSE MIREILLE 19731002 273108699695293"},
    {"P46", "malformed", ""},
    {"P47", "malformed", ""},
    {"P48", "read", "DU�[2J�PONT�31m? JEAN��RECEIPT���? 19720304 172039999994830"},
    {"P49", "read",
     "%n%s%1$p'; DROP TABLE outbox;--? \"<b>&amp;]]></b>$(id)`id`\\{}{0:>99}? 19730405 "
     "273049999994943"},
    {"P50", "read", "EXEMPLEâ�®TRA? â��LUCIEâ�§? 19740506 274059999995009"},
};

std::string_view name(NumberFile file) {
    switch (file) {
    case NumberFile::read: return "read";
    case NumberFile::missing: return "missing";
    case NumberFile::refused: return "refused";
    case NumberFile::differs_in_length: return "differs";
    }
    return "";
}

std::string described(vitale::Text const& text) { return text.utf8 + (text.doubtful ? "?" : ""); }

std::string described(vitale::Beneficiary const& person) {
    return described(person.family_name) + " " + described(person.first_name) + " " +
           person.birth_date + " " + person.nir.value_or("-");
}

std::string described(std::vector<vitale::Beneficiary> const& persons) {
    if (persons.size() > 4)
        return std::to_string(persons.size()) + " persons, " + described(persons.front()) + "; " +
               described(persons.back());
    std::string text;
    for (auto const& person : persons)
        text += (text.empty() ? "" : "; ") + described(person);
    return text;
}

}  // namespace

TEST_CASE("every card of the simulator is read as it is meant", "[vitale][profiles]") {
    auto const profiles = shipped_profiles();
    for (auto const& row : rows) {
        INFO(row.id << ": " << row.persons);
        auto const profile = std::ranges::find(profiles, row.id, &simulator::Profile::id);
        REQUIRE(profile != profiles.end());
        PlayedCard card{*profile};
        auto const read_out = read(card);
        if (!read_out) {
            CHECK(base::name(read_out.error().code) == row.outcome);
            CHECK(row.persons.empty());
            continue;
        }
        CHECK(name(read_out->number_file) == row.outcome);
        CHECK(described(read_out->beneficiaries) == row.persons);
    }
    CHECK(profiles.size() == std::size(rows));  // none without its row
}

TEST_CASE("a card by the letter of T=0 gives what the friendly one gives", "[vitale][profiles]") {
    for (auto profile : shipped_profiles()) {
        INFO(profile.id);
        PlayedCard as_shipped{profile};
        profile.rules.strict = !profile.rules.strict;
        PlayedCard otherwise{profile};
        auto const one = read(as_shipped);
        auto const other = read(otherwise);
        REQUIRE(one.has_value() == other.has_value());
        if (one)
            CHECK(described(one->beneficiaries) == described(other->beneficiaries));
        else
            CHECK(one.error().code == other.error().code);
    }
}

TEST_CASE("no error of any card says anything about a person", "[vitale][profiles]") {
    for (auto const& profile : shipped_profiles()) {
        PlayedCard card{profile};
        auto const read_out = read(card);
        if (read_out) continue;
        INFO(profile.id << ": " << read_out.error().detail);
        for (auto const* text : {"CORROMPU", "NADIA", "1988", "POINTEUR", "HUGO", "1983", "SANSNOM",
                                 "FRAGILE", "INTERDITE"})
            CHECK(read_out.error().detail.find(text) == std::string::npos);
    }
}
