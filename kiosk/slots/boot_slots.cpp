#include "kiosk/slots/boot_slots.hpp"

#include "kiosk/crypto/digest.hpp"

#include <algorithm>
#include <cerrno>
#include <ranges>

#include <fcntl.h>
#include <sys/file.h>

namespace slots {
namespace {

using base::Errc;
using base::failure;

constexpr std::size_t largest_entry = 64 * 1024;
constexpr std::size_t largest_release = 4096;
constexpr std::size_t largest_kernel = 256 * 1024 * 1024;

std::string kernel_file(Slot slot) { return std::string{name(slot)} + ".efi"; }
std::string release_file(Slot slot) { return std::string{name(slot)} + ".release"; }

std::string slot_sentence(Slot slot, std::string_view rest) {
    return "slot " + std::string{name(slot)} + " " + std::string{rest};
}

// The entry by which the slot would be started, were it alone; of `all` in their order.
BootEntry const* best_of(Slot slot, std::vector<BootEntry> const& all) {
    auto const best = std::ranges::find_if(all, [&](auto const& entry) {
        return entry.name.slot == slot && entry.is_bootable();
    });
    return best == all.end() ? nullptr : &*best;
}

}  // namespace

base::Result<BootSlots> BootSlots::open(std::filesystem::path const& esp) {
    base::Descriptor lock{::open(esp.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!lock) return failure(base::system_error(esp.native(), Errc::storage_failed));
    while (::flock(lock.number(), LOCK_EX) != 0)
        if (errno != EINTR) return failure(base::system_error(esp.native(), Errc::storage_failed));
    auto entries = EspFolder::make(esp / "loader" / "entries");
    if (!entries) return failure(entries.error());
    auto kernels = EspFolder::make(esp / "EFI" / "dmp");
    if (!kernels) return failure(kernels.error());
    return BootSlots{std::move(lock), std::move(*entries), std::move(*kernels)};
}

base::Result<std::vector<BootEntry>> BootSlots::entries() const {
    auto const names = entries_.names();
    if (!names) return failure(names.error());
    std::vector<BootEntry> all;
    for (auto const& file : *names) {
        auto const name = parse_entry_name(file);
        if (!name) continue;
        auto const content = entries_.read(file, largest_entry);
        // What cannot be read boots nothing, and is no reason not to boot the other.
        all.push_back(read_entry(file, *name, content ? base::to_text(*content) : ""));
        all.back().has_kernel = kernels_.has(kernel_file(name->slot));
    }
    sort_as_booted(all);
    return all;
}

base::Result<Slot> BootSlots::primary() const {
    auto const all = entries();
    if (!all) return failure(all.error());
    auto const* const first = what_boots(*all);
    if (first == nullptr) return failure(Errc::storage_damaged, "no slot can be booted");
    return first->name.slot;
}

base::Result<SlotState> BootSlots::state(Slot slot) const {
    return entries().map([&](auto const& all) { return state_of(slot, all); });
}

base::Result<void> BootSlots::set_primary(Slot slot) const {
    auto const all = cleared_entries();
    if (!all) return failure(all.error());
    if (!kernels_.has(kernel_file(slot)))
        return failure(Errc::file_missing, slot_sentence(slot, "has no kernel"));
    auto const* const first = what_boots(*all);
    if (first != nullptr && first->name.slot == slot &&
        first->name.tries_left.value_or(tries) == tries)
        return remove_entries(slot, *all, first->file);
    // A slot that has proved itself needs no trial to come back from one that has not.
    if (state_of(slot, *all) == SlotState::good &&
        state_of(other(slot), *all) != SlotState::good) {
        if (auto gone = remove_entries(other(slot), *all); !gone) return gone;
        return mark_good(slot);
    }
    auto const sort_key = next_sort_key(*all);
    if (!sort_key)
        return failure(Errc::conflict, "the boot entries have sort keys that are none of ours");
    return replace_entries({slot, tries, 0}, *sort_key, *all);
}

base::Result<void> BootSlots::mark_good(Slot slot) const {
    auto const all = cleared_entries();
    if (!all) return failure(all.error());
    auto const* const best = best_of(slot, *all);
    if (best == nullptr) return failure(Errc::conflict, slot_sentence(slot, "cannot be booted"));
    if (!best->name.tries_left) return remove_entries(slot, *all, best->file);
    return replace_entries({slot, std::nullopt, 0}, best->sort_key, *all);
}

base::Result<void> BootSlots::mark_bad(Slot slot) const {
    auto const all = cleared_entries();
    if (!all) return failure(all.error());
    if (state_of(other(slot), *all) != SlotState::good)
        return failure(Errc::refused,
                       slot_sentence(other(slot), "has not proved itself: this one stays"));
    return remove_entries(slot, *all);
}

base::Result<bool> BootSlots::give_back_a_try(Slot slot) const {
    auto const all = cleared_entries();
    if (!all) return failure(all.error());
    auto const* const best = best_of(slot, *all);
    if (best == nullptr || !best->name.tries_left || *best->name.tries_left + 1 >= tries)
        return false;
    EntryName const name{slot, *best->name.tries_left + 1, best->name.tries_done};
    return replace_entries(name, best->sort_key, *all).map([] { return true; });
}

base::Result<void> BootSlots::install_kernel(Slot slot, base::ByteView kernel,
                                             base::ByteView release) const {
    auto const said = parse_release(base::to_text(release));
    if (!said) return failure(said.error());
    if (kernel.empty() || kernel.size() > largest_kernel ||
        base::to_hex(crypto::sha256(kernel)) != said->kernel_sha256)
        return failure(Errc::not_authentic, "the kernel is not the one that its release names");
    auto const all = cleared_entries();
    if (!all) return failure(all.error());
    if (best_of(slot, *all) != nullptr)
        return failure(Errc::refused, slot_sentence(slot, "can be booted: mark it bad first"));
    // What is left of it, for the new kernel to be named by none.
    if (auto gone = remove_entries(slot, *all); !gone) return gone;
    for (auto const& file : {kernel_file(slot), release_file(slot)})
        if (auto gone = kernels_.remove(file); !gone) return gone;
    if (auto written = kernels_.write_new(release_file(slot), release); !written) return written;
    if (auto written = kernels_.write_new(kernel_file(slot), kernel); !written) return written;
    auto const kept = kernels_.read_back(kernel_file(slot), largest_kernel);
    if (!kept) return failure(kept.error());
    if (!std::ranges::equal(*kept, kernel))
        return failure(Errc::storage_damaged,
                       kernel_file(slot) + ": the disk gave back something else than was written");
    return {};
}

base::Result<Release> BootSlots::release(Slot slot) const {
    auto const text = kernels_.read(release_file(slot), largest_release);
    if (!text) return failure(text.error());
    return parse_release(base::to_text(*text));
}

base::Result<std::vector<BootEntry>> BootSlots::cleared_entries() const {
    for (auto const* folder : {&entries_, &kernels_})
        if (auto clear = folder->remove_remains(); !clear) return failure(clear.error());
    return entries();
}

base::Result<void> BootSlots::replace_entries(EntryName name, std::string const& sort_key,
                                              std::vector<BootEntry> const& all) const {
    auto const is_taken = [&](std::string const& file) {
        auto const found = std::ranges::find_if(all, [&](auto const& entry) {
            return to_file_name(entry.name) == file || entry.file == file;
        });
        return found != all.end();
    };
    auto file = to_file_name(name);
    // The same number of tries under another name: the old entry stays until the new one is there.
    while (is_taken(file) && name.tries_left) {
        ++name.tries_done;
        file = to_file_name(name);
    }
    // Without a counter there is one name. What has it is not the slot's first entry.
    if (is_taken(file))
        if (auto gone = entries_.remove(file); !gone) return gone;
    auto const known = release(name.slot);
    auto const content = entry_content(name.slot, known ? known->version : "", sort_key);
    if (auto written = entries_.write_new(file, base::to_bytes(content)); !written) return written;
    return remove_entries(name.slot, all, file);
}

base::Result<void> BootSlots::remove_entries(Slot slot, std::vector<BootEntry> const& all,
                                             std::string const& but) const {
    // The first goes last: as long as it is there, the slot is what it was.
    for (auto const& entry : std::views::reverse(all)) {
        if (entry.name.slot != slot || entry.file == but) continue;
        // Junk that cannot be removed boots nothing and is in nobody's way.
        if (auto gone = entries_.remove(entry.file); !gone && entry.is_bootable()) return gone;
    }
    return {};
}

}  // namespace slots
