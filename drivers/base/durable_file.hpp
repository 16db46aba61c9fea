// The calls behind every file that must outlive a power cut. What fails is told by errno, for each
// caller has its own sentence for it.
#pragma once

#include "drivers/base/bytes.hpp"

#include <filesystem>

namespace base {

// Also what the system takes only in parts, or between signals.
bool write_all(int descriptor, ByteView content);
bool write_all(int descriptor, std::string_view content);
// On the disk when it returns.
bool write_and_sync(int descriptor, ByteView content);
bool write_and_sync(int descriptor, std::string_view content);

// What was made, renamed or removed in this folder stays so.
bool sync_folder(std::filesystem::path const& folder);

// The old content of the file or the new one, whole, whenever the power goes; the new one when it
// returns true. For file systems with a journal.
bool replace_file(std::filesystem::path const& path, std::string_view content);

}  // namespace base
