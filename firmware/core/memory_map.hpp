// What lies where in the 4 KiB that outlive the power.
#pragma once

#include "firmware/core/slot_ring.hpp"
#include "firmware/protocol/messages.hpp"

namespace supervisor {

constexpr uint16_t memory_size = 4096;

constexpr uint8_t event_body = event_size - 4;  // the slot has its sequence already

constexpr RingLayout counter_ring{0, 8, 4 * counter_count};
constexpr RingLayout event_ring{384, 218, event_body};

constexpr uint16_t end_of(RingLayout const& ring) {
    return static_cast<uint16_t>(ring.address + ring.slots * (ring.body + slot_overhead));
}
static_assert(counter_ring.body <= longest_record && event_ring.body <= longest_record, "");
static_assert(end_of(counter_ring) <= event_ring.address, "the rings overlap");
static_assert(end_of(event_ring) <= memory_size, "the memory is full");

}  // namespace supervisor
