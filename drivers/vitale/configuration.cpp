#include "drivers/vitale/configuration.hpp"

#include <algorithm>

namespace vitale {
namespace {

// ISO 7816-4:2020, 12.2.3: five bytes of registered identifier and up to eleven of one's own.
bool is_aid(base::Bytes const& aid) { return aid.size() >= 5 && aid.size() <= 16; }

bool is_sfi(std::uint8_t sfi) { return sfi >= 1 && sfi <= iso7816::highest_sfi; }

bool all_different(Tags const& tags) {
    std::uint32_t all[] = {tags.family_name, tags.first_name, tags.birth_date, tags.nir};
    std::ranges::sort(all);
    return std::ranges::adjacent_find(all) == std::end(all);
}

}  // namespace

base::Result<void> check(Configuration const& c) {
    auto const invalid = [](char const* reason) {
        return base::failure(base::Errc::configuration_invalid, reason);
    };
    if (!is_aid(c.application_aid) || !is_aid(c.root_aid))
        return invalid("an application identifier has 5 to 16 bytes");
    if (!is_sfi(c.identity_sfi) || !is_sfi(c.number_sfi))
        return invalid("a short file identifier is 1 to 30");
    if (c.limits.block < 1 || c.limits.block > iso7816::longest_response_data)
        return invalid("a block has 1 to 256 bytes");
    if (c.limits.file < c.limits.block || c.limits.file > iso7816::highest_offset)
        return invalid("the longest file has one block to 32767 bytes");
    if (c.select_by_aid.empty() || c.select_by_file.empty() || c.root_selection.empty() ||
        c.length_forms.empty())
        return invalid("an empty list of ways to try");
    if (!all_different(c.tags)) return invalid("two fields of a person have the same tag");
    return {};
}

}  // namespace vitale
