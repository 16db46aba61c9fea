// Every identifier and code of the message, with its source. KIT: GIE SESAM-Vitale example code for
// software editors 2.06.01; MSG: its sample messages 02.05.00; HOMOL: published approval
// requirements (EX_...); ANS: published nomenclatures; XSD: HL7 v3 Normative Edition 2009.
#pragma once

#include "kiosk/dmp/creation_request.hpp"

#include <string_view>

namespace dmp::codes {

struct OfEnvironment {
    std::string_view processing;  // KIT, MSG: P production, D debugging and test
    std::string_view ins_root;    // HOMOL EX_GEN-1520, ANS: assigning authority of the INS
};

constexpr OfEnvironment of(Environment environment) {
    switch (environment) {
    case Environment::test: return {"D", "1.2.250.1.213.1.4.10"};
    case Environment::production: return {"P", "1.2.250.1.213.1.4.8"};
    }
    return {};
}

struct Code {
    std::string_view code;
    std::string_view system;
    std::string_view display;
};

inline constexpr std::string_view interaction = "PRPA_IN201311UV02";           // XSD, KIT
inline constexpr std::string_view interaction_root = "2.16.840.1.113883.1.6";  // KIT
inline constexpr std::string_view receiver_root = "1.2.250.1.213.4.1.1.1";     // KIT, MSG
inline constexpr std::string_view receiver_name = "DMP";                       // KIT, MSG
inline constexpr std::string_view professional_root = "1.2.250.1.71.4.2.1";    // KIT: PS_IdNat
inline constexpr std::string_view structure_root = "1.2.250.1.71.4.2.2";       // KIT: Struct_IdNat

// KIT; ANS TRE_R271-TypeRequete.
inline constexpr Code creation{"CREA_RD", "1.2.250.1.213.1.1.4.11", "Création de dossier"};
// KIT; HOMOL EX_GEN-1265: the traits as read on the card, never corrected.
inline constexpr Code card_traits{"CARTE_SESAM_VITALE", "1.2.250.1.213.4.1.2.5", {}};
// KIT, MSG. The consent is true when given; the other two are true when the patient objects.
inline constexpr std::string_view observations = "1.2.250.1.213.4.1.2.3";
inline constexpr Code consent{"CONSENTEMENT_OUVERTURE_DMP", observations,
                              "Consentement à l'ouverture du DMP"};
inline constexpr Code objects_to_break_glass{"OPPOSITION_BRIS_DE_GLACE", observations,
                                             "opposition au mode bris de glace"};
inline constexpr Code objects_to_samu{"OPPOSITION_ACCES_URGENCE", observations,
                                      "opposition à l'accès au mode urgence"};

}  // namespace dmp::codes
