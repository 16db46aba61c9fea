// What the lamps show, as brightness at a moment. Nothing flashes more than three times a second
// (EN 301 549, 11.2.2.3.1: seizures), and each meaning differs from the others by its rhythm or its
// lamp, not by colour alone.
#pragma once

#include "firmware/core/time.hpp"
#include "firmware/protocol/messages.hpp"

namespace supervisor {

struct Colour {
    uint8_t red;
    uint8_t green;
    uint8_t blue;
};

// The ring around the card slot.
Colour slot_colour(SlotLight light, Time now);

// Three lamps one above the other, as on a machine; true is lit.
struct Lamps {
    bool red;
    bool amber;
    bool green;
};

// Toward the reception.
Lamps status_lamps(StatusLight light, Time now);

}  // namespace supervisor
