// vitale-desk: a private pcscd with the simulator, by hand: alone until Ctrl-C, or around a
// command.
#include "drivers/simulator/private_pcscd.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include <CLI/CLI.hpp>

namespace {

namespace fs = std::filesystem;

struct Options {
    fs::path folder;
    fs::path profiles;
    std::vector<std::string> command;
};

// A folder of a program's life, where none was named.
class Folder {
  public:
    explicit Folder(fs::path named) : path_(std::move(named)), own_(path_.empty()) {
        if (!own_) return;
        auto pattern = (fs::temp_directory_path() / "vitale.XXXXXX").native();
        if (auto const* made = ::mkdtemp(pattern.data())) path_ = made;
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    ~Folder() {
        std::error_code ignored;
        if (own_) fs::remove_all(path_, ignored);
    }
    fs::path const& path() const { return path_; }

  private:
    fs::path path_;
    bool own_;
};

// The command's exit code, or that of an end by signal.
base::Result<int> run(Options const& options, sigset_t const& ends) {
    Folder const folder{options.folder};
    auto const simulator = fs::read_symlink("/proc/self/exe").parent_path() / "vitale-simulator";
    auto desk = simulator::PrivatePcscd::start(folder.path(), simulator, options.profiles);
    if (!desk) return base::failure(desk.error());
    int number = 0;
    if (options.command.empty()) {
        std::printf("export PCSCLITE_CSOCK_NAME=%s VITALE_CONTROL=%s\n", desk->socket().c_str(),
                    desk->control().c_str());
        std::fflush(stdout);
        do
            ::sigwait(&ends, &number);
        while (number == SIGCHLD);
        return 0;
    }
    auto command = base::Process::start({options.command,
                                         {{"PCSCLITE_CSOCK_NAME", desk->socket().native()},
                                          {"VITALE_CONTROL", desk->control().native()}}});
    if (!command) return base::failure(command.error());
    for (;;) {
        ::sigwait(&ends, &number);
        if (number != SIGCHLD) return 128 + number;
        if (!command->running()) return command->wait(std::chrono::milliseconds{0});
    }
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app{"Runs a private pcscd with the virtual reader and the simulator.\n"
                 "Prints the environment its clients need, until Ctrl-C; or runs a command in it."};
    app.add_option("--profiles", options.profiles, "Folder of card profiles (*.toml)")->required();
    app.add_option("--folder", options.folder, "Where sockets and logs stay (default: temporary)");
    app.add_option("command", options.command, "-- COMMAND ARGUMENT...");
    CLI11_PARSE(app, argc, argv);
    sigset_t ends;
    sigemptyset(&ends);
    for (int const number : {SIGINT, SIGTERM, SIGCHLD})
        sigaddset(&ends, number);
    ::sigprocmask(SIG_BLOCK, &ends, nullptr);
    auto const code = run(options, ends);
    if (code) return *code;
    std::fprintf(stderr, "vitale-desk: %s\n", base::describe(code.error()).c_str());
    return 1;
}
