// The two slots of the machine as their boot entries on the EFI system partition say. Each act is
// cut-safe: whenever the power goes, one complete entry can be booted, and what is read back is the
// state before the act or after it.
#pragma once

#include "kiosk/slots/boot_entry.hpp"
#include "kiosk/slots/esp_folder.hpp"
#include "kiosk/slots/release.hpp"

#include <filesystem>
#include <vector>

namespace slots {

// How often a slot may be started before it is given up, unless it proves itself.
inline constexpr unsigned tries = 3;

class BootSlots {
  public:
    // `esp` is where the EFI system partition is mounted. One program at a time works on it: the
    // lock is held until this object is gone, and waited for.
    static base::Result<BootSlots> open(std::filesystem::path const& esp);

    // In the order in which they would be booted.
    base::Result<std::vector<BootEntry>> entries() const;

    // The slot that boots next. Errc::storage_damaged when nothing would.
    base::Result<Slot> primary() const;
    base::Result<SlotState> state(Slot slot) const;

    // The slot boots next, on trial, unless it is first already and has all its tries or needs
    // none. One that proved itself once, against one that did not, is made first by giving up the
    // other: some slot has always proved itself. Errc::file_missing when it has no kernel.
    base::Result<void> set_primary(Slot slot) const;

    // The slot needs no more tries. Errc::conflict when nothing of it could be booted.
    base::Result<void> mark_good(Slot slot) const;

    // The slot is not booted any more. Errc::refused unless the other has proved itself.
    base::Result<void> mark_bad(Slot slot) const;

    // A try that ended for a reason the slot is not to blame for. Whether there was one to give.
    base::Result<bool> give_back_a_try(Slot slot) const;

    // The slot's kernel, with the release it belongs to, checked against it before and after it is
    // on the disk. Errc::refused while the slot can be booted: mark it bad first.
    base::Result<void> install_kernel(Slot slot, base::ByteView kernel,
                                      base::ByteView release) const;

    // What lies in the slot; Errc::file_missing when nobody said.
    base::Result<Release> release(Slot slot) const;

  private:
    BootSlots(base::Descriptor lock, EspFolder entries, EspFolder kernels)
        : lock_(std::move(lock)), entries_(std::move(entries)), kernels_(std::move(kernels)) {}

    // In the place of all entries of the slot, of which none has this name with this meaning.
    base::Result<void> replace_entries(EntryName name, std::string const& sort_key,
                                       std::vector<BootEntry> const& all) const;
    base::Result<void> remove_entries(Slot slot, std::vector<BootEntry> const& all,
                                      std::string const& but = {}) const;
    base::Result<std::vector<BootEntry>> cleared_entries() const;

    base::Descriptor lock_;
    EspFolder entries_;
    EspFolder kernels_;
};

}  // namespace slots
