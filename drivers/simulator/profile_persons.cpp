#include "drivers/simulator/profile_persons.hpp"

#include "drivers/simulator/profile_reading.hpp"

namespace simulator {
namespace {

using base::failure;
using base::Result;

Result<std::string> card_text(ProfileFile& file, std::string const& key, Charset charset) {
    auto value = file.text_or_empty(key);
    if (!value) return value;
    auto encoded = to_charset(*value, charset);
    if (!encoded) return failure(file.error(key, encoded.error().detail));
    return encoded;
}

// The letters YYMM in a number stand for year and month of the birth date.
void fill_in_month(std::string& nir, std::string const& birth_date) {
    if (nir.size() != 13 || nir.compare(1, 4, "YYMM") != 0 || birth_date.size() != 8) return;
    nir.replace(1, 4, birth_date, 2, 4);
}

Result<std::optional<std::string>> read_nir(ProfileFile& file, std::string const& person,
                                            std::string const& birth_date) {
    auto const key = person + ".nir";
    auto wrong_key = file.flag(person + ".wrong_key", false);
    if (!wrong_key) return failure(wrong_key.error());
    if (!file.has(key)) return std::optional<std::string>{};
    auto value = file.text(key);
    if (!value) return failure(value.error());
    std::erase(*value, ' ');
    fill_in_month(*value, birth_date);
    if (value->size() != 13 && value->size() != 15)
        return failure(file.error(key, "must be 13 characters, or 15 with its key"));
    auto const right = nir_key(std::string_view{*value}.substr(0, 13));
    if (!right) return failure(file.error(key, "must be digits, with 2A or 2B for Corsica"));
    if (value->size() == 13) return std::optional{*value + *right};
    if (value->substr(13) != *right && !*wrong_key)
        return failure(file.error(key, "its key should be " + *right +
                                           " (add wrong_key = true if a wrong one is meant)"));
    return std::optional{std::move(*value)};
}

Result<std::string> read_birth_date(ProfileFile& file, std::string const& key, Day today) {
    auto const text = file.text(key);
    if (!text) return text;
    auto date = birth_date(*text, today);
    if (!date)
        return failure(file.error(key, "must be 8 digits, year first (or 6), or a distance from "
                                       "today, as \"-18y+1d\""));
    return *date;
}

Result<Person> read_person(ProfileFile& file, std::string const& table, Charset charset,
                           Day today) {
    Person person;
    Reading reading;
    reading.into(person.name, card_text(file, table + ".name", charset));
    reading.into(person.first_name, card_text(file, table + ".first_name", charset));
    reading.into(person.birth_date, read_birth_date(file, table + ".birth_date", today));
    reading.into(person.nir, read_nir(file, table, person.birth_date));
    if (file.has(table + ".country")) {
        std::string country;
        reading.into(country, card_text(file, table + ".country", charset));
        person.country = country;
    }
    reading.into(person.in_identity_file, file.flag(table + ".in_identity_file", true));
    reading.into(person.in_number_file, file.flag(table + ".in_number_file", true));
    if (reading.error()) return failure(*reading.error());
    return person;
}

Result<Encoding> read_encoding(ProfileFile& file) {
    Encoding encoding;
    Reading reading;
    auto& tags = encoding.tags;
    reading.into(tags.person, file.short_hex("tags.person", tags.person));
    reading.into(tags.name, file.short_hex("tags.name", tags.name));
    reading.into(tags.first_name, file.short_hex("tags.first_name", tags.first_name));
    reading.into(tags.birth_date, file.short_hex("tags.birth_date", tags.birth_date));
    reading.into(tags.country, file.short_hex("tags.country", tags.country));
    reading.into(tags.nir, file.short_hex("tags.nir", tags.nir));
    std::string charset;
    reading.into(charset, choice(file, "charset", "iso-8859-1", {"iso-8859-1", "iso-8859-15"}));
    if (charset == "iso-8859-15") encoding.charset = Charset::iso_8859_15;
    std::string lengths;
    reading.into(lengths, choice(file, "tags.lengths", "ber", {"ber", "one_byte"}));
    if (lengths == "one_byte") encoding.lengths = Lengths::one_byte;
    if (reading.error()) return failure(*reading.error());
    return encoding;
}

}  // namespace

Result<People> read_people(ProfileFile& file, Day today) {
    auto const encoding = read_encoding(file);
    if (!encoding) return failure(encoding.error());
    People people{{}, *encoding};
    auto const count = file.count("person");
    bool const raw = file.has("identity_file.content") && file.has("number_file.content");
    if (count == 0 && !raw)
        return failure(file.error("person", "at least one [[person]] is needed"));
    for (std::size_t i = 0; i < count; ++i) {
        auto person = read_person(file, "person." + std::to_string(i), encoding->charset, today);
        if (!person) return failure(person.error());
        people.persons.push_back(std::move(*person));
    }
    return people;
}

}  // namespace simulator
