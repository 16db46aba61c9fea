#include "kiosk/dmp/hl7_message.hpp"

#include "kiosk/dmp/codes.hpp"
#include "kiosk/dmp/dates.hpp"
#include "kiosk/dmp/xml.hpp"

namespace dmp {
namespace {

// Elements stand in the order of the schema.

void write_device(XmlWriter& xml, char const* role, std::string_view type, std::string_view root,
                  std::string_view name) {
    auto const side = xml.element(role, {{"typeCode", type}});
    auto const device =
        xml.element("device", {{"classCode", "DEV"}, {"determinerCode", "INSTANCE"}});
    xml.leaf("id", {{"root", root}});
    xml.leaf("softwareName", {}, name);
}

// RFC 6068: these would otherwise have a meaning of their own in a mailto address.
crypto::SecretString mailto(std::string_view address) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    crypto::SecretString uri{"mailto:"};
    uri.reserve(uri.size() + 3 * address.size());
    for (char const c : address) {
        if (std::string_view{"%/?#[]&;=\"<>\\^`{|}"}.find(c) == std::string_view::npos) {
            uri.push_back(c);
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        uri.append({'%', digits[byte >> 4], digits[byte & 0x0F]});
    }
    return uri;
}

void write_telecom(XmlWriter& xml, Contact const& contact) {
    if (contact.mobile) {
        crypto::SecretString number{"tel:"};
        number.reserve(32);  // beyond what a string keeps in place
        number.append(contact.mobile->view());
        xml.leaf("telecom", {{"use", "MC"}, {"value", number}});
    }
    if (contact.email) xml.leaf("telecom", {{"value", mailto(contact.email->view())}});
}

// The traits as read on the card, never corrected: one family name, because the card does not say
// whether it is the name in use or the birth name, and the birth date in six digits, YYMMDD:
// without the century, which the person may have chosen.
void write_card_traits(XmlWriter& xml, Patient const& patient) {
    auto const party = xml.element("contactParty", {{"classCode", "CON"}});
    xml.leaf("code",
             {{"code", codes::card_traits.code}, {"codeSystem", codes::card_traits.system}});
    xml.leaf("telecom", {{"nullFlavor", "NA"}});  // the schema requires one
    auto const person = xml.element("contactPerson");
    {
        auto const name = xml.element("name");
        xml.leaf("family", {}, patient.card_family_name.view());
        xml.leaf("given", {}, patient.given_name.view());
    }
    xml.leaf("birthTime", {{"value", patient.birth_date.view().substr(2)}});
}

// Whoever acts for a minor; the contact is then that person's and stands nowhere else.
void write_representative(XmlWriter& xml, Representative const& representative,
                          Contact const& contact) {
    auto const& [code, system, display] = representative.relationship;
    auto const relationship = xml.element("personalRelationship", {{"classCode", "PRS"}});
    xml.leaf("code", {{"code", code}, {"codeSystem", system}, {"displayName", display}});
    write_telecom(xml, contact);
    auto const holder =
        xml.element("relationshipHolder1", {{"classCode", "PSN"}, {"determinerCode", "INSTANCE"}});
    auto const name = xml.element("name");
    xml.leaf("family", {{"qualifier", "SP"}}, representative.family_name.view());
    xml.leaf("given", {}, representative.given_name.view());
}

void write_person(XmlWriter& xml, CreationRequest const& request) {
    auto const& patient = request.patient;
    auto const person =
        xml.element("patientPerson", {{"classCode", "PSN"}, {"determinerCode", "INSTANCE"}});
    {
        auto const name = xml.element("name");
        xml.leaf("family", {{"qualifier", "SP"}}, patient.card_family_name.view());
        xml.leaf("family", {{"qualifier", "BR"}}, patient.birth_name.view());
        xml.leaf("given", {}, patient.given_name.view());
    }
    if (!request.representative) write_telecom(xml, request.contact);
    xml.leaf("birthTime", {{"value", patient.birth_date.view()}});
    write_card_traits(xml, patient);
    if (auto const& representative = request.representative)
        write_representative(xml, *representative, request.contact);
}

void write_observation(XmlWriter& xml, codes::Code const& code, bool value,
                       std::optional<std::string> const& date = std::nullopt) {
    auto const subject = xml.element("subjectOf", {{"typeCode", "SBJ"}});
    auto const observation =
        xml.element("administrativeObservation", {{"classCode", "OBS"}, {"moodCode", "EVN"}});
    xml.leaf("code",
             {{"code", code.code}, {"codeSystem", code.system}, {"displayName", code.display}});
    if (date) xml.leaf("effectiveTime", {{"value", *date}});
    xml.leaf("value", {{"xsi:type", "BL"}, {"value", value ? "true" : "false"}});
}

void write_patient(XmlWriter& xml, CreationRequest const& request) {
    auto const subject = xml.element("subject1", {{"typeCode", "SBJ"}});
    auto const patient = xml.element("patient", {{"classCode", "PAT"}});
    if (auto const& ins = request.patient.candidate_ins)
        xml.leaf("id",
                 {{"root", codes::of(request.environment).ins_root}, {"extension", ins->view()}});
    else
        xml.leaf("id", {{"nullFlavor", "UNK"}});
    xml.leaf("statusCode", {{"code", "active"}});
    write_person(xml, request);
    xml.leaf("providerOrganization",
             {{"classCode", "ORG"}, {"determinerCode", "INSTANCE"}, {"xsi:nil", "true"}});
    write_observation(xml, codes::consent, true, hl7_date(request.consent_date));
    // The screen asks for consents, the wire carries oppositions.
    write_observation(xml, codes::objects_to_break_glass, !request.emergency.professional);
    write_observation(xml, codes::objects_to_samu, !request.emergency.samu);
}

void write_author(XmlWriter& xml, config::Author const& author) {
    auto const participation = xml.element("author", {{"typeCode", "AUT"}});
    auto const entity = xml.element("assignedEntity", {{"classCode", "ASSIGNED"}});
    xml.leaf("id", {{"root", codes::professional_root}, {"extension", author.id}});
    {
        auto const person =
            xml.element("assignedPerson", {{"classCode", "PSN"}, {"determinerCode", "INSTANCE"}});
        auto const name = xml.element("name", {{"xsi:type", "PN"}});
        xml.leaf("family", {}, author.family_name);
        xml.leaf("given", {}, author.given_name);
    }
    auto const organization = xml.element("representedOrganization",
                                          {{"classCode", "ORG"}, {"determinerCode", "INSTANCE"}});
    xml.leaf("id", {{"root", codes::structure_root}, {"extension", author.structure_id}});
    xml.leaf("name", {}, author.structure_name);
    xml.leaf("contactParty", {{"classCode", "CON"}});  // the schema requires one
}

void write_control_act(XmlWriter& xml, CreationRequest const& request) {
    auto const act = xml.element("controlActProcess", {{"classCode", "CACT"}, {"moodCode", "EVN"}});
    xml.leaf("reasonCode", {{"code", codes::creation.code},
                            {"codeSystem", codes::creation.system},
                            {"displayName", codes::creation.display}});
    auto const subject =
        xml.element("subject", {{"typeCode", "SUBJ"}, {"contextConductionInd", "false"}});
    auto const registration =
        xml.element("registrationRequest", {{"classCode", "REG"}, {"moodCode", "RQO"}});
    xml.leaf("statusCode", {{"code", "active"}});
    write_patient(xml, request);
    write_author(xml, request.author);
}

}  // namespace

crypto::SecretString to_hl7(CreationRequest const& request) {
    XmlWriter xml;
    {
        auto const root = xml.element("PRPA_IN201311UV02",
                                      {{"xmlns", "urn:hl7-org:v3"},
                                       {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                                       {"ITSVersion", "XML_1.0"}});
        xml.leaf("id", {{"root", request.software.oid}, {"extension", request.id.text()}});
        xml.leaf("creationTime", {{"value", hl7_time(request.created_at)}});
        xml.leaf("interactionId",
                 {{"root", codes::interaction_root}, {"extension", codes::interaction}});
        xml.leaf("processingCode", {{"code", codes::of(request.environment).processing}});
        xml.leaf("processingModeCode", {{"code", "T"}});
        xml.leaf("acceptAckCode", {{"code", "AL"}});
        write_device(xml, "receiver", "RCV", codes::receiver_root, codes::receiver_name);
        write_device(xml, "sender", "SND", request.software.oid, request.software.name);
        write_control_act(xml, request);
    }
    return xml.finish();
}

std::optional<crypto::Uuid> id_of_message(std::string_view xml) {
    auto const extension = attribute_below_root(xml, "id", "extension");
    if (!extension) return std::nullopt;
    auto const id = crypto::Uuid::parse(*extension);
    if (!id) return std::nullopt;
    return *id;
}

}  // namespace dmp
