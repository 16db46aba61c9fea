#include "kiosk/spooler/ledger.hpp"

#include <numeric>
#include <vector>

namespace spooler {
namespace {

using base::Errc;
using base::failure;

constexpr std::string_view started_name = "started";

base::Result<void> add_one(Database& database, std::string_view day, std::string_view outcome) {
    auto added = database.run("INSERT INTO ledger (day, outcome, count) VALUES (?, ?, 1) "
                              "ON CONFLICT (day, outcome) DO UPDATE SET count = count + 1",
                              {day, outcome});
    if (!added) return failure(added.error());
    return {};
}

}  // namespace

std::string_view name(Outcome outcome) {
    switch (outcome) {
    case Outcome::recorded: return "recorded";
    case Outcome::refused: return "refused";
    case Outcome::thought_it_over: return "thought_it_over";
    case Outcome::timed_out: return "timed_out";
    case Outcome::left: return "left";
    case Outcome::troubled: return "troubled";
    case Outcome::interrupted: return "interrupted";
    }
    return "unknown";
}

std::optional<Outcome> outcome_named(std::string_view wanted) {
    for (auto outcome : outcomes)
        if (name(outcome) == wanted) return outcome;
    return std::nullopt;
}

bool DayLedger::balanced() const {
    return started == std::accumulate(ended.begin(), ended.end(), running);
}

base::Result<std::int64_t> Ledger::last_running() {
    auto const last = database_->number("SELECT max(number) FROM session");
    if (!last) return failure(last.error());
    return last->value_or(0);
}

base::Result<void> Ledger::interrupt_up_to(std::int64_t last) {
    std::vector<std::int64_t> left_open;
    auto read = database_->each("SELECT number FROM session WHERE number <= ?", {last},
                                [&](Row const& row) { left_open.push_back(row.integer(0)); });
    if (!read) return read;
    for (auto session : left_open)
        if (auto done = ended(session, Outcome::interrupted); !done) return done;
    return {};
}

base::Result<std::int64_t> Ledger::started() {
    auto const today = day_of(clock_->calendar());
    std::int64_t session = 0;
    auto done = database_->transaction([&]() -> base::Result<void> {
        auto added = database_->each("INSERT INTO session (day) VALUES (?) RETURNING number",
                                     {std::string_view{today}},
                                     [&](Row const& row) { session = row.integer(0); });
        if (!added) return added;
        return add_one(*database_, today, started_name);
    });
    if (!done) return failure(done.error());
    return session;
}

base::Result<void> Ledger::ended(std::int64_t session, Outcome outcome) {
    return database_->transaction([&]() -> base::Result<void> {
        std::string day;
        auto removed = database_->each("DELETE FROM session WHERE number = ? RETURNING day",
                                       {session}, [&](Row const& row) { day = row.text(0); });
        if (!removed) return removed;
        if (day.empty()) return failure(Errc::conflict, "no such session is running");
        return add_one(*database_, day, name(outcome));
    });
}

base::Result<std::int64_t> Ledger::running() {
    auto const count = database_->number("SELECT count(*) FROM session");
    if (!count) return failure(count.error());
    return count->value_or(0);
}

base::Result<DayLedger> Ledger::day(std::string_view day) {
    DayLedger ledger;
    auto read = database_->each(
        "SELECT outcome, count FROM ledger WHERE day = ?", {day}, [&](Row const& row) {
            auto const kind = row.text(0);
            if (auto const outcome = outcome_named(kind))
                ledger.ended[static_cast<std::size_t>(*outcome)] = row.integer(1);
            else if (kind == started_name)
                ledger.started = row.integer(1);
        });
    if (!read) return failure(read.error());
    auto const running = database_->number("SELECT count(*) FROM session WHERE day = ?", {day});
    if (!running) return failure(running.error());
    ledger.running = running->value_or(0);
    return ledger;
}

}  // namespace spooler
