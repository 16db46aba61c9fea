#include "drivers/vitale/card.hpp"

namespace vitale {

void wipe(Beneficiary& beneficiary) {
    for (auto* text : {&beneficiary.family_name, &beneficiary.first_name}) {
        base::wipe(text->raw);
        base::wipe(text->utf8);
    }
    base::wipe(beneficiary.birth_date);
    if (beneficiary.nir) base::wipe(*beneficiary.nir);
    beneficiary = {};
}

void wipe(VitaleCard& card) {
    for (auto& beneficiary : card.beneficiaries)
        wipe(beneficiary);
    card = {};
}

}  // namespace vitale
