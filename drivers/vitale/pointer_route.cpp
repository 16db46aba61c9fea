#include "drivers/vitale/pointer_file.hpp"
#include "drivers/vitale/routes.hpp"

#include <algorithm>
#include <utility>

namespace vitale {
namespace {

using base::Result;
using Applications = std::vector<ListedApplication>;

// Nothing listed where the card has no such file or keeps it to itself.
Result<Applications> listed(CardAccess const& card, Configuration const& c) {
    auto const selected = card.select_listed_file(c.pointers.file);
    if (!selected) return base::failure(selected.error());
    if (*selected != iso7816::success) return Applications{};
    auto const file = card.read_selected();
    if (!file) return base::failure(file.error());
    if (file->sw != iso7816::success) return Applications{};
    auto applications = parse_pointer_file(file->data, c);
    if (!applications)
        return base::failure(base::Errc::malformed, "pointer file: " + applications.error().detail);
    return applications;
}

// Protected files, and files of other kinds, are on every card: whatever refuses is passed over.
Result<void> read_listed(CardAccess const& card, Configuration const& c, std::uint16_t identifier,
                         Findings& findings) {
    auto const selected = card.select_listed_file(identifier);
    if (!selected) return base::failure(selected.error());
    if (*selected != iso7816::success) return {};
    auto file = card.read_selected_persons();
    if (!file) return base::failure(std::move(file.error()));
    if (file->sw != iso7816::success) return {};
    if (begins_with_person(file->data, c)) return findings.add_listed(file->data);
    base::wipe(file->data);
    return {};
}

}  // namespace

Result<void> follow_pointers(CardAccess const& card, Configuration const& c, Findings& findings) {
    switch (c.pointers.route) {
    case PointerRoute::never: return {};
    case PointerRoute::where_needed: break;
    }
    auto applications = listed(card, c);
    if (!applications) return base::failure(std::move(applications.error()));
    auto const is_selected = [&](ListedApplication const& application) {
        return application.aid == c.application_aid;
    };
    // The one that is selected first: it need not be selected again.
    std::stable_partition(applications->begin(), applications->end(), is_selected);
    for (auto const& application : *applications) {
        if (application.files.empty()) continue;
        if (!is_selected(application)) {
            auto const selected = card.select_application(application.aid);
            if (!selected) return base::failure(selected.error());
            if (*selected != iso7816::success) continue;
        }
        for (auto identifier : application.files)
            if (auto read = read_listed(card, c, identifier, findings); !read) return read;
    }
    return {};
}

}  // namespace vitale
