#include "kiosk/kms_panel.hpp"

#include <algorithm>
#include <limits>

#include <spdlog/spdlog.h>

namespace kiosk {
namespace {

constexpr screen::Size usual_size{1080, 1920};
constexpr float nowhere = std::numeric_limits<float>::lowest();

ui::TouchPhase phase_of(input::Phase phase) {
    switch (phase) {
    case input::Phase::down: return ui::TouchPhase::down;
    case input::Phase::move: return ui::TouchPhase::move;
    case input::Phase::up:
    case input::Phase::lost: return ui::TouchPhase::up;
    }
    return ui::TouchPhase::up;
}

}  // namespace

base::Result<std::unique_ptr<ui::Panel>> KmsPanel::open(Options options) {
    auto const wanted = options.screen.wanted;
    auto devices = input::Devices::open(std::move(options.input_devices), ui::panel_keys());
    if (!devices) return base::failure(devices.error());
    auto screen = screen::Screen::open(std::move(options.screen));
    if (!screen) return base::failure(screen.error());
    auto const& placement = (*screen)->placement();
    auto const size = placement ? placement->picture() : wanted.value_or(usual_size);
    return std::unique_ptr<ui::Panel>{new KmsPanel{std::move(*screen), std::move(*devices), size}};
}

KmsPanel::KmsPanel(std::unique_ptr<screen::Screen> screen, input::Devices devices,
                   screen::Size size)
    : screen_(std::move(screen)), devices_(std::move(devices)), size_(size),
      pixels_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)) {
    spdlog::info("screen: {}", screen_->situation());
    log_news();
}

KmsPanel::~KmsPanel() { std::ranges::fill(pixels_, 0U); }

std::vector<int> KmsPanel::descriptors() const {
    auto result = devices_.descriptors();
    auto const screens = screen_->descriptors();
    result.insert(result.end(), screens.begin(), screens.end());
    return result;
}

std::vector<ui::PanelAct> KmsPanel::attend() {
    if (screen_->attend()) spdlog::info("screen: {}", screen_->situation());
    std::vector<ui::PanelAct> acts;
    for (auto const& happening : devices_.take())
        if (auto act = act_of(happening)) acts.push_back(*act);
    log_news();
    return acts;
}

std::optional<ui::PanelAct> KmsPanel::act_of(input::Happening const& happening) const {
    if (auto const* const key = std::get_if<input::KeyPress>(&happening))
        return ui::PanelKey{key->code};
    auto const& finger = std::get<input::Finger>(happening);
    // Nobody sees what a finger would touch.
    if (!screen_->placement()) return std::nullopt;
    auto const at = finger.phase == input::Phase::lost
                        ? screen::Point{nowhere, nowhere}
                        : screen_->placement()->to_picture({finger.x, finger.y});
    return ui::PanelTouch{phase_of(finger.phase), finger.number, at.x, at.y};
}

bool KmsPanel::outdated() const {
    auto const& placement = screen_->placement();
    return placement && placement->picture() != size_;
}

void KmsPanel::log_news() {
    for (auto const& sentence : devices_.take_news())
        spdlog::info("input: {}", sentence);
}

}  // namespace kiosk
