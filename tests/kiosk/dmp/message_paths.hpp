// Where things stand in a creation's message, as XPath.
#pragma once

#include "tests/kiosk/dmp/xml_reading.hpp"

namespace paths {

inline std::string const root = "/hl7:PRPA_IN201311UV02";
inline std::string const registration =
    root + "/hl7:controlActProcess/hl7:subject/hl7:registrationRequest";
inline std::string const patient = registration + "/hl7:subject1/hl7:patient";
inline std::string const person = patient + "/hl7:patientPerson";
inline std::string const party = person + "/hl7:contactParty";
inline std::string const relationship = person + "/hl7:personalRelationship";
inline std::string const observation = patient + "/hl7:subjectOf/hl7:administrativeObservation";

}  // namespace paths
