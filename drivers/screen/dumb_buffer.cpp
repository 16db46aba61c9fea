#include "drivers/screen/dumb_buffer.hpp"

#include "drivers/screen/drm_types.hpp"

#include <utility>

#include <sys/mman.h>

namespace screen {

using base::failure;
using base::Result;

Result<DumbBuffer> DumbBuffer::make(int card, Size size) {
    constexpr std::uint8_t bits_per_pixel = 32;
    constexpr std::uint8_t bits_of_colour = 24;
    auto const width = static_cast<std::uint32_t>(size.width);
    auto const height = static_cast<std::uint32_t>(size.height);
    DumbBuffer buffer{card};
    std::uint32_t pitch = 0;
    std::uint64_t bytes = 0;
    if (drmModeCreateDumbBuffer(card, width, height, bits_per_pixel, 0, &buffer.handle_, &pitch,
                                &bytes) != 0)
        return failure(base::system_error("a buffer of the card"));
    if (drmModeAddFB(card, width, height, bits_of_colour, bits_per_pixel, pitch, buffer.handle_,
                     &buffer.framebuffer_) != 0)
        return failure(base::system_error("a frame buffer"));
    std::uint64_t offset = 0;
    if (drmModeMapDumbBuffer(card, buffer.handle_, &offset) != 0)
        return failure(base::system_error("mapping a buffer of the card"));
    auto* const mapped = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, card,
                                static_cast<off_t>(offset));
    if (mapped == MAP_FAILED) return failure(base::system_error("mapping a buffer of the card"));
    buffer.pixels_ = static_cast<std::uint32_t*>(mapped);
    buffer.bytes_ = bytes;
    buffer.stride_ = pitch / sizeof(std::uint32_t);
    return buffer;
}

DumbBuffer::DumbBuffer(DumbBuffer&& other) noexcept
    : card_(other.card_), handle_(std::exchange(other.handle_, 0)),
      framebuffer_(std::exchange(other.framebuffer_, 0)),
      pixels_(std::exchange(other.pixels_, nullptr)), bytes_(other.bytes_), stride_(other.stride_) {
}

DumbBuffer::~DumbBuffer() {
    if (pixels_ != nullptr) ::munmap(pixels_, bytes_);
    if (framebuffer_ != 0) drmModeRmFB(card_, framebuffer_);
    if (handle_ != 0) drmModeDestroyDumbBuffer(card_, handle_);
}

}  // namespace screen
