// A disk on this host of which every write is logged, without a virtual machine: QEMU's storage
// daemon shows it as a file (FUSE). For root.
#pragma once

#include "drivers/base/process.hpp"
#include "drivers/base/unix_socket.hpp"

#include <cstdint>
#include <filesystem>

namespace power_cuts {

class LoggedDisk {
  public:
    // `disk` exists and is not empty; `log` is made anew. The file to write to is beside the log.
    static base::Result<LoggedDisk> open(std::filesystem::path const& disk,
                                         std::filesystem::path const& log);

    // The disk, as a file of its size.
    std::filesystem::path const& file() const { return file_; }

    // What a program does by fsync: all written before is safe.
    base::Result<void> flush() const;

    // This moment, for Recording.
    std::uint64_t moment() const;

    // Nothing may use the file any more; the log is whole when it returns.
    base::Result<void> close();

  private:
    LoggedDisk(base::Process daemon, std::filesystem::path file, std::filesystem::path log)
        : daemon_(std::move(daemon)), file_(std::move(file)), log_(std::move(log)) {}

    base::Process daemon_;
    std::filesystem::path file_;
    std::filesystem::path log_;
};

}  // namespace power_cuts
