// Complete requests of fictitious persons, to change in one point and test.
#pragma once

#include "kiosk/dmp/codes.hpp"
#include "kiosk/dmp/creation_request.hpp"

#include <string_view>
#include <vector>

namespace example {

inline crypto::Uuid id() {
    return crypto::Uuid::parse("0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e01").value();
}

// 17 June 2019, 22:30:15 UTC: already the 18th in Paris.
inline dmp::Time at(int seconds = 0) {
    using namespace std::chrono;
    return sys_days{2019y / June / 17} + 22h + 30min + std::chrono::seconds{15 + seconds};
}

// An insured adult.
inline dmp::CreationRequest request() {
    using namespace std::chrono_literals;
    return {
        .id = id(),
        .environment = dmp::Environment::test,
        .software = {.oid = "1.2.250.1.999.1.1.1", .name = "BORNE DMP (TEST)"},
        .author = {.id = "899900000000",
                   .family_name = "D'ESSAI",
                   .given_name = "AGNÈS",
                   .structure_id = "10B0000000",
                   .structure_name = "CPAM <ESSAI> & FILS"},
        .patient = {.card_family_name = "DESMAUX-L'HÉRITIER",
                    .birth_name = "MODÈLE",
                    .given_name = "NATHALIE",
                    .birth_date = "19550615",
                    .candidate_ins = "255069999999934"},
        .contact = {.mobile = "0600000001", .email = "nathalie@example.invalid"},
        .emergency = {.samu = true, .professional = true},
        .consent_date = 2019y / std::chrono::June / 18,
        .created_at = at(60),
        .card = {.insured = {.position = 0,
                             .family_name = "DESMAUX-L'H\xC9RITIER",  // ISO 8859-1, as on a card
                             .first_name = "NATHALIE",
                             .birth_date = "19550615"},
                 .enrolled = std::nullopt,
                 .nir_od = "255069999999934",
                 .same_birth_date = false},
        .evidence = {.text_id = "consent.fr",
                     .text_version = "2019-06",
                     .text_sha256 = crypto::sha256(base::to_bytes("the text shown")),
                     .operator_names = {.controller = "Caisse d’essai",
                                        .controller_address = "1 rue de l’Essai, 75000 Paris",
                                        .data_protection_contact = "dpo@example.org"},
                     .layers_shown = {"short", "explanation"},
                     .language = "fr",
                     .reading_mode = "standard",
                     .identity_seen_by = std::nullopt,
                     .started_at = at(-70),
                     .consented_at = at(),
                     .confirmed_at = at(55),
                     .clock_trusted = true,
                     .journey_version = "0.1.0"},
    };
}

// Another adult of the same card, NATHALIE being the insured person.
inline dmp::CreationRequest other_adult() {
    auto request = example::request();
    request.patient = {.card_family_name = "D'ARÇON",
                       .birth_name = "D'ARÇON",
                       .given_name = "JEAN-NOËL",
                       .birth_date = "19521203",
                       .candidate_ins = std::nullopt};
    request.contact = {.mobile = "0600000002", .email = std::nullopt};
    request.card.enrolled = {.position = 1,
                             .family_name = "D'AR\xC7ON",
                             .first_name = "JEAN-NO\xCBL",
                             .birth_date = "19521203"};
    request.evidence.consent_given_by = dmp::ConsentGiver::other_adult;
    return request;
}

// Makes it a minor's request: somebody consents in the child's place.
inline void represent(dmp::CreationRequest& request, dmp::Representative representative) {
    request.representative = std::move(representative);
    request.evidence.consent_given_by = dmp::ConsentGiver::representative;
    request.evidence.authority_stated = true;
    request.evidence.childs_word = dmp::ChildsWord::too_young;
}

// A child on the card of NATHALIE, who was picked from it as the mother; the contact is hers.
inline dmp::CreationRequest child() {
    auto request = example::request();
    request.patient = {.card_family_name = "D'ARÇON-MODÈLE",
                       .birth_name = "D'ARÇON-MODÈLE",
                       .given_name = "CLÉO",
                       .birth_date = "20120905",
                       .candidate_ins = std::nullopt};
    request.card.enrolled = {.position = 3,
                             .family_name = "D'AR\xC7ON-MOD\xC8LE",
                             .first_name = "CL\xC9O",
                             .birth_date = "20120905"};
    represent(request, {.family_name = "DESMAUX-L'HÉRITIER",
                        .given_name = "NATHALIE",
                        .relationship = dmp::default_relationships().at(0).relationship,
                        .on_card = true});
    return request;
}

// A minor with an own card, alone on it, and a guardian who typed his name.
inline dmp::CreationRequest minor_with_own_card() {
    auto request = example::request();
    request.patient = {.card_family_name = "N'DIAYE",
                       .birth_name = "N'DIAYE",
                       .given_name = "ANNE-MAËLLE",
                       .birth_date = "20030615",
                       .candidate_ins = "203069999999960"};
    request.card.insured = {.position = 0,
                            .family_name = "N'DIAYE",
                            .first_name = "ANNE-MA\xCBLLE",
                            .birth_date = "20030615"};
    request.card.nir_od = "203069999999960";
    represent(request, {.family_name = "LE GOFF-ÉTIENNE",
                        .given_name = "JOSÉ",
                        .relationship = dmp::default_relationships().at(2).relationship,
                        .on_card = false});
    request.evidence.childs_word = dmp::ChildsWord::agrees;
    return request;
}

// The insured adult with a number of class 7: it can be nobody's candidate.
inline dmp::CreationRequest provisional() {
    auto request = example::request();
    request.card.nir_od = "755069999999975";
    request.card.provisional = true;
    request.patient.candidate_ins.reset();
    return request;
}

// The card holds six digits; the person chose the century.
inline dmp::CreationRequest six_digits() {
    auto request = example::request();
    request.card.insured.birth_date = "120615";
    request.patient.birth_date = "19120615";
    return request;
}

// The same birth date for the card and the message.
inline void born(dmp::CreationRequest& request, std::string_view date) {
    request.patient.birth_date = date;
    (request.card.enrolled ? *request.card.enrolled : request.card.insured).birth_date = date;
}

struct Kind {
    std::string_view name;
    dmp::CreationRequest request;
};

// Everyone for whom a request is made.
inline std::vector<Kind> kinds() {
    auto lunar_child = child();
    born(lunar_child, "20121701");
    auto lunar = request();
    born(lunar, "19550000");
    return {{"the insured adult", request()},
            {"another adult", other_adult()},
            {"a child on a parent's card", child()},
            {"a minor with an own card", minor_with_own_card()},
            {"a provisional number", provisional()},
            {"a date of six digits", six_digits()},
            {"a lunar date", lunar},
            {"a child's lunar date", lunar_child}};
}

}  // namespace example
