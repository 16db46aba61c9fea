// A picture in the card's memory that the processor fills: what every card can show, without a
// driver of its own for drawing.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/screen/mode.hpp"

#include <cstddef>
#include <cstdint>

namespace screen {

class DumbBuffer {
  public:
    // Black. The card's descriptor outlives it.
    static base::Result<DumbBuffer> make(int card, Size size);
    DumbBuffer(DumbBuffer&& other) noexcept;
    DumbBuffer& operator=(DumbBuffer&&) = delete;
    // What shows it goes dark.
    ~DumbBuffer();

    // 0x00RRGGBB; may be slow to read.
    std::uint32_t* pixels() const { return pixels_; }
    std::size_t stride() const { return stride_; }  // pixels from one row to the next
    std::uint32_t framebuffer() const { return framebuffer_; }

  private:
    explicit DumbBuffer(int card) : card_(card) {}

    int card_;
    std::uint32_t handle_ = 0;
    std::uint32_t framebuffer_ = 0;
    std::uint32_t* pixels_ = nullptr;
    std::size_t bytes_ = 0;
    std::size_t stride_ = 0;
};

}  // namespace screen
