#include "drivers/screen/screen.hpp"

namespace screen {

using base::Errc;
using base::failure;
using base::Result;

namespace {

// Another program's turn ends without a word, as when the page that says "starting" hands over.
constexpr std::chrono::milliseconds between_looks{250};
// A refresh takes some 16 ms; a panel that was switched off while a frame was on its way never says
// that it came.
constexpr std::chrono::milliseconds longest_flip{1000};

}  // namespace

Result<std::unique_ptr<Screen>> Screen::open(ScreenOptions options) {
    auto hot_plug = HotPlug::open();
    if (!hot_plug) return failure(hot_plug.error());
    std::unique_ptr<Screen> screen{new Screen{std::move(options), std::move(*hot_plug)}};
    screen->look();
    return screen;
}

Result<std::unique_ptr<Scanout>> Screen::light(std::filesystem::path const& path) {
    auto card = Card::open(path);
    if (!card) return failure(card.error());
    auto panel = card->find_panel();
    if (!panel) return failure(Errc::connection_lost, path.native() + ": no panel");
    std::optional<Size> wanted;
    if (options_.wanted) wanted = turned(*options_.wanted, options_.rotation);
    auto const mode = choose_mode(panel->modes, wanted);
    if (!mode) return failure(Errc::connection_lost, panel->name + ": it has no mode");
    return Scanout::open(std::move(*card), std::move(*panel), *mode);
}

void Screen::look() {
    look_again_at_.reset();
    std::string reasons;
    for (auto const& path : list_cards(options_.devices)) {
        auto lit = light(path);
        if (!lit) {
            if (lit.error().code != Errc::connection_lost)
                look_again_at_ = Clock::now() + between_looks;
            reasons += (reasons.empty() ? "" : "; ") + lit.error().detail;
            continue;
        }
        scanout_ = std::move(*lit);
        look_again_at_.reset();
        auto const& mode = scanout_->mode();
        placement_.emplace(picture_size(mode.size, options_.rotation, options_.wanted), mode.size,
                           options_.rotation);
        situation_ = scanout_->connector().name + " of " + path.native() + ": " +
                     std::to_string(mode.size.width) + "x" + std::to_string(mode.size.height) +
                     ", " + std::to_string((mode.refresh_millihertz + 500) / 1000) + " Hz";
        waiting_ = true;  // what was shown before, if anything
        return;
    }
    situation_ = reasons.empty() ? "no card in " + options_.devices.native() : reasons;
}

void Screen::lose(std::string why) {
    scanout_.reset();
    placement_.reset();
    flip_lost_at_.reset();
    situation_ = std::move(why);
}

// The panel that is lit, asked anew.
bool Screen::still_there() const {
    auto const& lit = scanout_->connector();
    auto const now = scanout_->card().find_panel(lit.id);
    if (!now || now->link_lost || now->modes.size() != lit.modes.size()) return false;
    auto const mode = static_cast<std::size_t>(&scanout_->mode() - lit.modes.data());
    return now->modes[mode].size == lit.modes[mode].size &&
           std::filesystem::exists(scanout_->card().path());
}

bool Screen::attend() {
    auto const before = situation_;
    if (scanout_) scanout_->take_events();
    if (hot_plug_.take()) {
        if (scanout_ && !still_there()) lose("no panel");
        if (!scanout_) look();
    }
    auto const now = Clock::now();
    if (scanout_ && flip_lost_at_ && scanout_->busy() && now >= *flip_lost_at_) {
        lose("a frame never came to the panel");
        look();
    }
    if (!scanout_ && look_again_at_ && now >= *look_again_at_) look();
    if (waiting_) try_to_show();
    return situation_ != before;
}

void Screen::show(std::span<std::uint32_t const> pixels) {
    pixels_ = pixels;
    waiting_ = true;
    if (scanout_) scanout_->take_events();
    try_to_show();
}

void Screen::try_to_show() {
    auto const area = [](Size size) {
        return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    };
    // A picture for the panel before this one is not shown on it.
    if (!scanout_ || scanout_->busy() || pixels_.size() != area(placement_->picture())) return;
    auto& buffer = scanout_->back();
    placement_->copy(pixels_, buffer.pixels(), buffer.stride());
    if (auto shown = scanout_->show(); !shown) {
        lose(shown.error().detail);
        look_again_at_ = Clock::now() + between_looks;
        return;
    }
    waiting_ = false;
    flip_lost_at_ = Clock::now() + longest_flip;
}

std::vector<int> Screen::descriptors() const {
    std::vector<int> result{hot_plug_.descriptor()};
    // Of a frame that nothing waits for it need not be known that it was shown: no wake-up for it.
    if (scanout_ && waiting_) result.push_back(scanout_->card().descriptor());
    return result;
}

std::optional<Screen::Clock::time_point> Screen::due() const {
    if (!scanout_) return look_again_at_;
    if (waiting_ && scanout_->busy()) return flip_lost_at_;
    return std::nullopt;
}

}  // namespace screen
