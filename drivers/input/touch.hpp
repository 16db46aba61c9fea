// From what a touch panel reports to fingers. The kernel's multi-touch protocol B, panels that know
// one finger only, and the absolute pointer of a virtual machine, whose button is a finger.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include <linux/input.h>

namespace input {

enum class Phase : std::uint8_t {
    down,
    move,
    up,
    lost,  // nobody knows where it was lifted: it did nothing
};

struct Finger {
    Phase phase = Phase::down;
    std::int64_t number = 0;  // another for each touch
    float x = 0;              // 0 to 1 across the panel
    float y = 0;
};

struct Axis {
    std::int32_t least = 0;
    std::int32_t most = 0;

    float part(std::int32_t value) const;
};

struct TouchShape {
    Axis x;
    Axis y;
    bool many = false;  // reports its fingers in slots
};

class Touch {
  public:
    explicit Touch(TouchShape shape) : shape_(shape) {}

    // One report of the device; what it means is added to `fingers` when the report is complete.
    void take(input_event const& event, std::vector<Finger>& fingers);

    // The device is gone, or reports were lost: whatever is down is so no more.
    void lose(std::vector<Finger>& fingers);
    // The one that the device speaks of: it says so only when it changes.
    void select_slot(std::int32_t slot);
    // Reports were lost, up to the next complete one.
    bool dropping() const { return dropping_; }

  private:
    struct Slot {
        std::int64_t number = 0;  // of the finger that is down; 0: none
        std::int64_t told = 0;    // likewise, as far as told
        bool moved = false;
        std::int32_t x = 0;
        std::int32_t y = 0;
    };

    void take_absolute(std::uint16_t code, std::int32_t value);
    void put(Slot& slot, bool down);
    void report(std::vector<Finger>& fingers);

    TouchShape shape_;
    std::map<std::int32_t, Slot> slots_;
    std::int32_t slot_ = 0;
    std::int64_t next_number_ = 1;
    bool dropping_ = false;  // until the next complete report
};

}  // namespace input
