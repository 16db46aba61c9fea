// The real dmp-machine behind the service manager's socket, and instead of systemctl, rauc and
// dmp-supervisor programs that write down how they were called.
#pragma once

#include "drivers/base/line_client.hpp"
#include "drivers/base/process.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <functional>
#include <optional>

#include <nlohmann/json.hpp>

namespace machine_tests {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;
using spooler_test::content_of;
using spooler_test::TemporaryFolder;
using spooler_test::write;

inline constexpr auto patience = 20s;

struct Ran {
    int exit_code;
    std::string output;
};

inline bool contains(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

class Room {
  public:
    // A1 and A2 are the authors. The kiosk's user is nobody, where tests may become another user.
    explicit Room(int idle_seconds = 600);

    fs::path operator/(std::string const& name) const { return folder_ / name; }
    fs::path socket() const { return folder_ / "machine.socket"; }
    std::string log() const { return content_of(folder_ / "log"); }

    // A real dmp-spooler for it.
    void start_spooler();
    json spooler_status() const;

    // What the recorders were asked, a line each: "systemctl stop dmp-kiosk.service".
    std::vector<std::string> calls() const;
    // What one prints when its first word is this, and how it ends.
    void let(std::string const& program, std::string const& word, std::string const& says,
             int exit_code = 0) const;
    // It does not end before release(); the call is written down before.
    void hold(std::string const& program, std::string const& word) const;
    void release(std::string const& program, std::string const& word) const;
    bool is_called(std::string const& line) const;  // sooner or later

    // The command, as a shell sees it.
    Ran ask(std::vector<std::string> words) const;
    base::LineClient connect() const;
    // One line, one answer.
    json say(std::string const& line) const;

    base::Process& service() { return *service_; }

  private:
    void start();

    TemporaryFolder folder_;
    std::optional<base::Process> spooler_;
    std::optional<base::Process> service_;
};

}  // namespace machine_tests
