#include "tests/bench/bench.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

namespace bench {

double percentile(std::vector<double> values, double percent) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    auto const rank = std::ceil(static_cast<double>(values.size()) * percent / 100.0);
    return values[static_cast<std::size_t>(std::max(1.0, rank)) - 1];
}

base::Result<std::unique_ptr<desk::Desk>> start() {
    desk::Options options;
    options.programs = PROGRAM_DIR;
    options.source = SOURCE_DIR;
    return desk::Desk::start(options);
}

}  // namespace bench

namespace {

using bench::Benchmark;
using bench::Figure;

constexpr std::array benchmarks{
    Benchmark{"enrolments", "card event to frame, APDUs, last touch to recorded, request size",
              bench::measure_enrolments},
    Benchmark{"words", "mandatory words, taps and time for each path and language",
              bench::measure_words},
    Benchmark{"touch", "frame time in software rendering while typing", bench::measure_touch},
    Benchmark{"idle", "wake-ups, processor and memory over 30 s of a still screen",
              bench::measure_idle},
    Benchmark{"idle-listening", "processor with headphones in and nothing said", nullptr,
              bench::measure_idle_listening},
    Benchmark{"pages", "frame time of a text of many pages, in each size", bench::measure_pages},
    Benchmark{"enqueue", "the spooler's socket, commit included", bench::measure_enqueue},
    Benchmark{"drain", "the outbox to the intake over one kept connection", bench::measure_drain},
    Benchmark{"intake", "one receiver under 32 kept connections, without and with its audit log",
              nullptr, bench::measure_intake},
    Benchmark{"speech", "key to first sound, without what a sound card adds", nullptr,
              bench::measure_speech},
    Benchmark{"supervisor", "the board: questions, and the power cut in its memory and its update",
              nullptr, bench::measure_supervisor},
};

bench::Figures measure(Benchmark const& benchmark) {
    if (benchmark.measure_alone != nullptr) return benchmark.measure_alone();
    auto desk = bench::start();
    if (!desk) return base::failure(desk.error());
    return benchmark.measure(**desk);
}

void print(std::vector<Figure> const& figures) {
    std::printf("\n%-40s %12s %-9s %12s\n", "figure", "value", "unit", "goal");
    for (auto const& figure : figures)
        std::printf("%-40s %12.2f %-9s %s %10.2f  %s\n", figure.name.c_str(), figure.value,
                    figure.unit.c_str(),
                    figure.better == bench::Better::lower ? "<=" : ">=", figure.goal,
                    figure.reached() ? "" : "missed");
}

void write(std::vector<Figure> const& figures, std::filesystem::path const& output) {
    auto list = nlohmann::json::array();
    for (auto const& figure : figures)
        list.push_back({{"name", figure.name},
                        {"value", figure.value},
                        {"unit", figure.unit},
                        {"goal", figure.goal},
                        {"better", figure.better == bench::Better::lower ? "lower" : "higher"}});
    std::ofstream{output} << list.dump(2) << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App arguments{"Measures what the product promises"};
    bool list = false;
    std::string only;
    std::filesystem::path output = "bench.json";
    arguments.add_flag("--list", list, "Say which benchmarks there are");
    arguments.add_option("--only", only, "Run one of them");
    arguments.add_option("--output", output, "JSON file");
    CLI11_PARSE(arguments, argc, argv);
    std::vector<Figure> figures;
    bool found = false;
    for (auto const& benchmark : benchmarks) {
        if (list) {
            std::cout << benchmark.name << ": " << benchmark.what << '\n';
            continue;
        }
        if (!only.empty() && only != benchmark.name) continue;
        found = true;
        std::cerr << benchmark.name << "...\n";
        auto measured = measure(benchmark);
        if (!measured) {
            std::cerr << benchmark.name << ": " << base::describe(measured.error()) << '\n';
            return 1;
        }
        figures.insert(figures.end(), measured->begin(), measured->end());
    }
    if (list) return 0;
    if (!found) {
        std::cerr << "no benchmark is named " << only << "; --list names them\n";
        return 2;
    }
    print(figures);
    write(figures, output);
    return 0;
}
