#include "drivers/base/end_signals.hpp"

#include <csignal>

#include <sys/signalfd.h>

namespace base {

Result<Descriptor> end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (int const number : {SIGTERM, SIGINT})
        sigaddset(&signals, number);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    Descriptor descriptor{::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC)};
    if (!descriptor) return failure(system_error("signalfd"));
    return descriptor;
}

}  // namespace base
