// A whole file judges the form its lengths are written in.
#pragma once

#include "drivers/vitale/configuration.hpp"

namespace vitale {

// What parses with the first form that makes sense of the whole file: a length that fits by chance
// is betrayed by what follows it.
template <class Parsed, class Parse>
base::Result<Parsed> with_length_forms(Configuration const& configuration, Parse parse) {
    base::Result<Parsed> parsed = base::failure(base::Errc::malformed, "no form of lengths");
    for (auto form : configuration.length_forms) {
        parsed = parse(form);
        if (parsed) break;
    }
    return parsed;
}

}  // namespace vitale
