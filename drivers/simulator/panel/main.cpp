// vitale-panel: insert, remove, turn over and swap virtual cards by hand.
#include "drivers/simulator/panel/draw.hpp"

#include <cstdio>

#include <CLI/CLI.hpp>

namespace {

using simulator::Panel;
using simulator::Remote;

// How often the slot is looked at when nobody does anything.
constexpr std::chrono::milliseconds look_interval{500};

// Dear ImGui settles a change of hover or of size over a few frames.
constexpr int frames_after_a_change = 3;

// What the panel knows of the simulator; finds it again after it was restarted.
class Simulator {
  public:
    explicit Simulator(std::filesystem::path control) : control_(std::move(control)) {}

    void refresh(Panel& panel) {
        if (!remote_ && !connect(panel)) return;
        auto slot = remote_->slot();
        if (slot)
            panel.slot = std::move(*slot);
        else
            lose(panel, slot.error());
    }

    void give(Panel& panel, simulator::Order const& order) {
        if (!remote_) return;
        auto const given = remote_->give(order);
        panel.trouble = given ? std::string{} : given.error().detail;
        if (!given && given.error().code != base::Errc::refused) lose(panel, given.error());
    }

  private:
    bool connect(Panel& panel) {
        auto remote = Remote::connect(control_);
        if (!remote) {
            lose(panel, remote.error());
            return false;
        }
        auto cards = remote->cards();
        if (!cards) {
            lose(panel, cards.error());
            return false;
        }
        panel.cards = std::move(*cards);
        panel.trouble.clear();
        remote_ = std::move(*remote);
        return true;
    }

    void lose(Panel& panel, base::Error const& error) {
        remote_.reset();
        panel.slot.reset();
        panel.trouble = error.detail;
    }

    std::filesystem::path control_;
    std::optional<Remote> remote_;
};

std::optional<simulator::Position> position_of(std::vector<int> const& numbers) {
    if (numbers.size() != 2) return std::nullopt;
    return simulator::Position{numbers[0], numbers[1]};
}

void run(simulator::Window& window, Simulator& simulator) {
    using Woken = simulator::Window::Woken;
    Panel panel;
    int frames = frames_after_a_change;
    for (auto woken = Woken::input; woken != Woken::closed; woken = window.wait(look_interval)) {
        auto const slot = panel.slot;
        auto const trouble = panel.trouble;
        simulator.refresh(panel);
        bool const changed = panel.slot != slot || panel.trouble != trouble;
        if (changed || woken == Woken::input) frames = frames_after_a_change;
        for (; frames > 0; --frames) {
            std::optional<simulator::Order> order;
            window.show([&] { order = draw(panel, window); });
            if (!order) continue;
            simulator.give(panel, *order);
            simulator.refresh(panel);
            frames = frames_after_a_change;
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::filesystem::path control;
    std::vector<int> position;
    CLI::App app{"A small window to insert, remove, turn over and swap the simulator's cards"};
    app.add_option("--control", control, "The simulator's control socket")->required();
    app.add_option("--position", position, "X,Y of the window's corner")
        ->delimiter(',')
        ->expected(2);
    CLI11_PARSE(app, argc, argv);
    auto window = simulator::Window::open("Virtual card reader", position_of(position));
    if (!window) {
        std::fprintf(stderr, "vitale-panel: %s\n", base::describe(window.error()).c_str());
        return 1;
    }
    Simulator simulator{control};
    run(*window, simulator);
    return 0;
}
