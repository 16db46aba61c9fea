// SIGTERM and SIGINT as something to poll: a program that serves ends between two acts, never within one.
#pragma once

#include "drivers/base/unix_socket.hpp"

namespace base {

// Readable, without blocking, once the program shall end. Called before any thread starts: from then on
// neither signal interrupts one.
Result<Descriptor> end_signals();

}  // namespace base
