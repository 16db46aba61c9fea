// An act on the slots, with the EFI system partition mounted for as long as it takes.
#pragma once

#include "kiosk/slots/boot_slots.hpp"
#include "kiosk/slots/esp_mount.hpp"

namespace slots {

// Act: base::Result<T>(BootSlots const&). With a folder, that is taken in the partition's place.
template <class Act>
auto at_esp(std::filesystem::path const& folder, MountMode mode, Act const& act)
    -> decltype(act(std::declval<BootSlots const&>())) {
    auto const act_there = [&](std::filesystem::path const& esp) -> decltype(act(std::declval<
                                                                     BootSlots const&>())) {
        auto const slots = BootSlots::open(esp);
        if (!slots) return base::failure(slots.error());
        return act(*slots);
    };
    if (!folder.empty()) return act_there(folder);
    auto mount = EspMount::make(mode);
    if (!mount) return base::failure(mount.error());
    auto done = act_there(EspMount::path());
    auto const ended = mount->end();
    if (done && !ended) return base::failure(ended.error());
    return done;
}

}  // namespace slots
