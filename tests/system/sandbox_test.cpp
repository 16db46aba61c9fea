// What the running programs may do, seen from outside.
#include "drivers/base/unix_socket.hpp"
#include "tests/drivers/base/other_user.hpp"
#include "tests/system/fixture.hpp"
#include "tests/system/process_sockets.hpp"

#include <algorithm>
#include <sstream>

#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace system_tests;
using namespace std::chrono_literals;

namespace {

bool is_local(SocketKind const& kind) {
    return kind.family == AF_UNIX ||
           (kind.family == AF_NETLINK && kind.protocol == NETLINK_KOBJECT_UEVENT);
}

bool only_local(std::set<SocketKind> const& kinds) { return std::ranges::all_of(kinds, is_local); }

// The rest of the line of /proc/PID/FILE that begins so.
std::string proc_line(pid_t process, std::string_view file, std::string_view begin) {
    std::istringstream lines{
        content_of(std::filesystem::path{"/proc"} / std::to_string(process) / file)};
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(begin)) return line.substr(begin.size());
    return {};
}

bool no_core(pid_t process) {
    std::istringstream limits{proc_line(process, "limits", "Max core file size")};
    std::string soft;
    std::string hard;
    limits >> soft >> hard;
    return soft == "0" && hard == "0";
}

}  // namespace

TEST_CASE("in every state of a journey dmp-kiosk has no socket but local ones") {
    if (!run_as_root()) return;
    auto desk = start_desk();
    auto const look = [&](std::string_view state) {
        INFO("in " << state);
        auto const kinds = must(sockets_of(desk->kiosk().pid()));
        CHECK(kinds.contains({AF_UNIX, 0}));  // the reading sees sockets
        CHECK(only_local(kinds));
    };
    look("attract");
    desk->stop_spooler();
    wait_for(*desk, "cannot_record");
    look("cannot_record");
    must(desk->start_spooler());
    wait_for(*desk, "attract");
    insert(*desk, "P01");
    wait_for(*desk, "explain");
    look("explain");
    for (auto const& step : {Step{"next", "consent"}, Step{"accept", "birth_name"},
                             Step{"name_is_birth_name", "emergency"}, Step{"next", "contact"},
                             Step{"next", "review"}, Step{"send", "recorded"}}) {
        walk(*desk, {step});
        look(step.state);
    }
}

TEST_CASE("the reading of sockets finds a network socket and one for routes") {
    if (!run_as_root()) return;
    CHECK(only_local(must(sockets_of(::getpid()))));
    auto const [family, type, protocol] =
        GENERATE(table<int, int, int>({{AF_INET, SOCK_STREAM, IPPROTO_TCP},
                                       {AF_INET6, SOCK_DGRAM, IPPROTO_UDP},
                                       {AF_NETLINK, SOCK_RAW, NETLINK_ROUTE}}));
    base::Descriptor const socket{::socket(family, type, protocol)};
    REQUIRE(socket);
    auto const kinds = must(sockets_of(::getpid()));
    CHECK(kinds.contains({family, protocol}));
    CHECK_FALSE(only_local(kinds));
}

TEST_CASE("dmp-kiosk runs under its filter and can gain no rights") {
    auto desk = start_desk();
    auto const kiosk = desk->kiosk().pid();
    CHECK(proc_line(kiosk, "status", "NoNewPrivs:") == "\t1");
    CHECK(proc_line(kiosk, "status", "Seccomp:") == "\t2");
    // The negative control: the spooler, which needs the network, has no filter of its own.
    CHECK(proc_line(desk->spooler().pid(), "status", "Seccomp:") ==
          proc_line(::getpid(), "status", "Seccomp:"));
}

TEST_CASE("no program of ours may leave a core file") {
    auto desk = start_desk();
    CHECK(no_core(desk->kiosk().pid()));
    CHECK(no_core(desk->spooler().pid()));
    CHECK(no_core(desk->intake().pid()));
    // The negative control: a program that does not forbid it keeps the limit it was given.
    auto const other = must(base::Process::start({{"prlimit", "--core=4096", "sleep", "60"}}));
    CHECK(eventually([&] { return !proc_line(other.pid(), "limits", "Max core").empty(); }));
    CHECK(eventually([&] { return !no_core(other.pid()); }));
}

TEST_CASE("each program closes its memory to its own user before it reads anything") {
    auto desk = must(desk::Desk::prepare(options()));
    auto const trace = desk->file("trace");
    auto const [program, command] = GENERATE(table<std::string, std::string>(
        {{"dmp-kiosk", ""}, {"dmp-spooler", "run"}, {"dmp-intake", "serve"}}));
    INFO(program);
    std::vector<std::string> arguments{
        "strace", "-f", "-qq", "-e", "trace=prctl,openat", "-o", trace, desk->program(program)};
    if (!command.empty()) arguments.push_back(command);
    arguments.insert(arguments.end(), {"--config", "/nowhere.toml"});
    auto process = must(base::Process::start({arguments, {}, desk->file("log")}));
    CHECK(must(process.wait(20s)) != 0);
    auto const calls = content_of(trace);
    auto const closed = calls.find("prctl(PR_SET_DUMPABLE, SUID_DUMP_DISABLE) = 0");
    REQUIRE(closed != std::string::npos);
    CHECK(closed < calls.find("/nowhere.toml"));
}
