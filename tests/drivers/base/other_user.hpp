// What another user of the machine can do, and what only root can look at.
#pragma once

#include "tests/catch.hpp"

#include <cstdlib>
#include <functional>

#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

inline constexpr uid_t nobody = 65534;

// Root may become anybody and look into every process. Without it a case says that it was not run;
// in CI that is a failure.
inline bool run_as_root() {
    if (::geteuid() == 0) return true;
    if (std::getenv("CI") != nullptr) FAIL("must be run as root");
    WARN("not run: only root can do what this looks at");
    return false;
}

// The exit code of `work`, done in a process of that user's without any group but its own.
inline int as_user(uid_t user, std::function<int()> const& work) {
    auto const child = ::fork();
    if (child == 0) {
        if (::setgroups(0, nullptr) != 0 || ::setresgid(user, user, user) != 0 ||
            ::setresuid(user, user, user) != 0)
            ::_exit(125);
        ::_exit(work());
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) != 125);
    return WEXITSTATUS(status);
}
