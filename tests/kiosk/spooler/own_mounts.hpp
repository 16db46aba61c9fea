// File systems of a test's own: small ones, full ones, ones that can only be read.
#pragma once

#include <filesystem>
#include <string>

namespace spooler_test {

// Runs the hidden test with this tag in a name space where it may mount what it likes. Where the
// system does not allow one it is left out with a warning; under CI=true, with the right to mount,
// that is a failure.
void run_with_own_mounts(std::string const& tag);

// A file system in memory over an existing folder, with such options as "size=12m". It goes with
// the name space.
void mount_in_memory(std::filesystem::path const& folder, std::string const& options);
void make_read_only(std::filesystem::path const& folder, bool read_only);
void unmount(std::filesystem::path const& folder);

}  // namespace spooler_test
