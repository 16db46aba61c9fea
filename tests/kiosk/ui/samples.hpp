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
// A family of four; the twins cannot be chosen.
journey::Session family();

// A session as it stands in this state: wiped after the end, typed text where something is typed.
journey::Session in_state(journey::Session session, journey::State state);

// Everything needed to draw, off screen.
class Stage {
  public:
    static base::Result<std::unique_ptr<Stage>> open(int width, int height, float strip = 0);

    // Draws two frames (press and release have one each) and returns what the last one showed.
    ui::Shown draw(ui::View const& view);
    std::vector<ui::Intent> const& intents() const { return intents_; }
    ui::Window& window() { return *window_; }
    ui::TextRenderer& words() { return *words_; }
    ui::Theme const& theme() const { return theme_; }
    ui::Texts const& texts() const { return *texts_; }
    ui::ConsentText const& consent() const { return *consent_; }

    static constexpr double mm_per_pixel = 0.18;

  private:
    Stage() = default;

    ui::Theme theme_{mm_per_pixel};
    float strip_ = 0;
    std::unique_ptr<ui::Window> window_;
    std::unique_ptr<ui::TextRenderer> words_;
    std::unique_ptr<ui::Icons> icons_;
    std::unique_ptr<ui::Texts> texts_;
    std::unique_ptr<ui::ConsentText> consent_;
    std::vector<ui::Intent> intents_;
};

std::filesystem::path assets();

}  // namespace samples
