// Reading the small files a program cannot start without, with the checks they deserve.
#pragma once

#include "drivers/base/bytes.hpp"

#include <filesystem>
#include <optional>
#include <span>

namespace base {

// Fills the room from a file, across signals: how much came before its end or the room's. Nothing when
// that failed, told by errno, for each caller has its own sentence for it.
std::optional<std::size_t> read_into(int descriptor, std::span<std::uint8_t> room);

// A whole regular file, at most one MiB. Errors name the file and the reason.
Result<Bytes> read_file(std::filesystem::path const& path);

// As read_file, for private keys: refused (Errc::permissions_unsafe) when group or others may read
// or write it, or when it belongs to neither this user nor root.
Result<Bytes> read_secret_file(std::filesystem::path const& path);

// A folder of ours that nobody else may enter; made with 0700 when it is missing.
Result<void> private_folder(std::filesystem::path const& path);

}  // namespace base
