#include "kiosk/carry/receipts.hpp"

#include <algorithm>

namespace carry {
namespace {

using base::failure;

}  // namespace

std::string receipts_name(std::string const& kiosk, std::int64_t bundle) {
    return "receipts-" + kiosk + "-" + std::to_string(bundle);
}

base::Result<std::vector<std::string>> read_receipts(Folder const& place, std::string const& name) {
    auto const content = place.read(name, most_receipts * (longest_receipt + 1));
    if (!content) return failure(content.error());
    auto const text = base::to_text(*content);
    std::string_view rest = text;
    std::vector<std::string> receipts;
    while (!rest.empty() && receipts.size() < most_receipts) {
        auto const end = std::min(rest.find('\n'), rest.size());
        if (end > 0 && end <= longest_receipt) receipts.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return receipts;
}

base::Result<void> write_receipts(Folder const& place, std::string const& kiosk,
                                  std::int64_t bundle, std::vector<std::string> const& receipts) {
    auto const name = receipts_name(kiosk, bundle);
    // What cannot be read is replaced: the receiver gives every receipt again.
    auto all = read_receipts(place, name).value_or(std::vector<std::string>{});
    for (auto const& receipt : receipts)
        if (std::ranges::find(all, receipt) == all.end()) all.push_back(receipt);
    auto const begin = all.end() - static_cast<std::ptrdiff_t>(std::min(all.size(), most_receipts));
    std::string text;
    for (auto one = begin; one != all.end(); ++one)
        text += *one + "\n";
    return place.replace(name, base::to_bytes(text));
}

}  // namespace carry
