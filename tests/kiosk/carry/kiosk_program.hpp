// A kiosk's dmp-spooler, the real program, with a certificate of an intake's site; and a stick.
#pragma once

#include "drivers/base/line_client.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/intake/running_intake.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <functional>

namespace carry_tests {

using intake_tests::RunningIntake;
using intake_tests::Site;
using nlohmann::json;
using spooler_test::TemporaryFolder;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

// Nobody listens there: a kiosk without network.
inline constexpr std::uint16_t nowhere = 1;

struct Ran {
    int exit_code;
    std::string output;
};

class KioskProgram {
  public:
    // Runs, with the day open. `more` is added to its configuration.
    KioskProgram(Site const& site, std::string name, std::uint16_t intake_port = nowhere,
                 std::string more = {});

    // Ends and starts again, with another receiver.
    void restart(std::uint16_t intake_port);
    void kill();

    spooler::SealedRequest enqueue();
    json ask(json const& question) const;
    json status() const { return ask({{"do", "status"}}); }
    std::string state(spooler::SealedRequest const& request) const;
    // Trying again whenever there is something to wait for.
    bool eventually(std::function<bool(json const& status)> const& condition) const;

    // A command of staff, the socket added.
    Ran run(std::vector<std::string> arguments) const;
    Ran run_in_shell(std::string const& command) const;
    Ran export_to(fs::path const& stick) const { return run({"export", "--to", stick}); }
    Ran import(fs::path const& stick) const { return run({"import", stick}); }
    Ran export_receipts(fs::path const& stick) const {
        return run({"export-receipts", "--to", stick});
    }

    fs::path data() const { return folder_ / "data"; }
    std::string command_line(std::string const& arguments) const;

  private:
    void start(std::uint16_t intake_port);

    Site const& site_;
    std::string name_;
    std::string more_;
    intake_tests::Identity identity_;
    TemporaryFolder folder_;
    std::optional<base::Process> process_;
};

// What dmp-intake holds.
json received(Site const& site);
inline Ran import_at_intake(Site const& site, fs::path const& bundle) {
    auto const ran = site.run({"import", "--config", site.config(), bundle});
    return {ran.exit_code, ran.output};
}

inline bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace carry_tests
