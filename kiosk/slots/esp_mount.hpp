// The EFI system partition, mounted for as long as one act takes and seen by this process alone.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/unix_socket.hpp"

#include <cstdint>
#include <filesystem>

namespace slots {

enum class MountMode : std::uint8_t { read_only, read_write };

class EspMount {
  public:
    // At /efi, a folder that the image has. Waits while another program of this kind is at work.
    // Needs CAP_SYS_ADMIN; the process is in a mount namespace of its own afterwards.
    static base::Result<EspMount> make(MountMode mode);

    EspMount(EspMount&&) noexcept = default;
    EspMount& operator=(EspMount&&) = delete;

    static std::filesystem::path path();

    // What was written is on the disk, or this says why not. Call it when all its files are closed.
    base::Result<void> end();

  private:
    explicit EspMount(base::Descriptor lock) : lock_(std::move(lock)) {}
    base::Descriptor lock_;
};

}  // namespace slots
