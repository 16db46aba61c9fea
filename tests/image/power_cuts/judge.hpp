// All that is promised about a disk after a power cut, asked of one recording.
#pragma once

#include "tests/image/power_cuts/partitions.hpp"
#include "tests/image/power_cuts/queue_judge.hpp"
#include "tests/image/power_cuts/recording.hpp"

#include <memory>

namespace power_cuts {

class Judge {
  public:
    // `folder` holds what recording.hpp names; `spooler` is the program dmp-spooler; `scratch` is
    // an existing folder for this judge alone, best in memory: the disk is copied into it.
    static base::Result<Judge> open(std::filesystem::path const& folder,
                                    std::filesystem::path const& spooler,
                                    std::filesystem::path const& scratch,
                                    Flushes flushes = Flushes::honoured);

    // `count` cuts, spread over what was recorded from its `begin` on.
    base::Result<Tally> judge(std::string name, std::size_t count, std::uint64_t seed);

    // One cut. An error means that it could not be judged.
    base::Result<Verdict> judge(PowerCut const& cut);

    WriteLog const& log() const { return *log_; }

  private:
    Judge() = default;

    Expected expected(PowerCut const& cut) const;
    base::Result<void> judge_data(ByteRange partition, Expected const& expected, Verdict& verdict);
    base::Result<void> copy_esp(std::filesystem::path const& image,
                                std::filesystem::path const& to);
    base::Result<void> judge_esp(ByteRange partition, Verdict& verdict);

    // What was found of a partition that no cut touched since.
    struct Known {
        std::optional<std::size_t> settled;
        std::size_t acknowledged = 0;
        Verdict verdict = {};
    };
    bool is_known(Known const& known, ByteRange partition, Expected const& expected) const;
    Known know(ByteRange partition, Expected const& expected, Verdict const& verdict) const;

    Recording recording_;
    std::optional<MappedFile> content_;  // of the log
    std::unique_ptr<WriteLog> log_;
    std::optional<ReplayedDisk> disk_;
    std::optional<QueueJudge> queue_;
    Known data_, esp_;
    std::filesystem::path scratch_;
};

}  // namespace power_cuts
