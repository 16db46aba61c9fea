#include "kiosk/judgement.hpp"

#include "drivers/vitale/birth_date.hpp"
#include "drivers/vitale/nir.hpp"
#include "kiosk/dmp/test_numbers.hpp"

#include <algorithm>
#include <array>

namespace kiosk {
namespace {

using journey::Event;
using journey::Session;
using journey::Trouble;

// YYYYMMDD; some cards hold YYMMDD.
constexpr std::size_t whole_date = 8;

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
    if (beneficiary.birth_date.size() == whole_date) person.whole_birth_date = person.birth_date;
    return person;
}

std::optional<int> age_on(std::chrono::year_month_day day, journey::Person const& person) {
    return vitale::age_years(person.whole_birth_date.view(), static_cast<int>(day.year()),
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

Verdict desk(Trouble trouble) { return {Event::must_go_to_desk, trouble}; }

bool near_majority(int age, Settings const& settings) {
    return std::abs(age - settings.majority) <= 2;
}

void set_century(journey::Person& person, std::size_t century) {
    constexpr std::array<std::string_view, 2> first_digits{"19", "20"};
    person.whole_birth_date = first_digits.at(century);
    person.whole_birth_date.append(person.birth_date.view());
}

// Where the later of the two dates is yet to come there is nothing to ask.
std::optional<std::size_t> only_possible_century(journey::Person person, Today const& today) {
    set_century(person, 1);
    bool const born_since = age_on(today.day, person).has_value();
    return born_since || !today.trusted ? std::nullopt : std::optional<std::size_t>{0};
}

// Who on the card could act for a minor. A date without century decides nothing.
std::vector<std::size_t> adults_of(Session const& session, Settings const& settings,
                                   Today const& today) {
    std::vector<std::size_t> adults;
    for (std::size_t i = 0; i < session.persons.size(); ++i) {
        auto const age = age_on(today.day, session.persons[i]);
        if (i == session.enrolled || !age || *age < settings.majority) continue;
        if (!today.trusted && near_majority(*age, settings)) continue;
        adults.push_back(i);
    }
    return adults;
}

Verdict judge_age(Session& session, Settings const& settings, Today const& today) {
    auto const age = age_on(today.day, session.patient());
    if (!age) return desk(today.trusted ? Trouble::birth_date_unusable : Trouble::clock_untrusted);
    if (!today.trusted && near_majority(*age, settings)) return desk(Trouble::clock_untrusted);
    if (*age < settings.majority) {
        session.quality = journey::Quality::minor;
        session.adults = adults_of(session, settings, today);
        return {Event::chose_minor};
    }
    bool const insured = session.enrolled == 0;
    session.quality = insured ? journey::Quality::insured_adult : journey::Quality::other_adult;
    return {insured ? Event::chose_insured_adult : Event::chose_other_adult};
}

}  // namespace

void fill_session(Session& session, vitale::VitaleCard const& card) {
    session.persons.clear();
    session.persons.reserve(card.beneficiaries.size());
    for (auto const& beneficiary : card.beneficiaries)
        session.persons.push_back(person_from(beneficiary));
    session.nir.clear();
    session.provisional = false;
    if (!card.beneficiaries.empty() && card.beneficiaries.front().nir)
        session.nir = *card.beneficiaries.front().nir;
    auto const nir = vitale::Nir::parse(session.nir.view());
    session.provisional = nir && nir->number_class() == vitale::Nir::Class::provisional;
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

Verdict judge(Session& session, vitale::VitaleCard const& card, Settings const& settings,
              Today const& today) {
    if (auto const trouble = trouble_of_card(card, settings)) return desk(*trouble);
    fill_session(session, card);
    if (session.persons.size() > 1) return {Event::several_persons};
    return judge_person(session, 0, settings, today);
}

Verdict judge_person(Session& session, std::size_t index, Settings const& settings,
                     Today const& today) {
    session.choose(index);
    auto& person = session.persons[index];
    if (person.birth_date.view().size() != whole_date) {
        person.whole_birth_date.clear();
        auto const century = only_possible_century(person, today);
        if (!century) return {Event::century_asked};
        set_century(person, *century);
    }
    return judge_age(session, settings, today);
}

Verdict judge_century(Session& session, std::size_t century, Settings const& settings,
                      Today const& today) {
    set_century(session.persons[*session.enrolled], century);
    return judge_age(session, settings, today);
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
