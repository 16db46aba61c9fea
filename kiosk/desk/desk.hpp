// Every program of the kiosk on one machine, on real parts: a private pcscd with the virtual
// reader, the simulated card, the intake, the spooler and dmp-kiosk, with throw-away keys in one
// folder. The demo, the system tests and the benchmarks stand on it. Whatever it started ends with
// it.
#pragma once

#include "drivers/base/process.hpp"
#include "drivers/simulator/private_pcscd.hpp"
#include "kiosk/desk/robot_client.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace desk {

struct Options {
    std::filesystem::path programs;  // where the built programs are
    std::filesystem::path source;    // the checkout: assets, card profiles, make-keys
    bool headless = true;            // in an Xvfb of its own; otherwise in a window on DISPLAY
    int width = 1080;
    int height = 1920;
    double mm_per_pixel = 0.18;
    double viewing_distance_mm = 500;
    std::string environment = "test";
    // With one, the site's identities are seen, and the desk's author has this PIN.
    std::string pin = {};
    // Another build of dmp-kiosk, such as one with sanitizers; empty: the one among the programs.
    std::filesystem::path kiosk = {};
    // Runs dmp-kiosk under this program, which is given kiosk.trace as its last argument.
    std::vector<std::string> kiosk_under = {};
};

class Desk {
  public:
    // Returns when every program is ready, the day open and the kiosk in attract.
    static base::Result<std::unique_ptr<Desk>> start(Options const& options);
    // The same without starting intake, spooler and kiosk: for tests of how they start.
    static base::Result<std::unique_ptr<Desk>> prepare(Options const& options);

    Desk(Desk const&) = delete;
    Desk& operator=(Desk const&) = delete;
    ~Desk();  // ends all, removes the folder

    base::Result<void> start_intake();
    base::Result<void> start_spooler();
    base::Result<void> start_kiosk();
    void stop_intake() { intake_.reset(); }
    void stop_spooler() { spooler_.reset(); }
    void stop_kiosk();

    base::Result<void> open_day();
    base::Result<void> close_day();

    // {waiting, parked, ...} as `dmp-spooler status --json` prints it.
    base::Result<nlohmann::json> spooler_status();
    // Sends what waits at once, whatever the back-off says.
    base::Result<void> retry_now();
    // In bytes, of what the intake holds.
    base::Result<std::uintmax_t> largest_received();
    // Waits until nothing waits in the outbox any more.
    base::Result<void> wait_until_sent(std::chrono::milliseconds timeout);
    // Opens everything the intake holds into a folder with one folder a request.
    base::Result<void> open_received(std::filesystem::path const& output);

    RobotClient& robot() { return *robot_; }
    RobotClient& card() { return *card_; }  // the simulator's control
    simulator::PrivatePcscd& pcscd() { return *pcscd_; }
    base::Process& kiosk() { return *kiosk_; }
    base::Process& spooler() { return *spooler_; }
    base::Process& intake() { return *intake_; }

    std::filesystem::path const& folder() const { return folder_; }
    std::filesystem::path file(std::string_view name) const { return folder_ / name; }
    std::filesystem::path program(std::string_view name) const { return options_.programs / name; }

  private:
    Desk(Options options, std::filesystem::path folder)
        : options_(std::move(options)), folder_(std::move(folder)) {}

    base::Result<void> make_keys();
    base::Result<void> write_configuration() const;
    base::Result<void> start_display();
    base::Result<std::string> run(std::vector<std::string> arguments);

    Options options_;
    std::filesystem::path folder_;
    std::string display_;
    int intake_port_ = 0;
    std::optional<base::Process> xvfb_;
    std::optional<simulator::PrivatePcscd> pcscd_;
    std::optional<base::Process> intake_;
    std::optional<base::Process> spooler_;
    std::optional<base::Process> kiosk_;
    std::optional<RobotClient> robot_;
    std::optional<RobotClient> card_;
};

}  // namespace desk
