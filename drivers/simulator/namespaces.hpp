// User, mount and network namespaces, kept by a holder process, and programs put into them.
#pragma once

#include "drivers/base/process.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace simulator {

class Namespaces {
  public:
    // Inside, the loopback is up, folder/run stands at /run/pcscd, and no USB device is seen. Where
    // this is forbidden the error (Errc::refused) says what to do.
    static base::Result<Namespaces> hold(std::filesystem::path const& folder);

    // Starts a program inside, directly below us: signals reach it, and it ends with its Process.
    base::Result<base::Process> start(std::vector<std::string> const& arguments,
                                      std::filesystem::path const& log) const;

  private:
    Namespaces(base::Process holder, bool own_user)
        : holder_(std::move(holder)), own_user_(own_user) {}

    base::Process holder_;
    bool own_user_;  // root works without, where user namespaces are forbidden
};

// The last line of a log; empty when there is none.
std::string last_line(std::filesystem::path const& log);

// Waits for a state of the process. Errc::system_failed with the log's last line when the process
// ended, Errc::timed_out after ten seconds.
base::Result<void> wait_for(std::function<bool()> const& state, base::Process& process,
                            std::filesystem::path const& log);

}  // namespace simulator
