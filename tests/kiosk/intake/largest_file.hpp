// A disk without room for one file, while others may still grow below that size.
#pragma once

#include <csignal>

#include <sys/resource.h>

namespace intake_tests {

// Of this process, while it lives: writing beyond the size fails.
class LargestFile {
  public:
    explicit LargestFile(rlim_t size) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const limit{size, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    LargestFile(LargestFile const&) = delete;
    LargestFile& operator=(LargestFile const&) = delete;
    ~LargestFile() { ::setrlimit(RLIMIT_FSIZE, &before_); }

  private:
    rlimit before_{};
};

}  // namespace intake_tests
