// What a carte Vitale 2 holds in clear, as read and before any judgement.
#pragma once

#include "drivers/vitale/text.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vitale {

struct Beneficiary {
    std::size_t position = 0;  // on the card; 0 is the insured person
    Text family_name;          // usage name or birth name: the card does not say which
    Text first_name;
    std::string birth_date;          // digits as on the card: YYYYMMDD, also lunar, or YYMMDD
    std::optional<std::string> nir;  // 15 characters as on the card: for Nir::parse to judge
};

// What became of the file of numbers. Only after `read` does any beneficiary have a number, and
// even then a child may have none, its own, or a parent's.
enum class NumberFile : std::uint8_t {
    read,
    missing,
    refused,
    differs_in_length,  // as many numbers as persons are needed to tell whose is whose
};

struct VitaleCard {
    std::vector<Beneficiary> beneficiaries;  // at least one
    NumberFile number_file = NumberFile::missing;
};

// Overwrite everything that was read about the persons, and forget them.
void wipe(Beneficiary& beneficiary);
void wipe(VitaleCard& card);

}  // namespace vitale
