// Counting what the outbox holds, and forgetting what is long done.
#include "kiosk/spooler/outbox.hpp"

#include <algorithm>

namespace spooler {
namespace {

using base::failure;

std::int64_t& of(Counts& counts, RequestState state) {
    switch (state) {
    case RequestState::ready: return counts.ready;
    case RequestState::receipted: return counts.receipted;
    case RequestState::parked: return counts.parked;
    case RequestState::exported: return counts.exported;
    case RequestState::cancelled: return counts.cancelled;
    }
    return counts.ready;
}

}  // namespace

base::Result<int> Outbox::purge() {
    auto const before = day_before(clock_->calendar(), receipts_kept_days);
    int purged = 0;
    auto done = database_->transaction([&]() -> base::Result<void> {
        auto const now = balance();
        if (!now) return failure(now.error());
        auto const deleted = database_->run(
            "DELETE FROM outbox WHERE state IN (1, 2, 4) AND state = 1 AND settled_day < ?",
            {std::string_view{before}});
        if (!deleted) return failure(deleted.error());
        purged = *deleted;
        if (purged == 0) return {};
        for (auto const& [name, value] :
             {std::pair<std::string_view, std::int64_t>{"recorded", now->recorded},
              {"purged", now->purged + purged}})
            if (auto kept = set_counter(name, value); !kept) return kept;
        return {};
    });
    if (!done) return failure(done.error());
    return purged;
}

base::Result<std::int64_t> Outbox::counter(std::string_view name) {
    auto const value = database_->number("SELECT value FROM counter WHERE name = ?", {name});
    if (!value) return failure(value.error());
    return value->value_or(0);
}

base::Result<void> Outbox::set_counter(std::string_view name, std::int64_t value) {
    auto const kept = database_->run("INSERT INTO counter (name, value) VALUES (?1, ?2) "
                                     "ON CONFLICT (name) DO UPDATE SET value = ?2",
                                     {name, value});
    if (!kept) return failure(kept.error());
    return {};
}

base::Result<Balance> Outbox::balance() {
    auto const highest = database_->number("SELECT max(seq) FROM outbox");
    if (!highest) return failure(highest.error());
    auto const recorded = counter("recorded");
    auto const purged = counter("purged");
    auto const damaged = counter("damaged");
    auto const now = counts();
    if (!recorded) return failure(recorded.error());
    if (!purged) return failure(purged.error());
    if (!damaged) return failure(damaged.error());
    if (!now) return failure(now.error());
    return Balance{std::max(*recorded, highest->value_or(0)), *now, *purged, *damaged};
}

base::Result<void> Outbox::settle_damage() {
    auto const now = balance();
    if (!now) return failure(now.error());
    auto const missing = now->recorded - now->counts.all() - now->purged;
    if (missing == now->damaged) return {};
    return set_counter("damaged", missing);
}

base::Result<Waiting> Outbox::waiting() {
    auto const count = database_->number("SELECT count(*) FROM outbox WHERE state IN (0, 3)");
    if (!count) return failure(count.error());
    Waiting waiting{count->value_or(0), std::nullopt};
    auto read = database_->each(
        "SELECT day, seq FROM outbox INDEXED BY outbox_waiting WHERE state IN (0, 3) "
        "ORDER BY day, seq LIMIT 1",
        {}, [&](Row const& row) {
            auto const day = row.text(0);
            auto const came = came_.find(row.integer(1));
            if (came != came_.end()) {
                auto const age = clock_->since_boot() - came->second;
                waiting.oldest = {day, std::chrono::floor<std::chrono::seconds>(age), true};
            } else {
                auto const begin = start_of(day);
                auto const age = begin ? clock_->calendar() - *begin : std::chrono::seconds{0};
                waiting.oldest = {day, std::max(age, std::chrono::seconds{0}), false};
            }
        });
    if (!read) return failure(read.error());
    return waiting;
}

base::Result<Counts> Outbox::counts(std::optional<std::string_view> day) {
    Counts counts;
    auto const add = [&](Row const& row) {
        of(counts, static_cast<RequestState>(row.integer(0))) += row.integer(1);
    };
    auto const any = std::int64_t{day ? 0 : 1};
    auto const wanted = day.value_or("");
    for (std::string_view sql : {"SELECT state, count(*) FROM outbox INDEXED BY outbox_waiting "
                                 "WHERE state IN (0, 3) AND (?1 OR day = ?2) GROUP BY state",
                                 "SELECT state, count(*) FROM outbox INDEXED BY outbox_settled "
                                 "WHERE state IN (1, 2, 4) AND (?1 OR day = ?2) GROUP BY state"})
        if (auto read = database_->each(sql, {any, wanted}, add); !read)
            return failure(read.error());
    return counts;
}

base::Result<std::int64_t> Outbox::receipted_on(std::string_view day) {
    auto const count = database_->number(
        "SELECT count(*) FROM outbox WHERE state IN (1, 2, 4) AND state = 1 AND settled_day = ?",
        {day});
    if (!count) return failure(count.error());
    return count->value_or(0);
}

base::Result<std::int64_t> Outbox::conflicts() {
    auto const count =
        database_->number("SELECT count(*) FROM outbox INDEXED BY outbox_settled "
                          "WHERE state IN (1, 2, 4) AND state = 2 AND refusal = 409");
    if (!count) return failure(count.error());
    return count->value_or(0);
}

}  // namespace spooler
