#include "kiosk/sandbox/socket_filter.hpp"

#include <cerrno>
#include <csignal>
#include <memory>
#include <system_error>
#include <thread>

#include <linux/netlink.h>
#include <seccomp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sandbox {
namespace {

using base::failure;
using Context = std::unique_ptr<void, decltype(&seccomp_release)>;
using Refused = std::function<void(int family)>;

// libseccomp returns its errors, negative.
base::Error seccomp_error(std::string_view what, int code) {
    errno = -code;
    return base::system_error(std::string{"sandbox: "} + std::string{what});
}

// One rule is one comparison an argument, and the rules are an "or": what is refused is spelt out.
// The kernel looks at 64 bits of each argument, so that nothing can hide in the upper half.
int add_rules(scmp_filter_ctx context) {
    auto const ask = SCMP_ACT_NOTIFY;
    auto const add = [&](auto const&... comparisons) {
        return seccomp_rule_add(context, ask, SCMP_SYS(socket), sizeof...(comparisons),
                                comparisons...);
    };
    int code = add(SCMP_A0_64(SCMP_CMP_LT, AF_UNIX));
    for (unsigned family = AF_UNIX + 1; code == 0 && family < AF_NETLINK; ++family)
        code = add(SCMP_A0_64(SCMP_CMP_EQ, family));
    if (code == 0) code = add(SCMP_A0_64(SCMP_CMP_GT, AF_NETLINK));
    if (code == 0)
        code = add(SCMP_A0_64(SCMP_CMP_EQ, AF_NETLINK),
                   SCMP_A2_64(SCMP_CMP_NE, NETLINK_KOBJECT_UEVENT));
    if (code == 0)
        code = seccomp_rule_add(context, ask, SCMP_SYS(socketpair), 1,
                                SCMP_A0_64(SCMP_CMP_NE, AF_UNIX));
    // Its worker threads in the kernel would open sockets past this filter.
    if (code == 0)
        code = seccomp_rule_add(context, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(io_uring_setup), 0);
    return code;
}

// Answers in the place of the kernel, until the process ends.
void answer(int descriptor, seccomp_notif& asked, seccomp_notif_resp& reply,
            Refused const& refused) {
    for (;;) {
        asked = {};
        if (seccomp_notify_receive(descriptor, &asked) != 0) {
            // Whoever asked may meanwhile be gone.
            if (errno == EINTR || errno == ENOENT) continue;
            // With nobody to answer, the kernel refuses by itself.
            ::close(descriptor);
            return;
        }
        refused(static_cast<int>(asked.data.args[0]));
        reply = {};
        reply.id = asked.id;
        reply.error = -EAFNOSUPPORT;
        seccomp_notify_respond(descriptor, &reply);
    }
}

base::Result<void> start_answering(int descriptor, Refused refused) {
    seccomp_notif* asked = nullptr;
    seccomp_notif_resp* reply = nullptr;
    if (auto const code = seccomp_notify_alloc(&asked, &reply); code != 0)
        return failure(seccomp_error("notify", code));
    // No signal is for this thread: SIGTERM would end the program here.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread{[descriptor, asked, reply, refused = std::move(refused)] {
        answer(descriptor, *asked, *reply, refused);
    }}.detach();
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return {};
}

}  // namespace

base::Result<void> filter_sockets(Refused refused) {
    Context const context{seccomp_init(SCMP_ACT_ALLOW), &seccomp_release};
    if (!context) return failure(base::Errc::system_failed, "sandbox: no filter can be made");
    // The system's own errors, not one of libseccomp's for all of them.
    seccomp_attr_set(context.get(), SCMP_FLTATR_API_SYSRAWRC, 1);
    // Also over threads that a library has already begun.
    if (auto const code = seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_TSYNC, 1); code != 0)
        return failure(seccomp_error("all threads", code));
    if (auto const code = add_rules(context.get()); code != 0)
        return failure(seccomp_error("rules", code));
    // Sets no_new_privs too.
    if (auto const code = seccomp_load(context.get()); code != 0)
        return failure(seccomp_error("load", code));
    auto const descriptor = seccomp_notify_fd(context.get());
    if (descriptor < 0) return failure(seccomp_error("notify", descriptor));
    return start_answering(descriptor, std::move(refused));
}

}  // namespace sandbox
