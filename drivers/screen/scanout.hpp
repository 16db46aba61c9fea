// A panel that is lit: one connector, one mode, two buffers that are shown in turn.
#pragma once

#include "drivers/screen/card.hpp"
#include "drivers/screen/dumb_buffer.hpp"

#include <array>
#include <chrono>
#include <memory>

namespace screen {

class Scanout {
  public:
    // `mode` counts in the connector's list. Nothing is shown before the first show().
    static base::Result<std::unique_ptr<Scanout>> open(Card card, Connector connector,
                                                       std::size_t mode);
    Scanout(Scanout const&) = delete;
    Scanout& operator=(Scanout const&) = delete;

    // The buffer that is not shown.
    DumbBuffer& back() { return buffers_[shown_ == 0 ? 1 : 0]; }
    // Shows it, the first time with a change of the mode, then from the next refresh on; not while
    // busy().
    base::Result<void> show();
    // Whether the last show() has not reached the panel yet.
    bool busy() const { return flipping_; }
    // Takes in what the card says; its descriptor is readable then.
    void take_events();

    Card& card() { return card_; }
    Connector const& connector() const { return connector_; }
    Mode const& mode() const { return connector_.modes[mode_]; }
    // Whether the panel still shows what show() gave it, and nothing of another program.
    bool on_panel() const;

  private:
    Scanout(Card card, Connector connector, std::size_t mode, std::uint32_t crtc,
            std::array<DumbBuffer, 2> buffers)
        : card_(std::move(card)), connector_(std::move(connector)), mode_(mode), crtc_(crtc),
          buffers_(std::move(buffers)) {}

    base::Result<void> light();

    // Its descriptor goes with it, and the kernel's word on a frame still on its way with that.
    Card card_;
    Connector connector_;
    std::size_t mode_;
    std::uint32_t crtc_;
    std::array<DumbBuffer, 2> buffers_;
    std::size_t shown_ = 1;
    bool lit_ = false;
    bool flipping_ = false;
};

}  // namespace screen
