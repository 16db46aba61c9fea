#include "drivers/base/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace base {

Result<void> forbid_core_dumps() {
    rlimit const none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0) return failure(system_error("RLIMIT_CORE"));
    // The limit alone does not count where the kernel pipes cores to a program (core_pattern).
    if (::prctl(PR_SET_DUMPABLE, 0) != 0) return failure(system_error("PR_SET_DUMPABLE"));
    return {};
}

}  // namespace base
