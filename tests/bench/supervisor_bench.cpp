// The supervisor's board: the long forms of its tests, in simulated time.
#include "tests/bench/bench.hpp"

#include "drivers/supervisor/board.hpp"
#include "tests/fakes/board/live_board.hpp"
#include "tests/firmware/board/bench_board.hpp"
#include "tests/firmware/board/memory_cuts.hpp"
#include "tests/firmware/boot/guest.hpp"
#include "tests/firmware/boot/interrupted_update.hpp"
#include "tests/firmware/boot/programmer.hpp"
#include "tests/firmware/boot/trailer.hpp"

#include <iostream>
#include <random>

namespace bench {
namespace {

using namespace supervisor_tests;
using namespace std::chrono_literals;

// Every step of every page, every fate of it, in every order; each refused board is programmed
// again.
void interrupt_updates(std::vector<Figure>& figures) {
    Outcome all;
    for (auto const order :
         {Order::ascending, Order::descending, Order::trailer_first, Order::shuffled})
        for (std::uint32_t seed = 1; seed <= 2; ++seed) {
            auto const outcome = cut_power_everywhere(
                {.order = order,
                 .fates = {std::begin(fake::every_fate), std::end(fake::every_fate)},
                 .seed = seed});
            all.cuts += outcome.cuts;
            all.recoveries += outcome.recoveries;
            all.broken.insert(all.broken.end(), outcome.broken.begin(), outcome.broken.end());
        }
    for (auto const& what : all.broken)
        std::cerr << what << '\n';
    figures.push_back({"update: power cuts", 1.0 * all.cuts, "", 800, Better::higher});
    figures.push_back({"update: programmed again", 1.0 * all.recoveries, "", 700, Better::higher});
    figures.push_back(
        {"update: promises broken", 1.0 * static_cast<double>(all.broken.size()), "", 0});
}

// As large as the supervisor's own may become.
fake::Image application_of_32_kb() {
    constexpr std::uint32_t size = 32 * 1024;
    std::mt19937 random{20260101};
    fake::Image image;
    base::Bytes flash;
    for (std::uint32_t address = 0; address < size; address += fake::page_size)
        for (auto& byte : image[address])
            flash.push_back(byte = static_cast<std::uint8_t>(random()));
    auto const trailer = forged_trailer(flash, size);
    auto& last = image[boot::trailer_page];
    last.fill(0xFF);
    std::ranges::copy(trailer, last.end() - static_cast<std::ptrdiff_t>(trailer.size()));
    return image;
}

double seconds(fake::Span span) { return std::chrono::duration<double>(span).count(); }

void time_update(std::vector<Figure>& figures) {
    fake::Board board{with_loader()};
    bool const updated = Programmer{board}.update(application_of_32_kb());
    auto const left = board.now();
    bool const started =
        updated &&
        board.run_until([&] { return board.program_counter() < boot::loader_begin; }, 5s);
    figures.push_back({"update of 32 KB, verified", updated ? seconds(left) : 1e9, "s", 15});
    figures.push_back({"check of 32 KB at each start",
                       started ? seconds(board.now() - left) * 1000 : 1e9, "ms", 500});
}

// Where the rings are young, about to wrap and long wrapped.
void cut_memory(std::vector<Figure>& figures) {
    auto const outcome = cut_power_at_each_byte({.openings_before = {0, 3, 9, 108, 130}});
    for (auto const& what : outcome.broken)
        std::cerr << what << '\n';
    figures.push_back({"memory: power cuts", 1.0 * outcome.cuts, "", 500, Better::higher});
    figures.push_back(
        {"memory: promises broken", 1.0 * static_cast<double>(outcome.broken.size()), "", 0});
}

// Over a pty, at the speed of the real line.
base::Result<void> time_questions(std::vector<Figure>& figures) {
    fake::LiveBoard live{supervisor_setup()};
    base::Result<supervisor::Board> board = base::failure(base::Errc::timed_out);
    for (int i = 0; i < 5 && !board; ++i)  // the loader listens first
        board = supervisor::Board::open(live.port(), 1);
    if (!board) return base::failure(board.error());
    std::vector<double> milliseconds;
    for (int i = 0; i < 500; ++i) {
        auto const asked = std::chrono::steady_clock::now();
        if (auto beat = board->beat(); !beat) return base::failure(beat.error());
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - asked)
                .count());
    }
    figures.push_back({"beat and its answer, p50", percentile(milliseconds, 50), "ms", 10});
    figures.push_back({"beat and its answer, p99", percentile(milliseconds, 99), "ms", 50});
    return {};
}

}  // namespace

Figures measure_supervisor() {
    std::vector<Figure> figures;
    if (auto timed = time_questions(figures); !timed) return base::failure(timed.error());
    cut_memory(figures);
    time_update(figures);
    interrupt_updates(figures);
    return figures;
}

}  // namespace bench
