// What strangers may send, in any bytes. Each target takes one input and ends the program if a
// promise of what reads it breaks.
#pragma once

#include "drivers/base/bytes.hpp"

#include <array>
#include <string_view>

namespace fuzz {

// True when it was accepted as what it pretends to be; the smoke test asks for both of each.
//
// Lines on Unix sockets.
bool read_spooler_line(base::ByteView input);
bool read_intake_admin_line(base::ByteView input);
bool read_control_line(base::ByteView input);  // the simulator's
bool read_robot_line(base::ByteView input);    // up to the first line end
bool read_machine_line(base::ByteView input);
bool read_spooler_answers(base::ByteView input);  // all that a spooler says to the kiosk
bool read_vscard(base::ByteView input);           // all that QEMU says to a virtual card, to 4 KiB
// What comes over the network, or on a stick.
bool read_receipt(base::ByteView input);  // see receipt_target.cpp for the first byte
bool read_intake_fields(
    base::ByteView input);                  // target, media type and digest, a line each; a body
bool read_cms_frame(base::ByteView input);  // a sealed body, before any key is used
bool read_manifest(base::ByteView input);   // see manifest_target.cpp for the first byte
// Bytes on the serial line of the supervision board.
bool read_board_line(base::ByteView input);     // as the board hears them
bool read_board_answers(base::ByteView input);  // as its PC does
// TOML files.
bool read_configuration(base::ByteView input);
bool read_card_profile(base::ByteView input);
// Files of the tests themselves.
bool read_write_log(base::ByteView input);  // of a disk's writes, as QEMU logs them

struct Target {
    std::string_view name;  // of its corpus
    bool (*run)(base::ByteView input);
};
inline constexpr std::array socket_targets{Target{"spooler", read_spooler_line},
                                           Target{"intake-admin", read_intake_admin_line},
                                           Target{"control", read_control_line},
                                           Target{"robot", read_robot_line},
                                           Target{"machine", read_machine_line},
                                           Target{"spooler-answers", read_spooler_answers},
                                           Target{"vscard", read_vscard}};
inline constexpr std::array network_targets{
    Target{"receipt", read_receipt}, Target{"intake", read_intake_fields},
    Target{"cms", read_cms_frame}, Target{"manifest", read_manifest}};
inline constexpr std::array serial_targets{Target{"board", read_board_line},
                                           Target{"board-answers", read_board_answers}};
inline constexpr std::array file_targets{Target{"configuration", read_configuration},
                                         Target{"profile", read_card_profile}};
inline constexpr std::array test_file_targets{Target{"write-log", read_write_log}};

// Ends the program.
void promise(bool kept, char const* what);

}  // namespace fuzz
