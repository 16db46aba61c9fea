#include "kiosk/judgement.hpp"

#include "drivers/vitale/birth_date.hpp"
#include "drivers/vitale/nir.hpp"
#include "kiosk/dmp/test_numbers.hpp"

#include <algorithm>
#include <charconv>

namespace kiosk {
namespace {

using journey::Event;
using journey::Session;
using journey::Trouble;

std::string_view characters(base::ByteView bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

journey::Person person_from(vitale::Beneficiary const& beneficiary) {
    journey::Person person;
    person.position = beneficiary.position;
    person.family_name = beneficiary.family_name.utf8;
    person.first_name = beneficiary.first_name.utf8;
    person.family_name_raw = characters(beneficiary.family_name.raw);
    person.first_name_raw = characters(beneficiary.first_name.raw);
    person.birth_date = beneficiary.birth_date;
    if (beneficiary.birth_date.size() == 8)
        std::from_chars(beneficiary.birth_date.data(), beneficiary.birth_date.data() + 4,
                        person.birth_year);
    return person;
}

std::optional<int> age_on(std::chrono::year_month_day day, journey::Person const& person) {
    return vitale::age_years(person.birth_date.view(), static_cast<int>(day.year()),
                             static_cast<int>(static_cast<unsigned>(day.month())),
                             static_cast<int>(static_cast<unsigned>(day.day())));
}

std::optional<Trouble> trouble_of_number(vitale::Beneficiary const& insured,
                                         Settings const& settings) {
    if (!insured.nir) return Trouble::number_missing;
    auto const nir = vitale::Nir::parse(*insured.nir);
    if (!nir) return Trouble::number_wrong_key;
    if (settings.environment == dmp::Environment::production &&
        dmp::is_listed_test_number(*insured.nir, settings.test_numbers))
        return Trouble::test_number;
    switch (nir->number_class()) {
    case vitale::Nir::Class::man:
    case vitale::Nir::Class::woman:
    case vitale::Nir::Class::provisional: return std::nullopt;
    case vitale::Nir::Class::migrant:
    case vitale::Nir::Class::agricultural_provisional: return Trouble::number_class;
    }
    return Trouble::number_class;
}

}  // namespace

void fill_session(Session& session, vitale::VitaleCard const& card) {
    session.persons.clear();
    session.persons.reserve(card.beneficiaries.size());
    for (auto const& beneficiary : card.beneficiaries)
        session.persons.push_back(person_from(beneficiary));
    session.nir.clear();
    if (!card.beneficiaries.empty() && card.beneficiaries.front().nir)
        session.nir = *card.beneficiaries.front().nir;
}

std::optional<Trouble> trouble_of_card(vitale::VitaleCard const& card, Settings const& settings) {
    if (card.beneficiaries.empty()) return Trouble::card_damaged;
    switch (card.number_file) {
    case vitale::NumberFile::read: break;
    case vitale::NumberFile::missing: return Trouble::number_missing;
    case vitale::NumberFile::refused: return Trouble::number_refused;
    case vitale::NumberFile::differs_in_length: return Trouble::lists_differ;
    }
    return trouble_of_number(card.beneficiaries.front(), settings);
}

std::optional<Trouble> trouble_of_person(Session const& session, std::size_t index,
                                         Settings const& settings, Today const& today) {
    // As yet only the insured person; the others are sent to the desk.
    if (index != 0) return Trouble::other_person;
    auto const age = age_on(today.day, session.persons[index]);
    if (!age) return Trouble::birth_date_short;
    if (!today.trusted && std::abs(*age - settings.majority) <= 2) return Trouble::clock_untrusted;
    if (*age < settings.majority) return Trouble::minor;
    return std::nullopt;
}

Verdict judge(Session& session, vitale::VitaleCard const& card, Settings const& settings,
              Today const& today) {
    if (auto const trouble = trouble_of_card(card, settings))
        return {Event::must_go_to_desk, trouble};
    fill_session(session, card);
    if (session.persons.size() > 1) return {Event::several_persons};
    if (auto const trouble = trouble_of_person(session, 0, settings, today))
        return {Event::must_go_to_desk, trouble};
    session.enrolled = 0;
    return {Event::chose_insured_adult};
}

bool same_card(Session const& session, vitale::VitaleCard const& card) {
    Session again;
    fill_session(again, card);
    auto const equal = [](journey::Person const& a, journey::Person const& b) {
        return a.position == b.position && a.family_name_raw == b.family_name_raw &&
               a.first_name_raw == b.first_name_raw && a.birth_date == b.birth_date;
    };
    return session.nir == again.nir && std::ranges::equal(session.persons, again.persons, equal);
}

}  // namespace kiosk
