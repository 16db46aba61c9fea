// One recorded run of a machine: its disk before, the log of what was written since, and what the
// machine had promised at which moment of it.
#pragma once

#include "tests/image/power_cuts/power_cut.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace power_cuts {

// A moment is the size of the log's file, in bytes, when the recorder saw something.
struct RecordedRequest {
    std::string id;
    // When "recorded" was seen; nothing: it was asked for, and nobody saw an answer.
    std::optional<std::uint64_t> acknowledged;
};

// A whole version of the machine, by its content: SHA-256, lower-case hexadecimal.
struct RecordedVersion {
    std::string name;
    std::string kernel;  // of the signed kernel image
    std::string root;    // of the root file system with its hash tree
    std::uint64_t root_bytes;
};

struct Recording {
    std::uint64_t begin = 0;  // the moment from which cuts are judged
    std::vector<RecordedRequest> requests;
    std::vector<RecordedVersion> versions;  // those that may be found in a slot

    static std::filesystem::path disk_in(std::filesystem::path const& folder);  // before
    static std::filesystem::path log_in(std::filesystem::path const& folder);

    // recording.json beside the two.
    base::Result<void> write(std::filesystem::path const& folder) const;
    static base::Result<Recording> read(std::filesystem::path const& folder);
};

// What QEMU and qemu-storage-daemon are given, as --blockdev (or -blockdev) options: a disk with
// the node name `node`, of which every write and flush is logged. The caches are set so that a
// flush costs nothing on the host and is logged in the moment in which it is asked for.
std::vector<std::string> logged_disk_options(std::filesystem::path const& disk,
                                             std::filesystem::path const& log,
                                             std::string const& node);

}  // namespace power_cuts
