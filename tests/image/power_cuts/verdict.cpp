#include "tests/image/power_cuts/verdict.hpp"

#include <fmt/format.h>

namespace power_cuts {

namespace {

constexpr std::size_t told_problems = 3;
constexpr auto row = "{:<28} {:>6} {:>8} {:>8} {:>13} {:>6} {:>8} {:>8}\n";

}  // namespace

void Verdict::add(Verdict const& other) {
    file_systems_whole = file_systems_whole && other.file_systems_whole;
    boots = boots && other.boots;
    lost += other.lost;
    doubled += other.doubled;
    problems.insert(problems.end(), other.problems.begin(), other.problems.end());
}

void Tally::add(Verdict const& verdict, std::string_view cut) {
    ++cuts;
    whole += verdict.file_systems_whole ? 1 : 0;
    booting += verdict.boots ? 1 : 0;
    lost += verdict.lost;
    doubled += verdict.doubled;
    failing += verdict.holds() ? 0 : 1;
    for (auto const& problem : verdict.problems)
        if (problems.size() < told_problems)
            problems.push_back(fmt::format("{}: {}", cut, problem));
}

std::string table(std::vector<Tally> const& tallies) {
    auto text = fmt::format(row, "recording", "cuts", "repaired", "bootable", "acknowledged",
                            "lost", "doubled", "failing");
    for (auto const& tally : tallies)
        text += fmt::format(row, tally.recording, tally.cuts, tally.whole, tally.booting,
                            tally.acknowledged, tally.lost, tally.doubled, tally.failing);
    for (auto const& tally : tallies)
        for (auto const& problem : tally.problems)
            text += fmt::format("{}: {}\n", tally.recording, problem);
    return text;
}

}  // namespace power_cuts
