// Files that only their owner may read: opened requests hold what a card and a patient said.
#pragma once

#include "drivers/base/bytes.hpp"

#include <filesystem>

namespace intake {

// The whole content or nothing, 0600; an older file of that name is replaced.
base::Result<void> write_private_file(std::filesystem::path const& path, base::ByteView content);

// 0700 when it has to be made; one that exists is taken as it is.
base::Result<void> make_folder(std::filesystem::path const& path);

}  // namespace intake
