// The easy-to-read deck keeps the rules of FALC (U-01) that a program can judge. Whether it is
// understood, only the people concerned can say.
#include "kiosk/ui/consent_text.hpp"
#include "kiosk/ui/texts.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/ui/samples.hpp"

#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace {

using Strings = std::vector<std::string>;
using Table = std::map<std::string, std::string, std::less<>>;

constexpr int most_words = 12;

std::regex const placeholder{R"(\{\w+\})"};
std::regex const sign{"[;()%]"};
std::regex const italics{"[*_<]"};
std::regex const date_in_figures{R"(\d[-/.]\d)"};
std::regex const around_a_word{"^[.,:?!]+|[.,:?!]+$"};
std::regex const negation{"ne|n'|pas|jamais|aucune?s?|sans|ni|rien|non|nulle?s?|guère",
                          std::regex::icase};
std::regex const roman_numeral{"[IVX]+(e|er|ème)?"};
std::regex const letter{"[b-xzB-XZ]"};
std::regex const capitals{"[A-Z]{2}"};

// What must stand in the same text. DMP: the title of the explanation says it, tested below.
Table const explanations{{"DMP", ""}, {"SAMU", "15"}, {"CNIL", "CNIL veut dire"}};

Table const excused{// The answer to a question of yes or no: no other word is as easy.
                    {"other_adult.no", "a negation"},
                    {"authority.no", "a negation"},
                    {"childs_word.refuses", "a negation"},
                    {"birth_name.no", "a negation"},
                    // Set in lines for their place: large letters, and two values of one line.
                    {"attract.title", "a line ends within a sentence"},
                    {"attract.insert", "a line ends within a sentence"},
                    {"review.accesses", "a line ends within a sentence"}};

void replace_all(std::string& text, std::string_view what, std::string_view other) {
    for (auto at = text.find(what); at != std::string::npos;
         at = text.find(what, at + other.size()))
        text.replace(at, what.size(), other);
}

std::string complaint_about(std::string const& word, std::string_view text) {
    if (std::regex_match(word, negation)) return "a negation";
    if (std::regex_match(word, roman_numeral)) return "a Roman numeral";
    if (std::regex_match(word, letter)) return "an abbreviation";
    if (!std::regex_search(word, capitals)) return {};
    auto const found = explanations.find(word);
    bool const explained = found != explanations.end() && text.find(found->second) != text.npos;
    return explained ? "" : "an abbreviation";
}

// What FALC forbids; empty when all is well.
std::string complaint(std::string_view given) {
    auto text = std::regex_replace(std::string{given}, placeholder, "mot");
    replace_all(text, "**", "");
    if (std::regex_search(text, sign)) return "a forbidden sign";
    if (std::regex_search(text, italics)) return "italics";
    if (std::regex_search(text, date_in_figures)) return "a date in figures";
    // Strictly counted, "l’enfant" is two words.
    replace_all(text, "’", "' ");
    for (auto const* const blank : {"\u00A0", "\u202F", "«", "»", "…"})
        replace_all(text, blank, " ");
    bool ended = true;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        if (!ended) return "a line ends within a sentence";
        ended = false;
        int count = 0;
        std::istringstream tokens{line};
        for (std::string token; tokens >> token;) {
            auto const word = std::regex_replace(token, around_a_word, "");
            if (!word.empty()) {
                if (ended) return "two sentences in a line";
                if (++count > most_words) return "too many words";
                if (auto const why = complaint_about(word, text); !why.empty()) return why;
            }
            ended = ended || std::string_view{".?!"}.find(token.back()) != std::string_view::npos;
        }
    }
    return {};
}

std::set<std::string> placeholders(std::string const& text) {
    return {std::sregex_token_iterator{text.begin(), text.end(), placeholder},
            std::sregex_token_iterator{}};
}

// All that is read, part by part; of a section the title and its paragraphs, of which there may be
// more than in French.
std::vector<Strings> parts(std::string_view language) {
    auto const text = ui::ConsentText::open(samples::assets(), language, ui::consent_version);
    REQUIRE(text.has_value());
    std::vector<Strings> all{{text->explanation_title}};
    for (auto const* const words : {&text->adult, &text->child}) {
        all.push_back({words->question, words->i_am, words->already_open});
        all.push_back(words->explanation);
        all.push_back(words->statements);
    }
    for (auto const* const sections : {&text->explanation_more, &text->details})
        for (auto const& section : *sections) {
            all.push_back({section.title, ""});
            for (auto const& paragraph : section.paragraphs)
                all.back().back().append(paragraph).append("\n");
        }
    return all;
}

}  // namespace

TEST_CASE("the linter of FALC complains about a bad sentence of each kind", "[ui]") {
    for (auto const& [bad, why] :
         Table{{"Un deux trois quatre cinq six sept huit neuf dix onze l’eau.", "too many words"},
               {"Votre carte est bonne. Reprenez‑la.", "two sentences in a line"},
               {"Reprenez votre\ncarte.", "a line ends within a sentence"},
               {"La carte n’est plus là.", "a negation"},
               {"Rien de plus.", "a negation"},
               {"Le XIV de France.", "a Roman numeral"},
               {"Vos codes par SMS.", "an abbreviation"},
               {"Le SAMU vient.", "an abbreviation"},
               {"Attendez {seconds} s.", "an abbreviation"},
               {"Né le 14/05/1978.", "a date in figures"},
               {"Une fois sur cent : 1\u00A0%.", "a forbidden sign"},
               {"C’est dit\u202F; merci.", "a forbidden sign"},
               {"Un soignant (médecin).", "a forbidden sign"},
               {"C’est *gratuit*.", "italics"}}) {
        INFO(bad);
        CHECK(complaint(bad) == why);
    }
    for (auto const* const good :
         {"Un deux trois quatre cinq six sept huit neuf dix onze douze.",
          "Déjà un DMP\u202F?\nAllez sur www.dmp.fr.", "Je suis **{name}**.", "Le SAMU, au 15"}) {
        INFO(good);
        CHECK(complaint(good) == "");
    }
}

TEST_CASE("every easy text keeps the rules of FALC and the French placeholders", "[ui]") {
    auto const easy = ui::Texts::open(samples::assets(), "fr-falc");
    auto const french = ui::Texts::open(samples::assets(), "fr");
    REQUIRE(easy.has_value());
    REQUIRE(french.has_value());
    for (auto const& [id, text] : easy->all()) {
        INFO(id << ": " << text);
        CHECK(placeholders(text) == placeholders(std::string{(*french)[id]}));
        // Signs of a keyboard, and parts of a date, are no sentences.
        if (id.starts_with("keyboard.") || id.starts_with("date.")) continue;
        auto const found = excused.find(id);
        auto const expected = found == excused.end() ? "" : found->second;
        CHECK(complaint(text) == expected);
        if (expected == "a negation") CHECK(text == "Non");
        if (id.ends_with(".title") && expected.empty()) CHECK(text.find('\n') == text.npos);
    }
}

TEST_CASE("the easy consent text keeps the rules of FALC and the French structure", "[ui]") {
    auto const easy = parts("fr-falc");
    auto const french = parts("fr");
    REQUIRE(easy.size() == french.size());
    std::string everything;
    for (std::size_t i = 0; i < easy.size(); ++i) {
        REQUIRE(easy[i].size() == french[i].size());
        for (std::size_t j = 0; j < easy[i].size(); ++j) {
            INFO(easy[i][j]);
            CHECK(complaint(easy[i][j]) == "");
            CHECK(placeholders(easy[i][j]) == placeholders(french[i][j]));
            everything.append(easy[i][j]).append("\n");
        }
    }
    CHECK(everything.starts_with("DMP veut dire"));
    // What a person must be able to know before deciding, said without a "not".
    for (auto const* const said :
         {"gratuit et c’est mon choix", "accepter ou de refuser", "fermer votre DMP",
          "gardé 10 ans", "détruit", "équipe", "médecin traitant", "employeur est interdit d’accès",
          "mutuelle et votre banque", "motif légitime", "CNIL veut dire", "lit sur votre carte",
          "envoie ce qui vous concerne", "ignore tout de votre santé"}) {
        INFO(said);
        CHECK(everything.find(said) != std::string::npos);
    }
}
