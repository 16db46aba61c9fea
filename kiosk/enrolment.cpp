#include "kiosk/enrolment.hpp"

#include "drivers/vitale/nir.hpp"
#include "kiosk/journey/journey.hpp"

#include <algorithm>

namespace kiosk {
namespace {

using crypto::SecretText;
using journey::Person;
using journey::PrivateText;
using journey::Session;

SecretText secret(PrivateText const& text) { return SecretText{text.view()}; }

std::optional<SecretText> if_given(PrivateText const& text) {
    if (text.empty()) return std::nullopt;
    return secret(text);
}

// Only a number for life of the insured person may stand as a candidate; the receiver certifies it.
std::optional<SecretText> candidate_of(Session const& session) {
    auto const nir = vitale::Nir::parse(session.nir.view());
    if (!nir || session.enrolled != 0) return std::nullopt;
    bool const for_life = nir->number_class() == vitale::Nir::Class::man ||
                          nir->number_class() == vitale::Nir::Class::woman;
    return for_life ? std::optional{secret(session.nir)} : std::nullopt;
}

dmp::CardPerson card_person(Person const& person) {
    return {person.position, secret(person.family_name_raw), secret(person.first_name_raw),
            secret(person.birth_date)};
}

bool has_twin(Session const& session) {
    return std::ranges::count(session.persons, session.patient().birth_date, &Person::birth_date) >
           1;
}

dmp::ConsentGiver giver_of(journey::Quality quality) {
    switch (quality) {
    case journey::Quality::insured_adult: return dmp::ConsentGiver::insured_adult;
    case journey::Quality::other_adult: return dmp::ConsentGiver::other_adult;
    case journey::Quality::minor: return dmp::ConsentGiver::representative;
    }
    return dmp::ConsentGiver::insured_adult;
}

std::optional<dmp::ChildsWord> word_of(journey::Representative const& representative) {
    if (!representative.childs_word) return std::nullopt;
    switch (*representative.childs_word) {
    case journey::ChildsWord::agrees: return dmp::ChildsWord::agrees;
    case journey::ChildsWord::too_young: return dmp::ChildsWord::too_young;
    }
    return std::nullopt;
}

std::optional<dmp::Representative> representative_of(Session const& session,
                                                     Settings const& settings) {
    auto const& who = session.representative;
    if (!session.minor() || !who.relationship) return std::nullopt;
    return dmp::Representative{secret(who.family_name), secret(who.first_name),
                               settings.relationships.at(*who.relationship).relationship,
                               who.person.has_value()};
}

dmp::Evidence evidence_of(Session const& session, Settings const& settings,
                          ConsentReference const& consent, config::Author const& author,
                          Clock const& clock) {
    dmp::Evidence evidence;
    evidence.text_id = consent.id;
    evidence.text_version = consent.version;
    evidence.text_sha256 = consent.digest;
    evidence.operator_names = {settings.site.controller, settings.site.controller_address,
                               settings.site.data_protection_contact};
    for (auto const& [layer, page, language] : session.layers_shown)
        evidence.layers_shown.push_back(language + ":" + std::string{journey::name(layer)} + "/" +
                                        std::to_string(page + 1));
    evidence.language = session.consent_language;
    evidence.reading_mode = session.consent_heard ? "read aloud" : "standard";
    evidence.consent_given_by = giver_of(session.quality);
    evidence.authority_stated = session.representative.authority_stated;
    evidence.childs_word = word_of(session.representative);
    if (settings.identity_seen) evidence.identity_seen_by = author.id;
    evidence.started_at = session.started_at;
    evidence.consented_at = session.consented_at;
    evidence.confirmed_at = clock.calendar();
    evidence.clock_trusted = clock.trusted();
    evidence.journey_version = journey::version;
    return evidence;
}

}  // namespace

dmp::CreationRequest make_creation_request(Session const& session, Settings const& settings,
                                           ConsentReference const& consent,
                                           config::Author const& author, crypto::Uuid const& id,
                                           Clock const& clock) {
    auto const& person = session.patient();
    dmp::CreationRequest request{};
    request.id = id;
    request.environment = settings.environment;
    request.software = settings.software;
    request.author = author;
    request.patient = {
        secret(person.family_name),
        session.birth_name.empty() ? secret(person.family_name) : secret(session.birth_name),
        secret(person.first_name), secret(person.whole_birth_date), candidate_of(session)};
    request.representative = representative_of(session, settings);
    request.contact = {if_given(session.mobile), if_given(session.email)};
    request.emergency = {session.emergency.samu, session.emergency.professional};
    request.consent_date = local_day(session.consented_at);
    request.created_at = clock.calendar();
    auto const enrolled = person.position == 0 ? std::nullopt : std::optional{card_person(person)};
    request.card = {card_person(session.insured()), enrolled, secret(session.nir),
                    has_twin(session), session.provisional};
    request.evidence = evidence_of(session, settings, consent, author, clock);
    return request;
}

}  // namespace kiosk
