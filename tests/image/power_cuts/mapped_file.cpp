#include "tests/image/power_cuts/mapped_file.hpp"

#include "drivers/base/unix_socket.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace power_cuts {

base::Result<MappedFile> MappedFile::open(std::filesystem::path const& path) {
    base::Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat facts {};
    if (!file || ::fstat(file.number(), &facts) != 0)
        return base::failure(base::system_error("open " + path.native()));
    auto const size = static_cast<std::size_t>(facts.st_size);
    if (size == 0) return MappedFile{base::ByteView{}};
    auto* const memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.number(), 0);
    if (memory == MAP_FAILED) return base::failure(base::system_error("map " + path.native()));
    return MappedFile{{static_cast<std::uint8_t const*>(memory), size}};
}

MappedFile::~MappedFile() {
    // What was mapped is given back as what mmap gave.
    if (!content_.empty()) ::munmap(const_cast<std::uint8_t*>(content_.data()), content_.size());
}

}  // namespace power_cuts
