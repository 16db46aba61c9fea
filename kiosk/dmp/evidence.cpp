#include "kiosk/dmp/evidence.hpp"

#include "kiosk/dmp/dates.hpp"

namespace dmp {
namespace {

crypto::SecretString hex(crypto::SecretText const& raw) {
    constexpr std::string_view digits = "0123456789abcdef";
    crypto::SecretString text;
    text.reserve(2 * raw.view().size() + 16);  // beyond what a string keeps in place
    for (char const c : raw.view()) {
        auto const byte = static_cast<unsigned char>(c);
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 0x0F]);
    }
    return text;
}

Json to_json(CardPerson const& person) {
    return {{"position", person.position},
            {"family_name", hex(person.family_name)},
            {"first_name", hex(person.first_name)},
            {"birth_date", hex(person.birth_date)}};
}

}  // namespace

Json card_reading(CreationRequest const& request) {
    auto const& card = request.card;
    auto persons = Json::array({to_json(card.insured)});
    if (card.enrolled) persons.push_back(to_json(*card.enrolled));
    return {{"request", request.id.text()},
            {"persons", std::move(persons)},
            {"insured", card.insured.position},
            {"enrolled", (card.enrolled ? *card.enrolled : card.insured).position},
            {"nirOD", card.nir_od.view()},
            {"same_birth_date", card.same_birth_date}};
}

Json consent_evidence(CreationRequest const& request, std::string_view kiosk) {
    auto const& evidence = request.evidence;
    auto layers = Json::array();
    for (auto const& layer : evidence.layers_shown)
        layers.push_back(layer);
    Json json{
        {"request", request.id.text()},
        {"kiosk", kiosk},
        {"journey_version", evidence.journey_version},
        {"text",
         {{"id", evidence.text_id},
          {"version", evidence.text_version},
          {"sha256", base::to_hex(evidence.text_sha256)},
          {"layers_shown", std::move(layers)},
          {"language", evidence.language},
          {"reading_mode", evidence.reading_mode}}},
        {"person_checked", evidence.identity_seen_by
                               ? "identity seen by " + *evidence.identity_seen_by
                               : std::string{"card only"}},
        {"birth_name", request.patient.birth_name == request.patient.card_family_name
                           ? "confirmed as on the card"
                           : "typed"},
        {"emergency_consents",
         {{"samu", request.emergency.samu}, {"professional", request.emergency.professional}}},
        {"times",
         {{"started", iso_time(evidence.started_at)},
          {"consented", iso_time(evidence.consented_at)},
          {"confirmed", iso_time(evidence.confirmed_at)}}},
        {"clock_trusted", evidence.clock_trusted},
    };
    if (request.contact.mobile || request.contact.email) json["contact"] = "unverified";
    return json;
}

}  // namespace dmp
