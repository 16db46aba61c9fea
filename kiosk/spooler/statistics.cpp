#include "kiosk/spooler/statistics.hpp"

#include "kiosk/spooler/ledger.hpp"
#include "kiosk/spooler/outcomes.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;

constexpr std::int64_t least_shown = 5;
constexpr auto small = "<5";
constexpr auto hidden = "-";

bool is_small(std::int64_t count) { return count > 0 && count < least_shown; }

std::string row(std::string const& day, Cells const& cells) {
    auto text = fmt::format("{:<10} {:>8}", day, cells.total);
    for (auto const& part : cells.parts)
        text += fmt::format(" {:>16}", part);
    return text + "\n";
}

// What became of each day's requests at the DMP, below how its sessions ended.
std::string dmp_table(json const& days, Readers readers) {
    Cells head{{}, "told"};
    for (auto outcome : dmp_outcomes)
        head.parts.emplace_back(name(outcome));
    auto table = "\n" + row("day", head);
    for (auto const& day : days) {
        std::vector<std::int64_t> parts;
        for (auto outcome : dmp_outcomes)
            parts.push_back(day.at("dmp").at(std::string{name(outcome)}).get<std::int64_t>());
        table += row(day.at("day").get<std::string>(), cells(parts, readers));
    }
    return table;
}

}  // namespace

Cells cells(std::vector<std::int64_t> const& parts, Readers readers) {
    Cells shown;
    auto const total = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
    shown.total = std::to_string(total);
    for (auto const part : parts)
        shown.parts.push_back(std::to_string(part));
    if (readers == Readers::site) return shown;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (is_small(parts[i])) shown.parts[i] = small;
    if (is_small(total)) shown.total = small;
    if (std::ranges::count_if(parts, is_small) != 1) return shown;
    // The total less all others would be the one that is hidden.
    shown.total = is_small(total) ? small : hidden;
    std::optional<std::size_t> least;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i] >= least_shown && (!least || parts[i] < parts[*least])) least = i;
    if (least) shown.parts[*least] = hidden;
    return shown;
}

base::Result<std::string> ledger_table(std::string const& answer, Readers readers) {
    auto const object = json::parse(answer, nullptr, false);
    if (!object.is_object() || !object.contains("days") || !object["days"].is_array())
        return failure(Errc::protocol_violated, "the answer holds no days");
    Cells head{{}, "started"};
    for (auto outcome : outcomes)
        head.parts.emplace_back(name(outcome));
    head.parts.emplace_back("running");
    auto table = row("day", head);
    try {
        for (auto const& day : object["days"]) {
            std::vector<std::int64_t> parts;
            for (auto outcome : outcomes)
                parts.push_back(day.at(std::string{name(outcome)}).get<std::int64_t>());
            parts.push_back(day.at("running").get<std::int64_t>());
            auto shown = cells(parts, readers);
            bool const balanced = std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) ==
                                  day.at("started").get<std::int64_t>();
            if (readers == Readers::site)
                shown.total = std::to_string(day.at("started").get<std::int64_t>());
            table += row(day.at("day").get<std::string>(), shown);
            if (!balanced) table += "           ALARM: this day does not balance\n";
        }
        table += dmp_table(object["days"], readers);
    } catch (json::exception const& problem) {
        return failure(Errc::protocol_violated, problem.what());
    }
    return table;
}

std::string ledger_line(int days) { return json{{"do", "ledger"}, {"days", days}}.dump(); }

}  // namespace spooler
