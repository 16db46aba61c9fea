// A touch panel without a window system, as the UI sees it: memory to draw into, fingers and keys.
// Implemented where the hardware is known.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace ui {

enum class TouchPhase : std::uint8_t { down, move, up };

struct PanelTouch {
    TouchPhase phase = TouchPhase::down;
    std::int64_t finger = 0;  // another number for each touch
    // Pixels of the picture. A finger lifted outside of it, or where nobody knows, did nothing.
    float x = 0;
    float y = 0;
};

// One that went down; KEY_… of linux/input-event-codes.h.
struct PanelKey {
    std::uint16_t code = 0;
};

using PanelAct = std::variant<PanelTouch, PanelKey>;

// The keys that mean something here; a panel need report no others.
std::vector<std::uint16_t> panel_keys();

// One thread's.
class Panel {
  public:
    virtual ~Panel() = default;

    // Of the picture: the same as long as the panel lives.
    virtual int width() const = 0;
    virtual int height() const = 0;
    // 0x00RRGGBB, row after row. Drawn into at any time but during the calls below.
    virtual std::span<std::uint32_t> pixels() = 0;
    // The pixels are a whole picture. It is seen as soon as the panel can.
    virtual void show() = 0;

    // To be polled while sleeping; then, or when due(), attend().
    virtual std::vector<int> descriptors() const = 0;
    virtual std::optional<std::chrono::steady_clock::time_point> due() const = 0;
    // Takes in what happened to the panel; what the person did meanwhile, oldest first.
    virtual std::vector<PanelAct> attend() = 0;
    // The panel that is there now would have another size: it is to be opened anew.
    virtual bool outdated() const = 0;
};

}  // namespace ui
