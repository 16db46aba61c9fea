#include "drivers/base/service_manager.hpp"

#include "drivers/base/unix_socket.hpp"
#include "tests/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using base::ServiceManager;
using namespace std::chrono_literals;

namespace {

// systemd's end of the socket, and the variables by which a service finds it.
class Manager {
  public:
    explicit Manager(std::string const& name) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        name.copy(address.sun_path, sizeof(address.sun_path) - 1);
        if (name.front() == '@') address.sun_path[0] = '\0';
        auto const length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        REQUIRE(::bind(socket_.number(), reinterpret_cast<sockaddr*>(&address), length) == 0);
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    ~Manager() {
        for (auto const* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
            ::unsetenv(name);
    }

    std::vector<std::string> heard() const {
        std::vector<std::string> all;
        char text[64];
        for (;;) {
            auto const size = ::recv(socket_.number(), text, sizeof(text), MSG_DONTWAIT);
            if (size < 0) return all;
            all.emplace_back(text, static_cast<std::size_t>(size));
        }
    }

  private:
    base::Descriptor socket_{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
};

using Heard = std::vector<std::string>;

std::string abstract_name() { return "@dmp-test-" + std::to_string(::getpid()); }

}  // namespace

TEST_CASE("readiness is told once", "[service]") {
    Manager const manager{abstract_name()};
    ServiceManager service;
    CHECK_FALSE(service.due());  // nobody watches
    service.alive(ServiceManager::Clock::now());
    service.ready();
    service.ready();
    CHECK(manager.heard() == Heard{"READY=1"});
}

TEST_CASE("a socket with a path is found too", "[service]") {
    auto const path =
        std::filesystem::temp_directory_path() / ("notify-" + std::to_string(::getpid()));
    Manager const manager{path};
    ServiceManager{}.ready();
    CHECK(manager.heard() == Heard{"READY=1"});
    std::filesystem::remove(path);
}

TEST_CASE("signs of life are told three times within the limit, and no more", "[service]") {
    Manager const manager{abstract_name()};
    ::setenv("WATCHDOG_USEC", "30000000", 1);
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
    ServiceManager service;
    ServiceManager::Clock::time_point const begun{1h};
    service.alive(begun);
    CHECK(service.due() == begun + 10s);
    service.alive(begun + 9s);
    CHECK(manager.heard() == Heard{"WATCHDOG=1"});
    service.alive(begun + 10s);
    CHECK(service.due() == begun + 20s);
    CHECK(manager.heard() == Heard{"WATCHDOG=1"});
}

TEST_CASE("whoever is not meant, or not watched, tells no sign of life", "[service]") {
    Manager const manager{abstract_name()};
    ::setenv("WATCHDOG_USEC", "30000000", 1);
    ::setenv("WATCHDOG_PID", "1", 1);
    CHECK_FALSE(ServiceManager{}.due());
    ::unsetenv("WATCHDOG_PID");
    CHECK(ServiceManager{}.due());
    for (auto const* limit : {"", "0", "-5", "x"}) {
        ::setenv("WATCHDOG_USEC", limit, 1);
        CHECK_FALSE(ServiceManager{}.due());
    }
}

TEST_CASE("without a service manager nothing is told and nothing fails", "[service]") {
    ::unsetenv("NOTIFY_SOCKET");
    ServiceManager service;
    service.ready();
    service.alive(ServiceManager::Clock::now());
    CHECK_FALSE(service.due());
}
