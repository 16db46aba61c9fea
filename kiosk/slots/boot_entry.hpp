// Boot Loader Specification entries of type 1 as systemd-boot 252 reads them, for the two slots of
// this product, and which of them it would boot. No file is touched here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace slots {

enum class Slot : std::uint8_t { a, b };

std::string_view name(Slot slot);  // "a", "b": RAUC's bootname
std::optional<Slot> parse_slot(std::string_view name);
Slot other(Slot slot);

// Where the boot loader looks for the slot's kernel: "/EFI/dmp/b.efi".
std::string kernel_path(Slot slot);

// kiosk-b.conf, kiosk-b+3.conf, kiosk-b+2-1.conf: automatic boot assessment.
struct EntryName {
    Slot slot;
    std::optional<unsigned> tries_left;  // nothing: the slot is not on trial
    unsigned tries_done = 0;
};

// Nothing for a file that is none of ours. Letters of either case, for FAT knows no difference.
std::optional<EntryName> parse_entry_name(std::string_view file);
std::string to_file_name(EntryName const& name);

struct BootEntry {
    std::string file;
    EntryName name;
    std::string sort_key;  // empty: none
    std::string version;
    // It says its own slot's kernel. A file that was cut off does not, and is no entry to
    // systemd-boot either.
    bool is_whole = false;
    bool has_kernel = false;  // that kernel is there

    bool is_bootable() const { return is_whole && has_kernel; }
    bool has_tries() const { return name.tries_left != 0U; }
};

BootEntry read_entry(std::string file, EntryName const& name, std::string_view content);
std::string entry_content(Slot slot, std::string_view version, std::string_view sort_key);

// The entry that systemd-boot starts without being asked: of those that it can start, those with no
// tries left last, then by sort key. Null when it can start none. Two slots never share a sort key
// (next_sort_key): how systemd-boot would choose between them is not told here.
BootEntry const* what_boots(std::span<BootEntry const> entries);

// The entries in that order, those that cannot be started last.
void sort_as_booted(std::span<BootEntry> entries);

// As the first of the slot's entries says: good without a counter, bad when all its tries are used
// up or nothing of it can be started.
enum class SlotState : std::uint8_t { good, on_trial, bad };
SlotState state_of(Slot slot, std::span<BootEntry const> entries);

// A key that puts an entry before all these: six digits that count down, so that the other slot's
// entry need not be touched when the first choice changes. Nothing when there is none.
inline constexpr std::string_view first_sort_key = "500000";
std::optional<std::string> next_sort_key(std::span<BootEntry const> entries);

}  // namespace slots
