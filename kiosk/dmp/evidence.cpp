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

std::string_view words(ConsentGiver giver) {
    switch (giver) {
    case ConsentGiver::insured_adult: return "insured adult";
    case ConsentGiver::other_adult: return "other adult";
    case ConsentGiver::representative: return "representative";
    }
    return {};
}

std::string_view words(ChildsWord word) {
    switch (word) {
    case ChildsWord::agrees: return "agrees";
    case ChildsWord::too_young: return "too young";
    }
    return {};
}

Json text_shown(Evidence const& evidence) {
    auto layers = Json::array();
    for (auto const& layer : evidence.layers_shown)
        layers.push_back(layer);
    Json text{{"id", evidence.text_id},
              {"version", evidence.text_version},
              {"sha256", base::to_hex(evidence.text_sha256)},
              {"layers_shown", std::move(layers)},
              {"language", evidence.language},
              {"reading_mode", evidence.reading_mode}};
    auto const& [controller, address, contact] = evidence.operator_names;
    if (!controller.empty())
        text["operator"] = {{"controller", controller},
                            {"controller_address", address},
                            {"data_protection_contact", contact}};
    return text;
}

// In which quality somebody acts, by whose word; not who.
Json acting(Representative const& representative, Evidence const& evidence) {
    auto const& [code, system, display] = representative.relationship;
    Json json{
        {"name", representative.on_card ? "picked from the card" : "typed"},
        {"relationship", {{"code", code}, {"system", system}, {"display", display}}},
        {"authority_stated", evidence.authority_stated},
    };
    if (evidence.childs_word) json["childs_word"] = words(*evidence.childs_word);
    return json;
}

}  // namespace

Json card_reading(CreationRequest const& request) {
    auto const& card = request.card;
    auto persons = Json::array({to_json(card.insured)});
    if (card.enrolled) persons.push_back(to_json(*card.enrolled));
    return {{"request", request.id.text()},
            {"persons", std::move(persons)},
            {"insured", card.insured.position},
            {"enrolled", enrolled_person(card).position},
            {"nirOD", card.nir_od.view()},
            {"provisional", card.provisional},
            {"same_birth_date", card.same_birth_date}};
}

Json consent_evidence(CreationRequest const& request, std::string_view kiosk) {
    auto const& evidence = request.evidence;
    bool const as_on_card = request.patient.birth_date == enrolled_person(request.card).birth_date;
    Json json{
        {"request", request.id.text()},
        {"kiosk", kiosk},
        {"journey_version", evidence.journey_version},
        {"text", text_shown(evidence)},
        {"consent_given_by", words(evidence.consent_given_by)},
        {"person_checked", evidence.identity_seen_by
                               ? "identity seen by " + *evidence.identity_seen_by
                               : std::string{"card only"}},
        {"birth_name", request.patient.birth_name == request.patient.card_family_name
                           ? "confirmed as on the card"
                           : "typed"},
        {"birth_date", as_on_card ? "as on the card" : "century chosen"},
        {"emergency_consents",
         {{"samu", request.emergency.samu}, {"professional", request.emergency.professional}}},
        {"times",
         {{"started", iso_time(evidence.started_at)},
          {"consented", iso_time(evidence.consented_at)},
          {"confirmed", iso_time(evidence.confirmed_at)}}},
        {"clock_trusted", evidence.clock_trusted},
    };
    if (request.representative) json["representative"] = acting(*request.representative, evidence);
    if (request.contact.mobile || request.contact.email) json["contact"] = "unverified";
    return json;
}

}  // namespace dmp
