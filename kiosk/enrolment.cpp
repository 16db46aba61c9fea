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

dmp::Evidence evidence_of(Session const& session, ConsentReference const& consent,
                          Clock const& clock) {
    dmp::Evidence evidence;
    evidence.text_id = consent.id;
    evidence.text_version = consent.version;
    evidence.text_sha256 = consent.digest;
    for (auto const& [layer, page] : session.layers_shown)
        evidence.layers_shown.push_back(std::string{journey::name(layer)} + "/" +
                                        std::to_string(page + 1));
    evidence.language = session.language;
    evidence.reading_mode = "standard";
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
    request.patient = {secret(person.family_name),
                       session.birth_name.empty() ? secret(person.family_name)
                                                  : secret(session.birth_name),
                       secret(person.first_name), secret(person.birth_date), candidate_of(session)};
    request.contact = {if_given(session.mobile), if_given(session.email)};
    request.emergency = {session.emergency.samu, session.emergency.professional};
    request.consent_date = local_day(session.consented_at);
    request.created_at = clock.calendar();
    request.card = {card_person(session.insured()), std::nullopt, secret(session.nir),
                    has_twin(session)};
    request.evidence = evidence_of(session, consent, clock);
    return request;
}

}  // namespace kiosk
