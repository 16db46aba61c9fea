// A desk window with Dear ImGui in it, in the panel's colours and type.
#pragma once

#include "drivers/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

struct ImFont;

namespace simulator {

struct Position {
    int x;
    int y;
};

class Window {
  public:
    static base::Result<Window> open(std::string const& title, std::optional<Position> position);

    Window(Window&&) noexcept;
    Window& operator=(Window&&) noexcept;
    ~Window();

    ImFont* title_font() const;
    ImFont* strong_font() const;
    ImFont* small_font() const;

    enum class Woken : std::uint8_t { input, time_out, closed };

    // Sleeps until there is input or the time is over.
    Woken wait(std::chrono::milliseconds timeout);

    // One frame; draw fills it with widgets.
    void show(std::function<void()> const& draw);

  private:
    struct Parts;
    explicit Window(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace simulator
