// Sessions, sites and a stage to draw them on, for the gallery and the tests of the screens.
#pragma once

#include "kiosk/ui/screens.hpp"
#include "kiosk/ui/window.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace samples {

ui::Site site();

// Luc EXEMPLE, a mobile and an e-mail given.
journey::Session one_adult();
// The longest names the card profiles know, a long address.
journey::Session long_names();
// A family of four: two adults and twins, nobody chosen.
journey::Session family();
// The same, one of the twins chosen and the mother acting.
journey::Session child();
// `child()` with the longest names.
journey::Session long_child();

// A session as it stands in this state: wiped after the end, typed text where something is typed.
journey::Session in_state(journey::Session session, journey::State state);

// Each rung of getting a reader back, some seconds before its end.
std::vector<ui::Recovery> recoveries();

// The panels the kiosk is built for.
struct Panel {
    int width = 1080;
    int height = 1920;
    double mm_per_pixel = 0.18;
    double distance_mm = ui::usual_distance_mm;
    std::string_view language = "fr";
};
inline constexpr Panel portrait{};                     // 15.6 inches
inline constexpr Panel landscape{1920, 1080};          // 15.6 inches
inline constexpr Panel small{1280, 800, 0.1696, 350};  // 10.1 inches, read from nearer
Panel in(std::string_view language, Panel panel);

// Everything needed to draw, off screen.
class Stage {
  public:
    static base::Result<std::unique_ptr<Stage>> open(Panel const& panel);

    // Draws two frames (press and release have one each) and returns what the last one showed.
    ui::Shown draw(ui::View const& view);
    // One frame that is laid out and not painted: much faster, for the walks.
    ui::Shown lay_out(ui::View const& view);
    std::vector<ui::Intent> const& intents() const { return intents_; }
    ui::Window& window() { return *window_; }
    ui::TextRenderer& words() { return *words_; }
    ui::Theme const& theme() const { return theme_; }
    ui::Texts const& texts() const { return *texts_; }
    ui::ConsentText const& consent() const { return *consent_; }

  private:
    void use_colours(ui::View const& view);
    ui::Shown fill(ui::View const& view);

    explicit Stage(Panel const& panel) : theme_(panel.mm_per_pixel, panel.distance_mm) {}

    ui::Theme theme_;
    std::unique_ptr<ui::Window> window_;
    std::unique_ptr<ui::TextRenderer> words_;
    std::unique_ptr<ui::Icons> icons_;
    std::unique_ptr<ui::Texts> texts_;
    std::unique_ptr<ui::ConsentText> consent_;
    std::vector<ui::Intent> intents_;
};

std::filesystem::path assets();

}  // namespace samples
