// A file that what reads files can be given again and again, without a disk.
#pragma once

#include "drivers/base/unix_socket.hpp"
#include "tests/fuzz/targets.hpp"

#include <filesystem>

#include <sys/mman.h>
#include <unistd.h>

namespace fuzz {

class MemoryFile {
  public:
    explicit MemoryFile(char const* name) : descriptor_(::memfd_create(name, MFD_CLOEXEC)) {
        promise(descriptor_.number() >= 0, "a file in memory can be made");
    }

    void write(base::ByteView content) const {
        auto const number = descriptor_.number();
        promise(::ftruncate(number, 0) == 0 && ::pwrite(number, content.data(), content.size(),
                                                        0) == static_cast<ssize_t>(content.size()),
                "a file in memory can be written");
    }

    std::filesystem::path path() const {
        return "/proc/self/fd/" + std::to_string(descriptor_.number());
    }

  private:
    base::Descriptor descriptor_;
};

}  // namespace fuzz
