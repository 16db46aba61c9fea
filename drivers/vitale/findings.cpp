#include "drivers/vitale/findings.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace vitale {
namespace {

using base::Errc;
using base::Result;

bool same_person(Beneficiary const& a, Beneficiary const& b) {
    return a.family_name.raw == b.family_name.raw && a.first_name.raw == b.first_name.raw &&
           a.birth_date == b.birth_date;
}

void wipe_all(std::vector<Beneficiary>& persons) {
    for (auto& person : persons)
        wipe(person);
    persons.clear();
}

void wipe_all(Numbers& numbers) {
    for (auto& number : numbers)
        if (number) base::wipe(*number);
    numbers.clear();
}

// Keeps what was found first; anything else must be the same.
template <class Found, class Same>
Result<void> keep(std::optional<Found>& kept, Found found, char const* file, Same same) {
    if (!kept) {
        kept = std::move(found);
        return {};
    }
    bool const agrees = std::ranges::equal(*kept, found, same);
    wipe_all(found);
    if (!agrees) return base::failure(Errc::malformed, std::string{file} + ": two that disagree");
    return {};
}

}  // namespace

Findings::~Findings() {
    if (identities_) wipe_all(*identities_);
    if (numbers_) wipe_all(*numbers_);
}

Result<void> Findings::add_identities(base::Bytes& file) {
    auto found = parse_identities(file, c_);
    base::wipe(file);
    if (!found) return base::failure(Errc::malformed, "identity file: " + found.error().detail);
    return keep(identities_, std::move(*found), "identity file", same_person);
}

Result<void> Findings::add_numbers(base::Bytes& file) {
    auto found = parse_numbers(file, c_);
    base::wipe(file);
    if (!found) return base::failure(Errc::malformed, "number file: " + found.error().detail);
    return keep(numbers_, std::move(*found), "number file", std::equal_to{});
}

Result<void> Findings::add_listed(base::Bytes& file) {
    auto const kind = kind_of(file, c_);
    Result<void> added;
    if (!kind) added = base::failure(Errc::malformed, "listed file: " + kind.error().detail);
    if (kind && kind->identities) {
        auto copy = file;
        added = add_identities(copy);
    }
    if (added && kind->numbers) added = add_numbers(file);
    base::wipe(file);
    return added;
}

void Findings::note_identities(iso7816::StatusWord refusal) {
    if (!is_denied(c_, refusal_)) refusal_ = refusal;
}

Result<VitaleCard> Findings::card() {
    if (!identities_) {
        auto const code = is_denied(c_, refusal_)    ? Errc::access_denied
                          : is_missing(c_, refusal_) ? Errc::file_missing
                                                     : Errc::malformed;
        return base::failure(code, "identity file: " + iso7816::to_string(refusal_));
    }
    VitaleCard card{std::move(*identities_), numbers_ ? NumberFile::read : without_numbers_};
    identities_.reset();
    if (!numbers_) return card;
    // By position, the only thing the two files share, and only while nothing can have shifted.
    if (numbers_->size() != card.beneficiaries.size())
        card.number_file = NumberFile::differs_in_length;
    else
        for (std::size_t i = 0; i < numbers_->size(); ++i)
            card.beneficiaries[i].nir = (*numbers_)[i];
    return card;
}

}  // namespace vitale
