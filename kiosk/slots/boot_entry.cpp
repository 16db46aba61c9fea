#include "kiosk/slots/boot_entry.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <tuple>

namespace slots {
namespace {

constexpr std::string_view prefix = "kiosk-";
constexpr std::string_view suffix = ".conf";
constexpr std::size_t sort_key_length = 6;

std::string lower_case(std::string_view text) {
    std::string lower{text};
    std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return lower;
}

// Digits at the front of the text, which loses them.
std::optional<unsigned> take_number(std::string_view& text) {
    unsigned number = 0;
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::optional<unsigned> sort_number(std::string_view key) {
    auto rest = key;
    auto const number = take_number(rest);
    return key.size() == sort_key_length && rest.empty() ? number : std::nullopt;
}

std::string_view trim(std::string_view text) {
    constexpr auto blanks = " \t\r";
    auto const first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The last value of a key, as systemd-boot takes it.
std::string_view value_of(std::string_view key, std::string_view content) {
    std::string_view found;
    while (!content.empty()) {
        auto const end = std::min(content.find('\n'), content.size());
        auto const line = trim(content.substr(0, end));
        content.remove_prefix(std::min(end + 1, content.size()));
        auto const blank = line.find_first_of(" \t");
        if (blank != std::string_view::npos && line.substr(0, blank) == key)
            found = trim(line.substr(blank));
    }
    return found;
}

// Of two with one sort key, which are the same slot's, the one without a counter: it was written
// last, to replace the other.
auto place_of(BootEntry const& entry) {
    return std::tuple{!entry.is_bootable(), !entry.has_tries(), entry.sort_key.empty(),
                      std::string_view{entry.sort_key}, entry.name.tries_left.has_value()};
}

}  // namespace

std::string_view name(Slot slot) {
    switch (slot) {
    case Slot::a: return "a";
    case Slot::b: return "b";
    }
    return {};
}

std::optional<Slot> parse_slot(std::string_view name) {
    if (name == "a") return Slot::a;
    if (name == "b") return Slot::b;
    return std::nullopt;
}

Slot other(Slot slot) { return slot == Slot::a ? Slot::b : Slot::a; }

std::string kernel_path(Slot slot) { return "/EFI/dmp/" + std::string{name(slot)} + ".efi"; }

std::optional<EntryName> parse_entry_name(std::string_view file) {
    auto const lower = lower_case(file);
    std::string_view rest = lower;
    if (!rest.starts_with(prefix) || !rest.ends_with(suffix)) return std::nullopt;
    rest.remove_prefix(prefix.size());
    if (rest.size() <= suffix.size()) return std::nullopt;
    rest.remove_suffix(suffix.size());
    auto const slot = parse_slot(rest.substr(0, 1));
    if (!slot) return std::nullopt;
    rest.remove_prefix(1);
    if (rest.empty()) return EntryName{*slot, std::nullopt, 0};
    if (!rest.starts_with('+')) return std::nullopt;
    rest.remove_prefix(1);
    auto const left = take_number(rest);
    if (!left) return std::nullopt;
    if (rest.empty()) return EntryName{*slot, left, 0};
    if (!rest.starts_with('-')) return std::nullopt;
    rest.remove_prefix(1);
    auto const done = take_number(rest);
    if (!done || !rest.empty()) return std::nullopt;
    return EntryName{*slot, left, *done};
}

std::string to_file_name(EntryName const& entry) {
    auto file = std::string{prefix} + std::string{name(entry.slot)};
    if (entry.tries_left) file += "+" + std::to_string(*entry.tries_left);
    if (entry.tries_left && entry.tries_done > 0) file += "-" + std::to_string(entry.tries_done);
    return file + std::string{suffix};
}

BootEntry read_entry(std::string file, EntryName const& name, std::string_view content) {
    BootEntry entry{std::move(file), name, std::string{value_of("sort-key", content)},
                    std::string{value_of("version", content)}};
    entry.is_whole = value_of("efi", content) == kernel_path(name.slot);
    return entry;
}

// The kernel's line comes last: a file that lost its end is no entry.
std::string entry_content(Slot slot, std::string_view version, std::string_view sort_key) {
    auto content = std::string{"title DMP kiosk\n"};
    if (!version.empty()) content += "version " + std::string{version} + "\n";
    content += "sort-key " + std::string{sort_key} + "\n";
    return content + "efi " + kernel_path(slot) + "\n";
}

BootEntry const* what_boots(std::span<BootEntry const> entries) {
    auto const first = std::ranges::min_element(entries, {}, place_of);
    return first == entries.end() || !first->is_bootable() ? nullptr : &*first;
}

void sort_as_booted(std::span<BootEntry> entries) {
    std::ranges::stable_sort(entries, {}, place_of);
}

SlotState state_of(Slot slot, std::span<BootEntry const> entries) {
    BootEntry const* first = nullptr;
    for (auto const& entry : entries)
        if (entry.name.slot == slot && (first == nullptr || place_of(entry) < place_of(*first)))
            first = &entry;
    if (first == nullptr || !first->is_bootable() || !first->has_tries()) return SlotState::bad;
    return first->name.tries_left ? SlotState::on_trial : SlotState::good;
}

std::optional<std::string> next_sort_key(std::span<BootEntry const> entries) {
    auto before = sort_number(first_sort_key).value() + 1;
    for (auto const& entry : entries) {
        if (!entry.is_bootable()) continue;
        auto const number = sort_number(entry.sort_key);
        // What stands before digits, or is a shorter number, cannot be passed by counting.
        if (!number && !entry.sort_key.empty() && entry.sort_key < ":") return std::nullopt;
        if (number) before = std::min(before, *number);
    }
    if (before == 0) return std::nullopt;
    auto const digits = std::to_string(before - 1);
    return std::string(sort_key_length - digits.size(), '0') + digits;
}

}  // namespace slots
