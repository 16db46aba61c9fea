// What the frames mean. A number once given is never given to something else; a payload may grow at
// its end, and who reads it ignores what is behind the part that he knows. Numbers of more than one
// byte have their low byte first. README.md has the tables, with examples.
#pragma once

#include <stdint.h>

namespace supervisor {

// Told in the first exchange. Another one: the PC does nothing but flash its own image's firmware.
constexpr uint8_t protocol_version = 1;

// An answer has the type of its question and this bit; an event has the bit of events.
constexpr uint8_t answer_bit = 0x80;
constexpr uint8_t event_bit = 0x40;

enum class Request : uint8_t {
    hello = 0x01,         // protocol version, boot id[4]; answered by Greeting
    beat = 0x02,          // the PC is alive; answered by Status
    status = 0x03,        // answered by Status
    arm = 0x04,           // from now on silence counts
    disarm = 0x05,        // Leaving; silence means nothing until the PC arms again
    power_cycle = 0x06,   // the PC's own power, as soon as the answer has left
    reader_cycle = 0x07,  // the card reader's USB power, off for two seconds
    lights = 0x08,        // SlotLight, StatusLight
    backlight = 0x09,     // percent
    counters = 0x0A,      // answered by one uint32 for each Counter
    events = 0x0B,        // first sequence wanted[4]; answered by a count and as many events
    clear_fault = 0x0C,   // only while the staff key is turned
    boot_loader = 0x0D,   // the board starts anew, in its loader; only while nobody is watched
};

// With a sequence number of their own, which grows by one: a gap tells the PC to ask for the
// status.
enum class Notice : uint8_t {
    started = 0x40,         // the board, anew: it knows nothing of what the PC told it before
    inputs = 0x41,          // inputs as in Status: one of them changed
    restart_wanted = 0x42,  // silence: end in good order now, or the power is cut
    reader_power = 0x43,    // 0 or 1
    fault = 0x44,           // three cuts in an hour did not help: the PC is left alone
    out_of_range = 0x45,    // supply voltage, temperature or presence sensor: Problem
};

constexpr uint8_t not_acknowledged = 0xFF;  // the request's type, Refusal
enum class Refusal : uint8_t {
    unknown_type = 1,
    wrong_size = 2,
    wrong_value = 3,
    hello_first = 4,  // the board started anew
    other_version = 5,
    not_now = 6,  // in a fault, during a cut, or while watched
    key_needed = 7,
};

// Why the PC says that it goes.
enum class Leaving : uint8_t { shutdown = 1, restart = 2, update = 3 };

// Why the PC started, as far as the board can know: a boot that an update tries counts against it
// only after some of them.
enum class PcStart : uint8_t {
    unknown = 0,
    power_returned = 1,  // the mains: a cleaner's switch, an outage
    cut_for_silence = 2,
    cut_while_starting = 3,
    cut_requested = 4,
    restarted = 5,    // it had said so
    updated = 6,      // likewise
    unannounced = 7,  // by itself: a crash, its own watchdog
    same = 8,         // it did not: only the program that speaks for it is new
};

enum class BoardReset : uint8_t { power_on = 1, external = 2, brown_out = 3, watchdog = 4 };

enum class SlotLight : uint8_t { off, breathing, invite, steady, blink, error, take_card };
constexpr uint8_t slot_light_count = 7;
enum class StatusLight : uint8_t { off, free, busy, help, out };
constexpr uint8_t status_light_count = 5;

// What the board does about the PC's power; power_policy.hpp says when it goes from one to the
// next.
enum class PowerState : uint8_t {
    unwatched,  // the PC never armed, or disarmed: its silence means nothing
    watched,
    asked,   // silent for too long: it was asked to end in good order
    saving,  // the cut is being counted
    cut,
    booting,  // it has its power back and has not armed yet
    fault,    // cutting did not help: left on, for staff
};

// Bits of Status::problems.
enum class Problem : uint8_t { supply = 0x01, heat = 0x02, presence_sensor = 0x04 };

// Bits of Status::inputs.
enum class Input : uint8_t {
    presence = 0x01,   // somebody stands before the screen
    door_open = 0x02,  // also: its wire is cut
    tilted = 0x04,     // likewise
    key_turned = 0x08,
    headphones = 0x10,
    reader_power = 0x20,  // the card reader has its USB power
};

// What was counted since the board was made.
enum class Counter : uint8_t {
    power_on,
    brown_out,
    watchdog,
    cut_for_silence,
    cut_requested,
    fault,
    reader_cycle,
    door_opened,
    tilted,
    hours,  // of power, whole ones
};
constexpr uint8_t counter_count = 10;

// What the event memory keeps. `detail` and `value` as said here.
enum class Happened : uint8_t {
    board_started = 1,  // detail: BoardReset
    pc_started = 2,     // detail: PcStart; value: low half of the boot id
    pc_left = 3,        // detail: Leaving
    cut = 4,            // detail: PcStart that this will be
    fault = 5,
    fault_cleared = 6,
    reader_cycled = 7,
    door = 8,          // detail: 1 open, 0 closed
    tilt = 9,          // detail: 1 tilted, 0 upright
    key = 10,          // detail: 1 turned, 0 not
    supply_bad = 11,   // value: millivolts
    supply_good = 12,  // likewise
    too_hot = 13,      // value: tenths of a degree
    cool_again = 14,   // likewise
    loader_entered = 15,
};

// Sizes on the wire; where each field stands is said by the functions of fields.hpp.
constexpr uint8_t greeting_size = 10;
constexpr uint8_t status_size = 22;
constexpr uint8_t counters_size = 4 * counter_count;
constexpr uint8_t event_size = 14;
constexpr uint8_t events_in_answer = 3;

}  // namespace supervisor
