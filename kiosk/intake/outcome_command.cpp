#include "kiosk/intake/commands.hpp"
#include "kiosk/intake/reading.hpp"

#include <iostream>
#include <sstream>

#include <fmt/core.h>

namespace intake {
namespace {

using base::failure;

int fail(base::Error const& error) {
    fmt::print(stderr, "dmp-intake: {}\n", error.detail);
    return 1;
}

// "UUID OUTCOME [CLASS]"
base::Result<DmpOutcome> from_line(std::string const& line) {
    std::istringstream words{line};
    std::string id, kind, refusal_class, more;
    words >> id >> kind >> refusal_class >> more;
    if (!more.empty())
        return failure(base::Errc::malformed, "a line is UUID OUTCOME, and a CLASS when refused");
    return dmp_outcome(id, kind, refusal_class);
}

// All of them or none: a list with a mistake in it is corrected and given again as a whole.
base::Result<std::vector<DmpOutcome>> from_lines(std::istream& lines) {
    std::vector<DmpOutcome> outcomes;
    std::string problems;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        auto outcome = from_line(line);
        if (outcome)
            outcomes.push_back(std::move(*outcome));
        else
            problems += fmt::format("line {}: {}; ", number, outcome.error().detail);
    }
    if (!problems.empty())
        return failure(base::Errc::malformed, problems + "nothing of this list was noted");
    return outcomes;
}

base::Result<std::vector<DmpOutcome>> outcomes_of(Telling const& telling) {
    if (!telling.id) return from_lines(std::cin);
    auto outcome = dmp_outcome(*telling.id, telling.outcome.value_or(""), telling.refusal_class);
    if (!outcome) return failure(outcome.error());
    return std::vector{std::move(*outcome)};
}

}  // namespace

int tell_outcomes(Telling const& telling) {
    auto const outcomes = outcomes_of(telling);
    if (!outcomes) return fail(outcomes.error());
    auto const settings = read_settings(telling.config);
    if (!settings) return fail(settings.error());
    auto reader = open_reader(*settings);
    if (!reader) return fail(reader.error());
    auto const told = (*reader)->tell(*outcomes);
    int exit_code = 0;
    for (std::size_t i = 0; i < told.size(); ++i) {
        if (!told[i])
            exit_code = fail(told[i].error());
        else
            fmt::print("{}: {}{}\n", (*outcomes)[i].id.text(), text_of((*outcomes)[i]),
                       *told[i] == Told::now ? "" : ", known before");
    }
    return exit_code;
}

}  // namespace intake
