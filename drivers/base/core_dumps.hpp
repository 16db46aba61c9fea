// The memory of our programs holds patients' data and private keys: it may not end in a file.
#pragma once

#include "drivers/base/result.hpp"

namespace base {

// Called first in main(): no core file whatever kills this process, and no other process but root's
// may read its memory (a debugger, /proc/PID/mem). Its own /proc/self stays open to it. What it
// starts may leave a core again only where that gives up the limit, which needs root.
Result<void> forbid_core_dumps();

}  // namespace base
