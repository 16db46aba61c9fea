#include "kiosk/ui/confidential.hpp"

#include "kiosk/journey/edit.hpp"
#include "kiosk/ui/written.hpp"

#include <algorithm>

namespace ui {
namespace {

// Beyond ASCII stand no-break spaces and quotation marks too: rather a word too many is private.
bool in_a_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Not within a longer word: a person called LI is not in "lit".
bool has_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        auto const end = at + word.size();
        bool const begins = at == 0 || !in_a_word(text[at - 1]) || !in_a_word(word.front());
        bool const ends = end == text.size() || !in_a_word(text[end]) || !in_a_word(word.back());
        if (begins && ends) return true;
    }
    return false;
}

// Numbers are written in groups of several kinds: only their digits count.
std::string digits_of(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits),
                         [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

}  // namespace

Confidential::Confidential(journey::Session const& session, journey::State state,
                           Texts const& texts)
    : typing_(journey::is_entry(state)) {
    for (auto const& person : session.persons) {
        keep(person.family_name.view());
        keep(person.first_name.view());
        keep(date_in_words(person.whole_birth_date.view(), texts));
        if (person.birth_date.view().size() >= 4) keep(person.birth_date.view().substr(0, 4));
    }
    keep(session.representative.family_name.view());
    keep(session.representative.first_name.view());
    keep(session.birth_name.view());
    keep(session.mobile.view());
    keep(session.email.view());
    keep(session.typed.view());
    keep(session.nir.view());
    // Its first five digits are shown even where the rest is hidden.
    if (session.nir.view().size() >= 5) keep(session.nir.view().substr(0, 5));
}

Confidential::~Confidential() {
    for (auto& value : values_)
        journey::cleanse(value.data(), value.size());
}

void Confidential::keep(std::string_view value) {
    if (!value.empty()) values_.emplace_back(value);
}

bool Confidential::holds(std::string_view words) const {
    if (typing_) return true;
    auto digits = digits_of(words);
    bool const found = std::ranges::any_of(values_, [&](std::string const& value) {
        bool const number = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
        return number ? digits.find(value) != std::string::npos : has_word(words, value);
    });
    journey::cleanse(digits.data(), digits.size());
    return found;
}

}  // namespace ui
