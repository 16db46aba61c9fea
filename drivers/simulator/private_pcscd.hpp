// A pcscd of one's own with the virtual reader and the simulator behind it, for tests and the demo:
// in its own user, mount and network namespaces, so that it needs no root, several run side by
// side, and a pcscd or a reader of the machine is neither used nor disturbed.
#pragma once

#include "drivers/simulator/namespaces.hpp"

namespace simulator {

class PrivatePcscd {
  public:
    // Returns when pcscd answers and the control socket listens. The folder is made, 0700, and
    // keeps sockets and logs; a socket's path may have 107 bytes, so the folder's 91 at most. One
    // pcscd per folder. Everything ends with this object, or with the thread that called (see
    // base::Process).
    static base::Result<PrivatePcscd> start(std::filesystem::path const& folder,
                                            std::filesystem::path const& simulator_program,
                                            std::filesystem::path const& profiles);

    // What clients need in their environment as PCSCLITE_CSOCK_NAME; libpcsclite reads it once.
    std::filesystem::path socket() const { return folder_ / "run/pcscd.comm"; }
    std::filesystem::path control() const { return folder_ / "control"; }

    // For SIGSTOP, SIGCONT, SIGKILL. Its readers are named "Virtual PCD 00 00" and "Virtual PCD 00
    // 01"; the card is in the first.
    base::Process& pcscd() { return pcscd_; }
    base::Process& simulator() { return simulator_; }

    // The card stays in the slot. restart_daemon also follows a kill from outside.
    base::Result<void> stop_daemon();
    base::Result<void> restart_daemon();

    // The slot is empty afterwards.
    base::Result<void> restart_simulator();

  private:
    struct Paths {
        std::filesystem::path simulator_program;
        std::filesystem::path profiles;
    };

    PrivatePcscd(std::filesystem::path folder, Paths paths, Namespaces namespaces,
                 base::Process pcscd, base::Process simulator)
        : folder_(std::move(folder)), paths_(std::move(paths)), namespaces_(std::move(namespaces)),
          pcscd_(std::move(pcscd)), simulator_(std::move(simulator)) {}

    std::filesystem::path folder_;
    Paths paths_;
    Namespaces namespaces_;  // ends after the two programs in it
    base::Process pcscd_;
    base::Process simulator_;
};

}  // namespace simulator
