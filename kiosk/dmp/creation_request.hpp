// A request to create a DMP, complete: what the person, the card, the configuration and the clock
// said. Plain data; the message and the documents made of it are in hl7_message.hpp and
// evidence.hpp.
#pragma once

#include "kiosk/config/authors.hpp"
#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/secret.hpp"
#include "kiosk/crypto/uuid.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dmp {

using Time = std::chrono::system_clock::time_point;

enum class Environment : std::uint8_t { test, production };

struct Software {
    std::string oid;  // owned by the operator: names the sending software and roots the message ids
    std::string name;  // as approved
};

struct Patient {
    crypto::SecretText card_family_name;  // UTF-8
    crypto::SecretText birth_name;        // the same, when the person confirmed it
    crypto::SecretText given_name;
    // Eight digits, as on the card, also when they are no calendar day (lunar dates); for a card
    // that holds six, with the century the person chose.
    crypto::SecretText birth_date;
    // 13 characters and key. Only for the insured person with a valid number of class 1 or 2.
    std::optional<crypto::SecretText> candidate_ins;
};

// The quality in which somebody acts for a minor. Which codes there are is configuration: no
// official list names every holder of parental authority.
struct Relationship {
    std::string code;
    std::string system;   // OID
    std::string display;  // under which the person chose it
};

// Under the id that texts and configuration use.
struct NamedRelationship {
    std::string id;
    Relationship relationship;
};

// Who consents for a minor.
struct Representative {
    crypto::SecretText family_name;  // UTF-8
    crypto::SecretText given_name;
    Relationship relationship;
    bool on_card;  // picked among the persons of the card; typed otherwise
};

// As typed at the kiosk, never verified: the representative's when there is one.
struct Contact {
    std::optional<crypto::SecretText> mobile;  // ten digits
    std::optional<crypto::SecretText> email;
};

// Consents, as ticked on the screen. On the wire they become oppositions.
struct EmergencyAccess {
    bool samu;
    bool professional;
};

// One person of the card in the bytes of the card.
struct CardPerson {
    std::size_t position;  // 0 is the insured person
    crypto::SecretText family_name;
    crypto::SecretText first_name;
    crypto::SecretText birth_date;
};

struct CardReading {
    CardPerson insured;
    std::optional<CardPerson> enrolled;  // when it is not the insured person
    crypto::SecretText nir_od;           // of the insured person, 13 characters and key
    bool same_birth_date;                // another person of the card has the enrolled one's: twins
    bool provisional = false;            // the number is of class 3, 4, 7 or 8
};

inline CardPerson const& enrolled_person(CardReading const& card) {
    return card.enrolled ? *card.enrolled : card.insured;
}

enum class ConsentGiver : std::uint8_t { insured_adult, other_adult, representative };

// What a child said who was told of the record. "Does not agree" ends the journey before a request.
enum class ChildsWord : std::uint8_t { agrees, too_young };

// The operator's names where the consent text leaves places for them; all empty when it has none.
struct OperatorNames {
    std::string controller;
    std::string controller_address;
    std::string data_protection_contact;
};

// What shows later that the consent was given, and how.
struct Evidence {
    std::string text_id;  // of the consent text
    std::string text_version;
    crypto::Sha256 text_sha256;
    OperatorNames operator_names{};
    std::vector<std::string> layers_shown;  // in the order shown
    std::string language;                   // BCP 47
    std::string reading_mode;               // "standard" or "read aloud"
    ConsentGiver consent_given_by = ConsentGiver::insured_adult;
    bool authority_stated = false;  // a representative said to hold parental authority
    std::optional<ChildsWord> childs_word = std::nullopt;  // asked of a representative only
    std::optional<std::string> identity_seen_by;           // an author's id; none: the card only
    Time started_at;
    Time consented_at;
    Time confirmed_at;
    bool clock_trusted;
    std::string journey_version;
};

struct CreationRequest {
    crypto::Uuid id;
    Environment environment;
    Software software;
    config::Author author;
    Patient patient;
    std::optional<Representative> representative = std::nullopt;  // the patient is a minor
    Contact contact;
    EmergencyAccess emergency;
    std::chrono::year_month_day consent_date;  // where the kiosk stands
    Time created_at;
    CardReading card;
    Evidence evidence;
};

// Whether a message can be made of it that says only what it should: nothing needed is missing,
// every text is printable, numbers and dates have their shape, the patient is the person of the
// card whose bytes travel beside, the candidate INS is the insured person's, and who consented, in
// which quality and for whom agree. Errc::malformed names the field, never its content.
base::Result<void> check(CreationRequest const& request);

}  // namespace dmp
