// Dates, numbers and references as a person reads them.
#pragma once

#include "kiosk/ui/texts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ui {

// "19780514" is "14 mai 1978", "19780501" "1er mai 1978". What is no day of the calendar (a lunar
// date, an unknown day) is shown as it stands, in parts: "1955-17-01". Nothing is invented.
std::string date_in_words(std::string_view card_date, Texts const& texts);

// "17805 …" as "1 78 05 75 999 901 75"; masked, only the first five digits are shown.
std::string number_in_groups(std::string_view nir, bool masked);

// "0612345678" as "06 12 34 56 78", with no-break spaces.
std::string in_pairs(std::string_view digits);

// "7KM4P2XD9C" as "7KM4P 2XD9C".
std::string reference_in_groups(std::string_view reference);

// "guichet 3" with a no-break space: a number stays with its word.
std::string whole_numbers(std::string_view text);

// Arabic as it is printed: the texts carry their vowels for the voice that reads them aloud.
std::string without_vowel_marks(std::string_view text);

// "Étape 2 sur 6".
std::string step_of(int step, Texts const& texts);

// An e-mail address that may be broken before its @; as it is when it is none.
std::string breakable(std::string_view text);

// Between marks that keep its parts in their order from left to right in an Arabic line too: a
// number with hidden digits would be turned round.
std::string left_to_right(std::string_view text);

// Where one may stop between two of them. An abbreviation ("L. 1111") does not end a sentence.
std::vector<std::string_view> sentences(std::string_view text);

}  // namespace ui
