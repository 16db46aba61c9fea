#include "drivers/vitale/read_card.hpp"

#include "drivers/vitale/card_access.hpp"
#include "drivers/vitale/findings.hpp"
#include "drivers/vitale/routes.hpp"

#include <algorithm>

#include <fnmatch.h>

namespace vitale {
namespace {

using base::Errc;
using base::Result;

bool matches(std::vector<std::string> const& patterns, base::ByteView atr) {
    auto const text = base::to_hex(atr);
    return std::ranges::any_of(patterns, [&](std::string const& pattern) {
        return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
    });
}

// What a card is that refused the application.
Errc name_of(iso7816::StatusWord sw, Configuration const& c, base::ByteView atr) {
    if (matches(c.vitale_1_atrs, atr)) return Errc::card_vitale_1;
    if (matches(c.professional_atrs, atr)) return Errc::card_professional;
    if (!matches(c.vitale_2_atrs, atr)) return Errc::card_unknown;
    // Not "this is no carte Vitale" to somebody who holds one.
    return is_denied(c, sw) ? Errc::access_denied : Errc::file_missing;
}

Result<void> select_vitale(CardAccess const& card, Configuration const& c, base::ByteView atr) {
    auto const sw = card.select_application(c.application_aid);
    if (!sw) return base::failure(sw.error());
    if (*sw == iso7816::success) return {};
    return base::failure(name_of(*sw, c, atr), "application VITALE: " + iso7816::to_string(*sw));
}

// The numbers first: the application was just selected to see whether this is a carte Vitale, and
// the pointer file is there as well.
Result<void> find_all(CardAccess const& card, Configuration const& c, base::ByteView atr,
                      Findings& findings) {
    if (auto done = select_vitale(card, c, atr); !done) return done;
    if (auto done = read_numbers_by_sfi(card, c, findings); !done) return done;
    bool const followed = !findings.has_numbers();
    if (followed)
        if (auto done = follow_pointers(card, c, findings); !done) return done;
    if (findings.has_identities()) return {};
    if (auto done = read_identities_by_sfi(card, c, findings); !done) return done;
    if (findings.has_identities() || followed) return {};
    if (auto done = select_vitale(card, c, atr); !done) return done;
    return follow_pointers(card, c, findings);
}

}  // namespace

Result<VitaleCard> read_card(iso7816::Transmit const& transmit, Configuration const& configuration,
                             base::ByteView atr) {
    if (auto valid = check(configuration); !valid) return base::failure(std::move(valid.error()));
    CardAccess const card{transmit, configuration};
    Findings findings{configuration};
    if (auto found = find_all(card, configuration, atr, findings); !found)
        return base::failure(std::move(found.error()));
    return findings.card();
}

}  // namespace vitale
