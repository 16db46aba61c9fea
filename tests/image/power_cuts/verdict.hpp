// What was found on disks after power cuts, counted and told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace power_cuts {

// Of one cut.
struct Verdict {
    bool file_systems_whole = true;  // after the repair that a boot does, nothing is left to repair
    bool boots = true;               // what would boot is one complete version
    int lost = 0;                    // requests that were acknowledged and are not there
    int doubled = 0;                 // requests that are there and nobody asked for, or twice
    std::vector<std::string> problems;  // a sentence each

    bool holds() const { return problems.empty(); }
    void add(Verdict const& other);  // of another part of the same disk
};

// Of all cuts of a recording.
struct Tally {
    std::string recording;
    int cuts = 0;
    int whole = 0;         // file systems
    int booting = 0;       // one complete bootable entry
    int acknowledged = 0;  // requests that had to be there, all cuts together
    int lost = 0;
    int doubled = 0;
    int failing = 0;                    // cuts that broke a promise
    std::vector<std::string> problems;  // the first few, each with its cut

    void add(Verdict const& verdict, std::string_view cut);
};

// A line a recording, with a head; then the problems.
std::string table(std::vector<Tally> const& tallies);

}  // namespace power_cuts
