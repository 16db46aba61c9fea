#include "kiosk/notice/stand_in.hpp"

#include "drivers/base/end_signals.hpp"
#include "drivers/screen/screen.hpp"
#include "kiosk/notice/picture.hpp"
#include "kiosk/notice/turn.hpp"

#include <poll.h>

namespace notice {
namespace {

using base::failure;
using base::Result;
using Clock = std::chrono::steady_clock;

// Nothing tells that another program shows something on the panel, or that the configuration came:
// both are looked at so often.
constexpr std::chrono::milliseconds between_looks{500};

class StandIn {
  public:
    StandIn(StandInOptions const& options, base::Descriptor signals)
        : options_(options), signals_(std::move(signals)), turn_(options.turn) {}

    Result<void> run() {
        for (bool ended = false; !ended;) {
            if (auto ready = make_ready(); !ready) return ready;
            if (auto shown = show(); !shown) return shown;
            ended = sleep();
            if (was_taken_over()) return {};
        }
        return {};
    }

  private:
    // The screen as the site wants it; anew when that is known at last.
    Result<void> make_ready() {
        auto site = read_site(options_.configuration);
        if (screen_ && site == site_) return {};
        screen_.reset();
        picture_ = {};
        site_ = std::move(site);
        auto opened = screen::Screen::open({.rotation = site_.rotation, .wanted = site_.size});
        if (!opened) return failure(opened.error());
        screen_ = std::move(*opened);
        return {};
    }

    Result<void> show() {
        static_cast<void>(screen_->attend());
        auto const& placement = screen_->placement();
        if (!placement) return {};
        if (picture_.size != placement->picture()) {
            auto drawn = draw(options_.page, site_, placement->picture(), options_.assets);
            if (!drawn) return failure(drawn.error());
            picture_ = std::move(*drawn);
            turn_.take();
            screen_->show(picture_.pixels);
        }
        // From now on whoever opens the card may show something on it. Until then the page stays:
        // it goes with our descriptor.
        if (auto* const scanout = screen_->scanout()) scanout->card().yield();
        return {};
    }

    // A program that shows something is the card's master, so that the card cannot be opened anew.
    // The kernel's console, which takes a panel without a master, is not, and loses it again.
    bool was_taken_over() {
        auto* const scanout = screen_->scanout();
        if (scanout == nullptr || scanout->on_panel()) return false;
        auto const card = scanout->card().path();
        screen_.reset();
        if (turn_.is_another()) return true;
        auto const opened = screen::Card::open(card);
        return !opened && opened.error().code == base::Errc::conflict;
    }

    // Whether it is over.
    bool sleep() {
        std::vector<pollfd> polled{{signals_.number(), POLLIN, 0}};
        for (int const descriptor : screen_->descriptors())
            polled.push_back({descriptor, POLLIN, 0});
        ::poll(polled.data(), polled.size(), static_cast<int>(between_looks.count()));
        return polled.front().revents != 0;
    }

    StandInOptions const& options_;
    base::Descriptor signals_;
    Turn turn_;
    Site site_;
    std::unique_ptr<screen::Screen> screen_;
    Picture picture_;
};

}  // namespace

Result<void> stand_in(StandInOptions const& options) {
    auto signals = base::end_signals();
    if (!signals) return failure(signals.error());
    return StandIn{options, std::move(*signals)}.run();
}

}  // namespace notice
