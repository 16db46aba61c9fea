#include "kiosk/sandbox/socket_filter.hpp"

#include "drivers/base/unix_socket.hpp"
#include "tests/catch.hpp"

#include <cerrno>
#include <functional>
#include <semaphore>
#include <thread>

#include <linux/netlink.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

// A filter is for good: each case has a process of its own, whose exit code is the number of the
// first line that did not hold.
int in_child(std::function<int()> const& work) {
    auto const child = ::fork();
    if (child == 0) ::_exit(work());
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

// 0, or the reason why there is none.
int reason_against(int family, int type, int protocol) {
    base::Descriptor const socket{::socket(family, type, protocol)};
    return socket ? 0 : errno;
}

int reason_against_pair(int family) {
    int pair[2] = {-1, -1};
    if (::socketpair(family, SOCK_STREAM, 0, pair) != 0) return errno;
    ::close(pair[0]);
    ::close(pair[1]);
    return 0;
}

void forget(int /*family*/) {}

}  // namespace

TEST_CASE("after the filter only Unix sockets and the one for device events can be made",
          "[sandbox]") {
    CHECK(in_child([] {
              // The negative control: without the filter the same calls succeed.
              if (reason_against(AF_INET, SOCK_STREAM, 0) != 0) return __LINE__;
              if (reason_against(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) != 0) return __LINE__;
              if (!sandbox::filter_sockets(forget)) return __LINE__;
              if (reason_against(AF_UNIX, SOCK_STREAM, 0) != 0) return __LINE__;
              if (reason_against_pair(AF_UNIX) != 0) return __LINE__;
              if (reason_against(AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT) != 0)
                  return __LINE__;
              for (int family = 0; family < 64; ++family)
                  if (family != AF_UNIX && family != AF_NETLINK &&
                      reason_against(family, SOCK_STREAM, 0) != EAFNOSUPPORT)
                      return __LINE__;
              for (int protocol = 0; protocol < 64; ++protocol)
                  if (protocol != NETLINK_KOBJECT_UEVENT &&
                      reason_against(AF_NETLINK, SOCK_RAW, protocol) != EAFNOSUPPORT)
                      return __LINE__;
              if (reason_against_pair(AF_TIPC) != EAFNOSUPPORT) return __LINE__;
              return 0;
          }) == 0);
}

TEST_CASE("neither a thread from before nor one from after the filter is outside it", "[sandbox]") {
    CHECK(in_child([] {
              int before = 0;
              std::binary_semaphore filtered{0};
              std::jthread earlier{[&] {
                  filtered.acquire();
                  before = reason_against(AF_INET, SOCK_STREAM, 0);
              }};
              if (!sandbox::filter_sockets(forget)) return __LINE__;
              filtered.release();
              earlier.join();
              int after = 0;
              std::jthread{[&] { after = reason_against(AF_INET6, SOCK_STREAM, 0); }}.join();
              return before == EAFNOSUPPORT && after == EAFNOSUPPORT ? 0 : __LINE__;
          }) == 0);
}

TEST_CASE("each refusal is told with its family", "[sandbox]") {
    CHECK(in_child([] {
              int pipe[2];
              if (::pipe(pipe) != 0) return __LINE__;
              auto const tell = [&](int family) {
                  static_cast<void>(::write(pipe[1], &family, sizeof(family)) + 1);
              };
              if (!sandbox::filter_sockets(tell)) return __LINE__;
              if (reason_against(AF_PACKET, SOCK_RAW, 0) != EAFNOSUPPORT) return __LINE__;
              pollfd polled{pipe[0], POLLIN, 0};
              if (::poll(&polled, 1, 5000) != 1) return __LINE__;
              int told = -1;
              if (::read(pipe[0], &told, sizeof(told)) != sizeof(told)) return __LINE__;
              return told == AF_PACKET ? 0 : __LINE__;
          }) == 0);
}

TEST_CASE("with the filter no program started later gains rights and io_uring is absent",
          "[sandbox]") {
    CHECK(in_child([] {
              if (::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 0) return __LINE__;
              if (!sandbox::filter_sockets(forget)) return __LINE__;
              if (::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) return __LINE__;
              if (::syscall(SYS_io_uring_setup, 1, nullptr) != -1 || errno != ENOSYS)
                  return __LINE__;
              return 0;
          }) == 0);
}
