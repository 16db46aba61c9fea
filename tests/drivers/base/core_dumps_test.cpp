#include "drivers/base/core_dumps.hpp"

#include "tests/drivers/base/other_user.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

namespace {

// The system gives what /proc says of a process to root when its memory is closed to its own user.
uid_t owner_of_own_memory() {
    struct stat status {};
    return ::stat("/proc/self/mem", &status) == 0 ? status.st_uid : static_cast<uid_t>(-1);
}

}  // namespace

TEST_CASE("without core dumps the limit is zero for good and the memory closed to others",
          "[core_dumps]") {
    if (!run_as_root()) return;
    CHECK(as_user(nobody, [] {
              // A change of user closes the memory too: begin as a program that was just started.
              ::prctl(PR_SET_DUMPABLE, 1);
              rlimit limit{4096, 4096};
              if (::setrlimit(RLIMIT_CORE, &limit) != 0) return __LINE__;
              if (owner_of_own_memory() != nobody) return __LINE__;  // the negative control
              if (!base::forbid_core_dumps()) return __LINE__;
              if (owner_of_own_memory() != 0) return __LINE__;
              if (::getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0) return __LINE__;
              limit = {1, 1};
              return ::setrlimit(RLIMIT_CORE, &limit) == 0 ? __LINE__ : 0;
          }) == 0);
}
