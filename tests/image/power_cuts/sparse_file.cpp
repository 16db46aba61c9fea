#include "tests/image/power_cuts/sparse_file.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace power_cuts {

base::Result<base::Descriptor> make_sparse(std::filesystem::path const& path, std::uint64_t size) {
    base::Descriptor file{::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!file || ::ftruncate(file.number(), static_cast<off_t>(size)) != 0)
        return base::failure(base::system_error("make " + path.native()));
    return file;
}

base::Result<void> write_at(base::Descriptor const& file, std::uint64_t offset,
                            base::ByteView data) {
    while (!data.empty()) {
        auto const written =
            ::pwrite(file.number(), data.data(), data.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return base::failure(base::system_error("write an image"));
        offset += static_cast<std::uint64_t>(written);
        data = data.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

base::Result<void> write_zeros(base::Descriptor const& file, ByteRange range) {
    if (::fallocate(file.number(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                    static_cast<off_t>(range.offset), static_cast<off_t>(range.length)) != 0)
        return base::failure(base::system_error("make a hole in an image"));
    return {};
}

base::Result<void> copy_sparse(base::ByteView from, base::Descriptor const& holes, ByteRange range,
                               base::Descriptor const& to) {
    auto const end = static_cast<off_t>(range.end());
    auto at = static_cast<off_t>(range.offset);
    while (at < end) {
        auto const begin = ::lseek(holes.number(), at, SEEK_DATA);
        if (begin < 0 && errno == ENXIO) return {};  // only a hole to the end
        if (begin < 0) return base::failure(base::system_error("look for holes in an image"));
        if (begin >= end) return {};
        at = std::min(::lseek(holes.number(), begin, SEEK_HOLE), end);
        auto const first = static_cast<std::size_t>(begin);
        auto const count = static_cast<std::size_t>(at - begin);
        if (auto const done = write_at(to, first - range.offset, from.subspan(first, count)); !done)
            return done;
    }
    return {};
}

}  // namespace power_cuts
