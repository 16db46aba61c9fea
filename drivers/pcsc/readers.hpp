// The readers of this machine, of which one is ours by the pattern of its name.
#pragma once

#include "drivers/pcsc/card.hpp"
#include "drivers/pcsc/change.hpp"
#include "drivers/pcsc/context.hpp"
#include "drivers/pcsc/slot.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace pcsc {

// One thread owns this and all that comes from it. No call can be interrupted when pcscd hangs:
// SCardCancel would hang too and is never called, so the owner's owner must watch the time.
// After no_service, context_lost or reader_failed these readers are of no more use: open new ones.
class Readers {
  public:
    // The whole name of the reader, or a pattern as in fnmatch(3): "*Ingenico*". Case does not
    // matter. Of several that match, the first in the service's order is ours, as long as it stays.
    static base::Result<Readers> open(std::string name_pattern);

    // Waits for at most the slice (longer only if pcscd hangs); nothing when nothing happened. The
    // first call tells what is there now, without waiting.
    base::Result<std::vector<Change>> wait_for_change(std::chrono::milliseconds slice);

    // To the card in our reader, shared, T=0 or T=1. Errc::reader_missing before the first
    // ReaderPresent and after ReaderAbsent.
    base::Result<Card> connect() const;

  private:
    Readers(Context context, std::string name_pattern)
        : context_(std::move(context)), name_pattern_(std::move(name_pattern)) {}

    enum class Look : std::uint8_t { something, nothing, list_is_old };

    base::Result<void> list(std::vector<Change>& changes);
    base::Result<Look> look(std::chrono::milliseconds timeout, std::vector<Change>& changes);
    Slot const* our_slot() const;
    bool matches(std::string const& name) const;

    Context context_;
    std::string name_pattern_;
    std::vector<Slot> slots_;
    unsigned long plug_state_ = 0;  // of the pseudo reader that tells of readers coming and going
    bool told_ = false;             // whether our reader is there
    std::chrono::steady_clock::time_point list_until_{};
};

}  // namespace pcsc
