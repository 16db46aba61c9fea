// Pictures of screens in a folder, and sheets of 24 of them, to be looked at.
#pragma once

#include "kiosk/ui/window.hpp"

#include <filesystem>
#include <memory>
#include <string>

#include <cairo.h>

namespace samples {

class Album {
  public:
    Album(std::filesystem::path folder, ui::Size screen);
    ~Album();
    Album(Album const&) = delete;
    Album& operator=(Album const&) = delete;

    // The window's last frame as <name>.png, and on sheet-1.png, sheet-2.png...
    void add(ui::Window const& window, std::string const& name);

  private:
    using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;

    void begin();
    void finish();

    std::filesystem::path folder_;
    ui::Size screen_;
    int width_;  // of a small picture
    int height_;
    Surface sheet_{nullptr, &cairo_surface_destroy};
    int sheets_ = 0;
    int on_sheet_ = 0;
};

}  // namespace samples
