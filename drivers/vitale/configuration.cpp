#include "drivers/vitale/configuration.hpp"

#include <algorithm>

namespace vitale {
namespace {

bool is_sfi(std::uint8_t sfi) { return sfi >= 1 && sfi <= iso7816::highest_sfi; }

bool all_different(Tags const& tags) {
    std::uint32_t all[] = {tags.family_name, tags.first_name, tags.birth_date, tags.nir};
    std::ranges::sort(all);
    return std::ranges::adjacent_find(all) == std::end(all);
}

}  // namespace

bool is_aid(base::ByteView aid) { return aid.size() >= 5 && aid.size() <= 16; }

bool is_denied(Configuration const& c, iso7816::StatusWord sw) {
    return std::ranges::find(c.denied, sw) != c.denied.end();
}

bool is_missing(Configuration const& c, iso7816::StatusWord sw) {
    return std::ranges::find(c.missing, sw) != c.missing.end();
}

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
    if (c.pointers.most_applications < 1 || c.pointers.most_files < 1)
        return invalid("a pointer file lists one application and one file at least");
    if (c.pointers.applications_tag == c.pointers.file_tag)
        return invalid("two kinds of pointers have the same tag");
    if (c.select_by_aid.empty() || c.select_by_file.empty() || c.select_listed_file.empty() ||
        c.root_selection.empty() || c.length_forms.empty())
        return invalid("an empty list of ways to try");
    if (!all_different(c.tags)) return invalid("two fields of a person have the same tag");
    return {};
}

}  // namespace vitale
