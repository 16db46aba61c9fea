// What the kiosk knows about the person in front of it, and nothing else knows. wipe() is its end.
#pragma once

#include "kiosk/journey/comfort.hpp"
#include "kiosk/journey/private_text.hpp"
#include "kiosk/journey/trouble.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace journey {

// One person on the card, as read: the raw bytes travel to the receiver, the texts to the screen.
struct Person {
    std::size_t position = 0;  // on the card; 0 is the insured person
    PrivateText family_name;   // UTF-8
    PrivateText first_name;
    PrivateText birth_date;        // as on the card: YYYYMMDD or YYMMDD; may be a lunar date
    PrivateText whole_birth_date;  // eight digits; empty while the century is not known
    PrivateText family_name_raw;
    PrivateText first_name_raw;

    // Of the whole date; 0 while the century is not known.
    int birth_year() const;
};

// In which quality the enrolled person's record is requested.
enum class Quality : std::uint8_t {
    insured_adult,
    other_adult,  // on somebody else's card, present and stating it
    minor,        // a representative acts
};

enum class ChildsWord : std::uint8_t { agrees, too_young };

// Who acts for a minor.
struct Representative {
    PrivateText family_name;
    PrivateText first_name;
    std::optional<std::size_t> person;        // on the card; typed otherwise
    std::optional<std::size_t> relationship;  // in the site's list
    bool authority_stated = false;
    std::optional<ChildsWord> childs_word;
};

// What the next person finds.
inline constexpr std::string_view default_language = "fr";

// Consents, ticked at first; on the wire they become oppositions.
struct EmergencyAccess {
    bool samu = true;
    bool professional = true;
};

// The parts of the consent text, noted when they were on the screen.
enum class Layer : std::uint8_t { explanation, explanation_more, statement, details };

constexpr std::string_view name(Layer layer) {
    switch (layer) {
    case Layer::explanation: return "explanation";
    case Layer::explanation_more: return "explanation_more";
    case Layer::statement: return "statement";
    case Layer::details: return "details";
    }
    return "";
}

struct LayerPage {
    Layer layer;
    std::size_t page = 0;
    std::string language = "fr";

    friend bool operator==(LayerPage const&, LayerPage const&) = default;
};

// What the staff who confirms an identity is told about the PIN typed.
struct PinAnswer {
    enum class Kind : std::uint8_t { none, wrong, waiting, locked, failed };
    Kind kind = Kind::none;
    std::chrono::seconds wait{0};
};

struct Session {
    std::vector<Person> persons;
    std::optional<std::size_t> enrolled;  // index into persons
    PrivateText nir;                      // of the insured person, 13 digits and key
    bool provisional = false;             // that number
    Quality quality = Quality::insured_adult;
    std::vector<std::size_t> adults;  // on the card, who could act for the minor
    Representative representative;

    PrivateText birth_name;  // empty: the name on the card is the birth name
    EmergencyAccess emergency;
    PrivateText mobile;  // ten digits, empty if none
    PrivateText email;

    // What the screen itself remembers.
    PrivateText typed;                           // on the keyboard, not yet accepted
    std::optional<std::size_t> identity_author;  // in the site's list of those who check
    PinAnswer pin_answer;
    bool reference_unknown = false;  // the one typed before
    bool symbols = false;
    bool number_shown = false;
    std::size_t page = 0;
    // How much was before the page that is to be found again in another size.
    std::optional<std::size_t> place;

    std::string language{default_language};
    Comfort comfort;
    std::string consent_language;         // in which the consent was given: its deck
    bool consent_heard = false;           // and whether it was read aloud
    std::vector<LayerPage> layers_shown;  // of the consent text, each once, in the order shown
    std::chrono::system_clock::time_point started_at;
    std::chrono::system_clock::time_point consented_at;

    // No data about the person:
    std::optional<Trouble> trouble;
    std::string reference;   // of the recorded request
    bool for_minor = false;  // the farewell names no way online: there is none for minors

    Person const& insured() const { return persons.front(); }
    Person const& patient() const { return persons[enrolled.value_or(0)]; }
    bool minor() const { return quality == Quality::minor; }

    // Back to the state of a new session, every private byte overwritten.
    void wipe();
    // As wipe(), but language and comfort (the same person still reads), the trouble, and whether
    // it was about a minor stay.
    void forget_person();
    // Another person of the card: what was said about the one before is forgotten.
    void choose(std::size_t person);
};

void note_shown(Session& session, LayerPage const& shown);

}  // namespace journey
