#include "drivers/vitale/routes.hpp"

#include <utility>

namespace vitale {
base::Result<void> read_numbers_by_sfi(CardAccess const& card, Configuration const& c,
                                       Findings& findings) {
    auto file = card.read(c.number_sfi);
    if (!file) return base::failure(std::move(file.error()));
    if (file->sw == iso7816::success) return findings.add_numbers(file->data);
    if (is_missing(c, file->sw))
        findings.note_numbers(NumberFile::missing);
    else if (is_denied(c, file->sw))
        findings.note_numbers(NumberFile::refused);
    else
        return base::failure(base::Errc::malformed, "number file: " + iso7816::to_string(file->sw));
    return {};
}

base::Result<void> read_identities_by_sfi(CardAccess const& card, Configuration const& c,
                                          Findings& findings) {
    for (auto way : c.root_selection) {
        auto const selected = card.select_root(way);
        if (!selected) return base::failure(selected.error());
        if (*selected != iso7816::success) {
            findings.note_identities(*selected);
            continue;
        }
        auto file = card.read(c.identity_sfi);
        if (!file) return base::failure(std::move(file.error()));
        if (file->sw == iso7816::success) return findings.add_identities(file->data);
        findings.note_identities(file->sw);
    }
    return {};
}

}  // namespace vitale
