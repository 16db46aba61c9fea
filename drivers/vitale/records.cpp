#include "drivers/vitale/records.hpp"

#include "drivers/vitale/birth_date.hpp"
#include "drivers/vitale/length_forms.hpp"
#include "drivers/vitale/nir.hpp"

#include <algorithm>

namespace vitale {
namespace {

using iso7816::LengthForm;
using iso7816::Tlv;
using Objects = std::vector<Tlv>;

tl::unexpected<base::Error> malformed(char const* what) {
    return base::failure(base::Errc::malformed, what);
}

// The objects within each person's template, person by person.
base::Result<std::vector<Objects>> persons_of(base::ByteView file, LengthForm form,
                                              std::uint32_t person_tag) {
    auto const list = iso7816::parse_tlv(file, form);
    if (!list) return base::failure(list.error());
    std::vector<Objects> persons;
    for (auto const& object : *list) {
        if (object.tag != person_tag) continue;
        auto fields = iso7816::parse_tlv(object.value, form);
        if (!fields) return base::failure(std::move(fields.error()));
        persons.push_back(std::move(*fields));
    }
    return persons;
}

// Nothing when the person has no such object; two of them are an error, as nobody could say which.
base::Result<std::optional<base::ByteView>> field(Objects const& person, std::uint32_t tag) {
    std::optional<base::ByteView> found;
    for (auto const& object : person) {
        if (object.tag != tag) continue;
        if (found) return malformed("a field twice in one person");
        found = object.value;
    }
    return found;
}

base::Result<base::ByteView> required_field(Objects const& person, std::uint32_t tag) {
    auto const found = field(person, tag);
    if (!found) return base::failure(found.error());
    if (!*found) return malformed("a person without name or birth date");
    return **found;
}

base::Result<Beneficiary> beneficiary_of(Objects const& person, std::size_t position,
                                         Configuration const& c) {
    auto const family_name = required_field(person, c.tags.family_name);
    if (!family_name) return base::failure(family_name.error());
    auto const first_name = required_field(person, c.tags.first_name);
    if (!first_name) return base::failure(first_name.error());
    auto const birth_date = required_field(person, c.tags.birth_date);
    if (!birth_date) return base::failure(birth_date.error());

    Beneficiary beneficiary{position,
                            decode(*family_name, c.charset),
                            decode(*first_name, c.charset),
                            base::to_text(*birth_date),
                            {}};
    if (beneficiary.family_name.utf8.empty() || beneficiary.first_name.utf8.empty())
        return malformed("an empty name");
    if (!is_birth_date(beneficiary.birth_date)) return malformed("a birth date that is none");
    return beneficiary;
}

base::Result<std::optional<std::string>> number_of(Objects const& person, Configuration const& c) {
    auto const value = field(person, c.tags.nir);
    if (!value) return base::failure(value.error());
    auto const is_blank = [](std::uint8_t byte) { return byte == ' ' || byte == 0; };
    if (!*value || std::ranges::all_of(**value, is_blank)) return std::nullopt;
    auto const is_printable = [](std::uint8_t byte) { return byte >= 0x20 && byte < 0x7F; };
    if ((*value)->size() != Nir::size || !std::ranges::all_of(**value, is_printable))
        return malformed("a number that is not 15 characters");
    return base::to_text(**value);
}

}  // namespace

base::Result<std::vector<Beneficiary>> parse_identities(base::ByteView file,
                                                        Configuration const& c) {
    using Beneficiaries = std::vector<Beneficiary>;
    return with_length_forms<Beneficiaries>(c, [&](LengthForm form) -> base::Result<Beneficiaries> {
        auto const persons = persons_of(file, form, c.tags.person);
        if (!persons) return base::failure(persons.error());
        if (persons->empty()) return malformed("nobody on the card");
        Beneficiaries beneficiaries;
        beneficiaries.reserve(persons->size());
        for (auto const& person : *persons) {
            auto beneficiary = beneficiary_of(person, beneficiaries.size(), c);
            if (!beneficiary) return base::failure(std::move(beneficiary.error()));
            beneficiaries.push_back(std::move(*beneficiary));
        }
        return beneficiaries;
    });
}

base::Result<Numbers> parse_numbers(base::ByteView file, Configuration const& c) {
    return with_length_forms<Numbers>(c, [&](LengthForm form) -> base::Result<Numbers> {
        auto const persons = persons_of(file, form, c.tags.person);
        if (!persons) return base::failure(persons.error());
        Numbers numbers;
        numbers.reserve(persons->size());
        for (auto const& person : *persons) {
            auto number = number_of(person, c);
            if (!number) return base::failure(std::move(number.error()));
            numbers.push_back(std::move(*number));
        }
        return numbers;
    });
}

base::Result<FileKind> kind_of(base::ByteView file, Configuration const& c) {
    auto const& tags = c.tags;
    auto const holds = [](Objects const& person, std::uint32_t tag) {
        return std::ranges::find(person, tag, &Tlv::tag) != person.end();
    };
    base::Result<FileKind> kind = malformed("no form of lengths fits");
    // In either form that fits: the right one is found when the file is parsed for good.
    for (auto form : c.length_forms) {
        auto const persons = persons_of(file, form, tags.person);
        if (!persons) continue;
        if (!kind) kind = FileKind{};
        for (auto const& person : *persons) {
            kind->identities = kind->identities || holds(person, tags.family_name) ||
                               holds(person, tags.first_name) || holds(person, tags.birth_date);
            kind->numbers = kind->numbers || holds(person, tags.nir);
        }
    }
    return kind;
}

bool begins_with_person(base::ByteView file, Configuration const& c) {
    return iso7816::first_tag(file) == c.tags.person;
}

bool is_whole(base::ByteView file, Configuration const& c) {
    return std::ranges::all_of(
        c.length_forms, [&](LengthForm form) { return iso7816::ends_with_padding(file, form); });
}

}  // namespace vitale
