// What a kiosk does to its disk, done on this host: a real ext4 of the kernel and the real
// dmp-spooler on the data partition, and an update of slot b, by way of a logged disk. For root,
// and in a process that may have mounts of its own.
#pragma once

#include "tests/image/power_cuts/logged_disk.hpp"
#include "tests/image/power_cuts/partitions.hpp"
#include "tests/image/power_cuts/recording.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <optional>

namespace power_cuts {

// Whether this host lets it: loop devices, FUSE, mounts. The sentence that says why not.
std::optional<std::string> why_no_host_machine();

class HostMachine {
  public:
    // Slot a boots version 1, nothing is in slot b, the data partition is empty.
    HostMachine();
    ~HostMachine();
    HostMachine(HostMachine const&) = delete;
    HostMachine& operator=(HostMachine const&) = delete;

    // So many requests are recorded, one after another, while others write beside.
    void enrol(int requests);

    // Version 2 comes into slot b and boots next.
    void update();

    // Its disk is not used any more. The recording is in folder().
    Recording finish();

    std::filesystem::path folder() const { return folder_.path(); }

  private:
    void run(std::vector<std::string> const& command) const;
    void put_on_esp(std::string const& content, std::string const& to) const;
    void mount_data();
    void unmount_data();

    spooler_test::TemporaryFolder folder_;
    Recording recording_;
    std::optional<LoggedDisk> disk_;
    bool mounted_ = false;
};

}  // namespace power_cuts
