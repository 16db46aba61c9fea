#include "kiosk/dmp/creation_request.hpp"

#include "kiosk/dmp/xml.hpp"

#include <algorithm>
#include <string_view>

namespace dmp {
namespace {

constexpr std::size_t longest_text = 510;  // UTF-8 of 255 bytes of Latin-1, the most a card holds
constexpr std::size_t longest_email = 254;

bool is_digits(std::string_view text, std::size_t size) {
    return text.size() == size &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Corsica: the department is 2A or 2B.
bool is_nir(std::string_view text) {
    if (text.size() != 15) return false;
    std::string digits{text};
    if (digits[5] == '2' && (digits[6] == 'A' || digits[6] == 'B')) digits[6] = '0';
    bool const shaped = is_digits(digits, 15);
    crypto::cleanse(digits.data(), digits.size());
    return shaped;
}

bool is_text(std::string_view text) {
    return !text.empty() && text.size() <= longest_text && is_printable(text);
}

bool is_email(std::string_view text) {
    return text.size() <= longest_email && text.find('@') != std::string_view::npos &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

bool is_oid(std::string_view text) {
    return !text.empty() && text.front() >= '0' && text.front() <= '2' && text.back() != '.' &&
           text.find("..") == std::string_view::npos &&
           text.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool has_person(CardPerson const& person) {
    return !person.family_name.empty() && !person.first_name.empty() && !person.birth_date.empty();
}

// The date where the kiosk stands differs from the UTC date by a day at most.
bool is_date_of(std::chrono::year_month_day date, Time when) {
    auto const distance = std::chrono::sys_days{date} - std::chrono::floor<std::chrono::days>(when);
    return date.ok() && std::chrono::abs(distance) <= std::chrono::days{1};
}

bool is_provisional(std::string_view nir) {
    return !nir.empty() && std::string_view{"3478"}.find(nir.front()) != std::string_view::npos;
}

// Numbers for life and provisional ones; whoever has a number of another class is for the desk.
bool is_admitted(std::string_view nir) {
    return is_nir(nir) && (nir.front() == '1' || nir.front() == '2' || is_provisional(nir));
}

// 13 characters and key of the insured person must never stand for somebody else, and a provisional
// number for nobody.
bool is_own_number(CreationRequest const& request) {
    auto const& ins = request.patient.candidate_ins;
    return !ins || (!request.card.enrolled && *ins == request.card.nir_od &&
                    !is_provisional(request.card.nir_od.view()));
}

// Whether a text can be what these bytes of the card say, in whichever one-byte character set: as
// many characters, and the same where either is ASCII.
bool can_be(std::string_view text, std::string_view raw) {
    auto const first = std::min(raw.find_first_not_of(' '), raw.size());
    raw = raw.substr(first, raw.find_last_not_of(' ') + 1 - first);
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue;  // of a character whose first byte was seen
        if (raw.empty()) return false;
        bool const ascii = raw.front() >= ' ' && raw.front() <= '~';
        if (byte < 0x80 ? raw.front() != c : ascii) return false;
        raw.remove_prefix(1);
    }
    return raw.empty();
}

// Six digits on the card: the century was chosen.
bool is_birth_date_of(std::string_view date, std::string_view raw) {
    return date == raw || (raw.size() == 6 && date.ends_with(raw));
}

bool is_relationship(Relationship const& relationship) {
    return is_text(relationship.code) && is_oid(relationship.system) &&
           is_text(relationship.display);
}

bool are_all_or_none(OperatorNames const& names) {
    if (names.controller.empty() && names.controller_address.empty() &&
        names.data_protection_contact.empty())
        return true;
    return is_text(names.controller) && is_text(names.controller_address) &&
           is_text(names.data_protection_contact);
}

bool may_consent(ConsentGiver giver, CreationRequest const& request) {
    bool const insured = !request.card.enrolled;
    switch (giver) {
    case ConsentGiver::insured_adult: return insured && !request.representative;
    case ConsentGiver::other_adult: return !insured && !request.representative;
    case ConsentGiver::representative: return request.representative.has_value();
    }
    return false;
}

}  // namespace

base::Result<void> check(CreationRequest const& request) {
    auto const& [id, environment, software, author, patient, representative, contact, emergency,
                 consent_date, created_at, card, evidence] = request;
    auto const& on_card = enrolled_person(card);
    struct Rule {
        bool kept;
        std::string_view field;
    };
    for (auto const& rule : {
             Rule{is_oid(software.oid), "software.oid"},
             Rule{is_text(software.name), "software.name"},
             Rule{is_text(author.id), "author.id"},
             Rule{is_text(author.family_name), "author.family_name"},
             Rule{is_text(author.given_name), "author.given_name"},
             Rule{is_text(author.structure_id), "author.structure_id"},
             Rule{is_text(author.structure_name), "author.structure_name"},
             Rule{is_text(patient.card_family_name.view()), "patient.card_family_name"},
             Rule{is_text(patient.birth_name.view()), "patient.birth_name"},
             Rule{is_text(patient.given_name.view()), "patient.given_name"},
             Rule{is_digits(patient.birth_date.view(), 8), "patient.birth_date"},
             Rule{is_own_number(request), "patient.candidate_ins"},
             Rule{!representative || is_text(representative->family_name.view()),
                  "representative.family_name"},
             Rule{!representative || is_text(representative->given_name.view()),
                  "representative.given_name"},
             Rule{!representative || is_relationship(representative->relationship),
                  "representative.relationship"},
             Rule{!contact.mobile || is_digits(contact.mobile->view(), 10), "contact.mobile"},
             Rule{!contact.email || is_email(contact.email->view()), "contact.email"},
             Rule{is_date_of(consent_date, evidence.consented_at), "consent_date"},
             Rule{has_person(card.insured), "card.insured"},
             Rule{card.insured.position == 0, "card.insured.position"},
             Rule{!card.enrolled || has_person(*card.enrolled), "card.enrolled"},
             Rule{!card.enrolled || card.enrolled->position != 0, "card.enrolled.position"},
             Rule{can_be(patient.card_family_name.view(), on_card.family_name.view()),
                  "patient.card_family_name"},
             Rule{can_be(patient.given_name.view(), on_card.first_name.view()),
                  "patient.given_name"},
             Rule{is_birth_date_of(patient.birth_date.view(), on_card.birth_date.view()),
                  "patient.birth_date"},
             Rule{is_admitted(card.nir_od.view()), "card.nir_od"},
             Rule{card.provisional == is_provisional(card.nir_od.view()), "card.provisional"},
             Rule{is_text(evidence.text_id), "evidence.text_id"},
             Rule{is_text(evidence.text_version), "evidence.text_version"},
             Rule{are_all_or_none(evidence.operator_names), "evidence.operator_names"},
             Rule{!evidence.layers_shown.empty(), "evidence.layers_shown"},
             Rule{std::ranges::all_of(evidence.layers_shown, is_text), "evidence.layers_shown"},
             Rule{is_text(evidence.language), "evidence.language"},
             Rule{is_text(evidence.reading_mode), "evidence.reading_mode"},
             Rule{may_consent(evidence.consent_given_by, request), "evidence.consent_given_by"},
             Rule{evidence.authority_stated == representative.has_value(),
                  "evidence.authority_stated"},
             Rule{evidence.childs_word.has_value() == representative.has_value(),
                  "evidence.childs_word"},
             Rule{!evidence.identity_seen_by || is_text(*evidence.identity_seen_by),
                  "evidence.identity_seen_by"},
             Rule{is_text(evidence.journey_version), "evidence.journey_version"},
         })
        if (!rule.kept)
            return base::failure(base::Errc::malformed,
                                 "creation request: " + std::string{rule.field});
    return {};
}

}  // namespace dmp
