// A complete request of a fictitious person, to change in one point and test.
#pragma once

#include "kiosk/dmp/creation_request.hpp"

namespace example {

inline crypto::Uuid id() {
    return crypto::Uuid::parse("0f2d6d52-5a5f-4d53-9f3b-3b2f2f6d1e01").value();
}

// 17 June 2019, 22:30:15 UTC: already the 18th in Paris.
inline dmp::Time at(int seconds = 0) {
    using namespace std::chrono;
    return sys_days{2019y / June / 17} + 22h + 30min + std::chrono::seconds{15 + seconds};
}

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

}  // namespace example
