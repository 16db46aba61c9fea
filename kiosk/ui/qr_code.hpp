// A QR code, as modules: the address that a person continues at.
#pragma once

#include "drivers/base/result.hpp"

#include <string_view>
#include <vector>

namespace ui {

class QrCode {
  public:
    // Error correction M. Errc::malformed when the text is empty or too long for a code.
    static base::Result<QrCode> encode(std::string_view text);

    int size() const { return size_; }  // modules a side, without the quiet zone
    bool dark(int x, int y) const { return modules_[static_cast<std::size_t>(y * size_ + x)]; }

    // Modules to leave free on each side (ISO/IEC 18004, 6.3.8).
    static constexpr int quiet_zone = 4;

  private:
    QrCode(int size, std::vector<bool> modules) : size_(size), modules_(std::move(modules)) {}

    int size_;
    std::vector<bool> modules_;
};

}  // namespace ui
