// The kiosk may restart nothing itself: where it asks, a unit of root's answers
// (image/rootfs, dmp-pcscd-restart.path).
#pragma once

#include <filesystem>

namespace kiosk {

// Puts an empty file there, once more if the last one was taken; without a path nobody is asked.
// What fails is logged: the kiosk goes on as if nobody were there to ask.
void ask_for_new_pcscd(std::filesystem::path const& request);

}  // namespace kiosk
