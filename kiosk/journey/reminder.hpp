// What a card left in the reader after the end does to be taken back: the screen shows it at once,
// then a voice says it, then a chime sounds, and at last staff is told.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace journey {

enum class Reminder : std::uint8_t { voice, chime, staff };

struct ReminderRow {
    std::chrono::seconds quiet;  // since somebody last did something
    Reminder reminder;
};

// Soon enough to reach who walks away, and ending before it wears out who works beside it.
inline constexpr std::array reminders{ReminderRow{std::chrono::seconds{8}, Reminder::voice},
                                      ReminderRow{std::chrono::seconds{16}, Reminder::chime},
                                      ReminderRow{std::chrono::seconds{24}, Reminder::voice},
                                      ReminderRow{std::chrono::seconds{40}, Reminder::chime},
                                      ReminderRow{std::chrono::seconds{60}, Reminder::staff},
                                      ReminderRow{std::chrono::seconds{90}, Reminder::chime},
                                      ReminderRow{std::chrono::seconds{120}, Reminder::voice},
                                      ReminderRow{std::chrono::seconds{180}, Reminder::chime}};

// More, where the end is something to be read.
inline constexpr std::chrono::seconds time_to_read{20};

}  // namespace journey
