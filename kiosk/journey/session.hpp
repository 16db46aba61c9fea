// What the kiosk knows about the person in front of it, and nothing else knows. wipe() is its end.
#pragma once

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
    PrivateText birth_date;  // as on the card, normally YYYYMMDD; may be a lunar date
    PrivateText family_name_raw;
    PrivateText first_name_raw;
    int birth_year = 0;
};

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

    friend bool operator==(LayerPage const&, LayerPage const&) = default;
};

struct Session {
    std::vector<Person> persons;
    std::optional<std::size_t> enrolled;  // index into persons
    PrivateText nir;                      // of the insured person, 13 digits and key

    PrivateText birth_name;  // empty: the name on the card is the birth name
    EmergencyAccess emergency;
    PrivateText mobile;  // ten digits, empty if none
    PrivateText email;

    // What the screen itself remembers.
    PrivateText typed;  // on the keyboard, not yet accepted
    bool symbols = false;
    bool number_shown = false;
    std::size_t page = 0;

    std::string language = "fr";
    std::vector<LayerPage> layers_shown;  // of the consent text, each once, in the order shown
    std::chrono::system_clock::time_point started_at;
    std::chrono::system_clock::time_point consented_at;

    // No data about the person:
    std::optional<Trouble> trouble;
    std::string reference;  // of the recorded request

    Person const& insured() const { return persons.front(); }
    Person const& patient() const { return persons[enrolled.value_or(0)]; }

    // Back to the state of a new session, every private byte overwritten.
    void wipe();
    // As wipe(), but the language (the same person still reads) and the trouble stay.
    void forget_person();
};

void note_shown(Session& session, LayerPage const& shown);

}  // namespace journey
