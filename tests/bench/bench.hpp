// A benchmark measures one thing and says it in several figures, each with its goal.
#pragma once

#include "kiosk/desk/desk.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bench {

enum class Better : std::uint8_t { lower, higher };

struct Figure {
    std::string name;
    double value;
    std::string unit;
    double goal;
    Better better = Better::lower;

    bool reached() const { return better == Better::lower ? value <= goal : value >= goal; }
};

using Figures = base::Result<std::vector<Figure>>;

struct Benchmark {
    std::string_view name;
    std::string_view what;
    Figures (*measure)(desk::Desk&);
    Figures (*measure_alone)() = nullptr;  // instead, when it needs no desk
};

Figures measure_enrolments(desk::Desk& desk);
Figures measure_words(desk::Desk& desk);
Figures measure_touch(desk::Desk& desk);
Figures measure_pages(desk::Desk& desk);
Figures measure_idle(desk::Desk& desk);
Figures measure_idle_listening();
Figures measure_enqueue(desk::Desk& desk);
Figures measure_drain(desk::Desk& desk);
Figures measure_intake();
Figures measure_speech();
Figures measure_supervisor();

base::Result<std::unique_ptr<desk::Desk>> start();

// The value below which this share of the values lies; 0 to 100.
double percentile(std::vector<double> values, double percent);

}  // namespace bench
