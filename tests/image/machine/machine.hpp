// A virtual machine for one test: a computer with a disk, firmware variables, perhaps a TPM, a USB
// reader, a touch screen and serial lines. What it keeps without power (disk, variables, TPM)
// lives as long as the object; all that runs for it ends with the object. One thread's.
#pragma once

#include "drivers/base/process.hpp"
#include "tests/image/machine/disk.hpp"
#include "tests/image/machine/picture.hpp"
#include "tests/image/machine/qmp.hpp"
#include "tests/image/machine/serial_log.hpp"

#include <memory>
#include <optional>

namespace machine {

struct Options {
    std::filesystem::path image;  // a disk image, only read
    std::filesystem::path data =
        {};  // a folder that the data partition holds; none: as in the image
    std::filesystem::path qemu = "qemu-system-x86_64";
    std::filesystem::path failures = {};  // where screen and serial log of a failed test are left

    bool secure_boot = false;              // firmware that enforces it once keys are enrolled
    std::filesystem::path variables = {};  // of the firmware; none: empty, of a machine as bought
    bool tpm = false;
    int memory_mib = 768;
    int width = 1080;
    int height = 1920;
    bool touch = true;       // needs QEMU 8.1 or later
    bool reader = true;      // Gemplus 08E6:4433 in USB port 1
    std::string board = {};  // the pty of a supervision board, behind a USB adapter in port 4
    int intake_port = 0;     // of the host's loopback: the only thing its network reaches
    std::vector<std::string> more = {};  // further arguments for QEMU
};

// Where the machine's network finds the intake.
inline constexpr std::string_view intake_address = "10.0.2.100:443";

// USB ports, as Linux numbers them: "1-3" is the staff port.
inline constexpr int reader_port = 1;
inline constexpr int keypad_port = 2;
inline constexpr int staff_port = 3;
inline constexpr int board_port = 4;
inline constexpr int other_port = 5;

// Emulated in software on a busy host, a machine takes its time: every limit of a test is that of
// an idle host times this (IMAGE_PATIENCE in the environment; 4 without).
std::chrono::milliseconds patiently(std::chrono::milliseconds limit);

class Machine {
  public:
    static base::Result<std::unique_ptr<Machine>> assemble(Options options);
    ~Machine();
    Machine(Machine const&) = delete;
    Machine& operator=(Machine const&) = delete;

    // Begins a new serial log. Returns when QEMU runs, before the firmware did anything.
    base::Result<void> power_on();
    void cut_power();  // at once, as by a pulled plug
    base::Result<void> press_power_button();
    base::Result<void> wait_until_off(std::chrono::milliseconds limit);
    bool has_power() { return qemu_ && qemu_->running(); }

    // On the serial line, for as long as an idle host would need at most.
    base::Result<void> wait_for(std::string_view words, std::chrono::milliseconds limit);
    // Types a line on the serial line.
    base::Result<void> type_on_serial(std::string_view line);
    base::Result<void> send_break();

    base::Result<Picture> screen();
    // Waits for the screen to be like the picture.
    base::Result<void> wait_for_screen(Picture const& picture, std::chrono::milliseconds limit);
    // In pixels of the screen: a finger down and up.
    base::Result<void> tap(double x, double y);
    // A key of every keyboard there is, by QEMU's name: "ret", "f1"; several are held together.
    base::Result<void> press(std::vector<std::string> const& keys);

    base::Result<void> plug(nlohmann::json const& device);  // as for device_add, with an id
    base::Result<void> unplug(std::string_view id);         // returns when it is gone
    base::Result<void> plug_reader();
    base::Result<void> unplug_reader();

    Qmp& qmp() { return *qmp_; }  // with power
    SerialLog& serial() { return serial_; }
    Disk& disk() { return disk_; }  // without power
    Options const& options() const { return options_; }
    // Where a virtual card reaches the reader (VSCARD).
    std::filesystem::path card_socket() const { return file("card"); }
    std::filesystem::path file(std::string_view name) const { return folder_ / name; }

    // The error with all that a person wants to know: the last lines of the serial log, and where
    // log and screen were left.
    base::Error explained(base::Error error);

  private:
    Machine(Options options, std::filesystem::path folder, Disk disk);

    base::Result<void> start_tpm();
    std::vector<std::string> arguments() const;

    Options options_;
    std::filesystem::path folder_;
    Disk disk_;
    SerialLog serial_;
    std::optional<base::Process> tpm_;
    std::optional<base::Process> qemu_;
    std::optional<Qmp> qmp_;
    std::int64_t touches_ = 0;
};

}  // namespace machine
