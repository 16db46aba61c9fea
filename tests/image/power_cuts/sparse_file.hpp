// Files as large as disks, of which only what was written takes room and time.
#pragma once

#include "drivers/base/unix_socket.hpp"
#include "tests/image/power_cuts/write_log.hpp"

#include <filesystem>

namespace power_cuts {

// A new file of so many bytes, all of them zero.
base::Result<base::Descriptor> make_sparse(std::filesystem::path const& path, std::uint64_t size);

// The bytes of `range`, to the same place less `range.offset`. `from` holds the content, `holes`
// says where it is only zeros.
base::Result<void> copy_sparse(base::ByteView from, base::Descriptor const& holes, ByteRange range,
                               base::Descriptor const& to);

base::Result<void> write_at(base::Descriptor const& file, std::uint64_t offset,
                            base::ByteView data);
base::Result<void> write_zeros(base::Descriptor const& file, ByteRange range);

}  // namespace power_cuts
