#include "tests/firmware/boot/interrupted_update.hpp"

#include "tests/firmware/boot/guest.hpp"
#include "tests/firmware/boot/programmer.hpp"
#include "tests/firmware/boot/trailer.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace supervisor_tests {
namespace {

using namespace fake;
using namespace std::chrono_literals;

constexpr std::uint32_t length_of_all = 0xA00;  // more than either guest has

std::vector<std::pair<std::uint32_t, Page>> in_order(Image const& image,
                                                     Rehearsal const& rehearsal) {
    std::vector<std::pair<std::uint32_t, Page>> pages{image.begin(), image.end()};
    switch (rehearsal.order) {
    case Order::ascending: break;
    case Order::descending: std::ranges::reverse(pages); break;
    case Order::trailer_first: std::ranges::rotate(pages, pages.end() - 1); break;
    case Order::shuffled: std::ranges::shuffle(pages, std::mt19937{rehearsal.seed}); break;
    }
    return pages;
}

class Judge {
  public:
    explicit Judge(Rehearsal const& rehearsal) : rehearsal_(rehearsal) {}

    Outcome outcome;

    // The board as a cut left it, with power again.
    void judge(base::Bytes const& flash, PageChange change, bool is_first, bool is_last,
               Fate fate) {
        auto const where = [&](char const* what) {
            outcome.broken.push_back(std::string{what} + ": step " +
                                     (change.step == PageStep::erase ? "erase" : "write") + " of " +
                                     std::to_string(change.address) + ", fate " +
                                     std::to_string(static_cast<int>(fate)));
        };
        ++outcome.cuts;
        Board board{with_loader({}, rehearsal_.seed)};
        board.set_flash(flash, 0);
        if (rehearsal_.forge_trailers)
            board.set_flash(forged_trailer(flash, length_of_all), boot::trailer_begin);
        Programmer programmer{board};
        if (auto const guest = hear_guest(board, 600ms)) {
            if (guest->sum != sum_of_guest(guest->version)) {
                ++outcome.mixtures_started;
                return where("a mixture was started");
            }
            if (guest->version == 1 && !is_first) where("the old one was started, changed");
            if (guest->version == 2 && !is_last) where("the new one was started before its end");
            ++(guest->version == 1 ? outcome.old_started : outcome.new_started);
            return;
        }
        if (!programmer.sync()) return where("no answer");
        ++outcome.refused;
        if (outcome.refused % rehearsal_.recover_each != 0) return;
        if (!programmer.update(guest_2_)) return where("cannot be programmed again");
        auto const guest = hear_guest(board);
        if (!guest || guest->version != 2 || guest->sum != sum_of_guest(2))
            return where("does not start when programmed again");
        ++outcome.recoveries;
    }

  private:
    Rehearsal const& rehearsal_;
    Image guest_2_ = read_intel_hex(image_of("guest_2"));
};

}  // namespace

Outcome cut_power_everywhere(Rehearsal const& rehearsal) {
    auto const pages = in_order(read_intel_hex(image_of("guest_2")), rehearsal);
    auto const steps = 2 * static_cast<int>(pages.size());  // each page erased and written
    Judge judge{rehearsal};
    Board board{with_loader({"guest_1"}, rehearsal.seed)};

    Programmer programmer{board};
    std::int64_t seen = 0;
    programmer.while_waiting = [&] {
        if (board.page_changes() == seen) return;
        seen = board.page_changes();
        for (auto const fate : rehearsal.fates)
            judge.judge(board.flash_if_cut(fate), *board.page_change(), seen == 1, seen == steps,
                        fate);
    };
    bool done = programmer.sync() && programmer.enter();
    for (auto const& [address, page] : pages)
        done = done && programmer.program(address, page);
    done = done && programmer.leave();
    auto const guest = done ? hear_guest(board) : std::nullopt;
    if (!guest || guest->version != 2)
        judge.outcome.broken.emplace_back("the update itself failed");
    if (seen != steps) judge.outcome.broken.emplace_back("another number of steps than known");
    return judge.outcome;
}

}  // namespace supervisor_tests
