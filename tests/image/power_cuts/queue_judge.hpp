// The outbox as a power cut left it, opened by the real dmp-spooler.
#pragma once

#include "tests/image/power_cuts/verdict.hpp"

#include "drivers/base/result.hpp"

#include <filesystem>

namespace power_cuts {

struct Expected {
    std::vector<std::string> acknowledged;  // ids that must be there
    std::vector<std::string> asked;         // ids that may be there beside
};

class QueueJudge {
  public:
    // `folder` is for this judge alone: a configuration of dmp-spooler is written into it.
    // `program` is dmp-spooler.
    QueueJudge(std::filesystem::path program, std::filesystem::path folder);

    // Where the folder /var/lib/dmp-spooler of the machine is put before it is judged. When nothing
    // is there, the machine had no outbox yet.
    std::filesystem::path data() const { return folder_ / "data"; }

    // Adds what is lost and what is doubled, then removes data().
    void judge(Expected const& expected, Verdict& verdict) const;

  private:
    base::Result<void> count(Expected const& expected, Verdict& verdict) const;

    std::filesystem::path program_;
    std::filesystem::path folder_;
    std::filesystem::path configuration_;
};

}  // namespace power_cuts
