// Every identifier and code of the message, with its source. KIT: GIE SESAM-Vitale example code for
// software editors 2.06.01; MSG: its sample messages 02.05.00; HOMOL: published approval
// requirements (EX_...); ANS: published nomenclatures; XSD: HL7 v3 Normative Edition 2009.
#pragma once

#include "kiosk/dmp/creation_request.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace dmp {

// Mother, father, guardian and other holder of parental authority, in this order, for a
// configuration that names no others.
std::vector<NamedRelationship> default_relationships();

}  // namespace dmp

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

// MSG (TD1.3a): value set of the family members, within the HL7 RoleCode.
inline constexpr std::string_view family_members = "2.16.840.1.113883.1.11.19579";
// ANS TRE_R217-ProtectionJuridique.
inline constexpr std::string_view legal_protection = "1.2.250.1.213.1.1.4.327";

struct RelationshipDefault {
    std::string_view id;
    Code code;
};

// The published lists agree on the parents only. For the others the DMP's own is not known.
inline constexpr std::array relationships{
    // Certain: MSG has FTH; both stand in ANS's JDV_J14-QualiteRepresentantLegal.
    RelationshipDefault{"mother", {"MTH", family_members, "Mère"}},
    RelationshipDefault{"father", {"FTH", family_members, "Père"}},
    // Likely: the only published code that says it, of ANS's list of legal protections. JDV_J14 of
    // 2024 holds family and friends alone.
    RelationshipDefault{"guardian", {"TUTEUR", legal_protection, "Tuteur ou tutrice"}},
    // A guess: the widest code of JDV_J14 in 2024, and false of somebody outside the family. An
    // operator who was told another one configures it.
    RelationshipDefault{"other",
                        {"FAMMEMB", family_members, "Autre titulaire de l'autorité parentale"}},
};

}  // namespace dmp::codes
