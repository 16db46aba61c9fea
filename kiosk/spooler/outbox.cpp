#include "kiosk/spooler/outbox.hpp"

#include <algorithm>

namespace spooler {
namespace {

using base::Errc;
using base::failure;

// The body comes last, so that no other column has to be looked for behind its overflow pages.
// next_due is a turn, not a time: a stored time would mean something else after the clock was set.
constexpr std::string_view table = R"(
CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_due INTEGER NOT NULL DEFAULT 0,
  key_id BLOB NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  day TEXT NOT NULL,
  settled_day TEXT,
  refusal INTEGER,
  receipt TEXT,
  sealed BLOB,
  CHECK ((sealed IS NULL) = (state IN (1, 4))),
  CHECK (state <> 1 OR receipt IS NOT NULL)
) STRICT)";

// Both hold all that counting needs; an enqueue touches only the first. A query finds a partial
// index only when it repeats its condition word for word.
constexpr std::string_view waiting_index =
    "CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (next_due, day, seq, state) "
    "WHERE state IN (0, 3)";
constexpr std::string_view settled_index =
    "CREATE INDEX IF NOT EXISTS outbox_settled ON outbox (state, settled_day, day, refusal) "
    "WHERE state IN (1, 2, 4)";

crypto::Sha256 hash_from(base::Bytes const& bytes) {
    crypto::Sha256 hash{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
    return hash;
}

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

std::string_view name(RequestState state) {
    switch (state) {
    case RequestState::ready: return "ready";
    case RequestState::receipted: return "receipted";
    case RequestState::parked: return "parked";
    case RequestState::exported: return "exported";
    case RequestState::cancelled: return "cancelled";
    }
    return "unknown";
}

base::Result<Outbox> Outbox::open(Database& database, Clock const& clock) {
    for (auto sql : {table, waiting_index, settled_index})
        if (auto made = database.run(sql); !made) return failure(made.error());
    return Outbox{database, clock};
}

base::Result<Outbox::Enqueued> Outbox::enqueue(SealedRequest const& request) {
    std::optional<bool> same;
    auto known = database_->each("SELECT sha256 = ? FROM outbox WHERE id = ?",
                                 {base::ByteView{request.sha256}, request.id.bytes()},
                                 [&](Row const& row) { same = row.integer(0) != 0; });
    if (!known) return failure(known.error());
    if (same && !*same) return failure(Errc::conflict, "another body was recorded under this id");
    if (same) return Enqueued::before;

    auto added = database_->run("INSERT INTO outbox (id, kind, state, key_id, sha256, day, sealed) "
                                "VALUES (?, ?, 0, ?, ?, ?, ?)",
                                {request.id.bytes(), std::string_view{request.kind},
                                 base::ByteView{request.key_id}, base::ByteView{request.sha256},
                                 std::string_view{day_of(clock_->calendar())},
                                 base::ByteView{request.sealed}});
    if (!added) return failure(added.error());
    if (auto const seq = database_->number("SELECT last_insert_rowid()"); seq && *seq)
        came_.insert_or_assign(**seq, clock_->since_boot());
    return Enqueued::now;
}

base::Result<std::optional<RequestState>> Outbox::find(crypto::Uuid const& id) {
    auto const state = database_->number("SELECT state FROM outbox WHERE id = ?", {id.bytes()});
    if (!state) return failure(state.error());
    if (!*state) return std::nullopt;
    return static_cast<RequestState>(**state);
}

base::Result<std::vector<Parcel>> Outbox::next(std::size_t most) {
    std::vector<Parcel> parcels;
    bool damaged = false;
    auto read = database_->each("SELECT id, sha256, sealed FROM outbox WHERE state IN (0, 3) "
                                "ORDER BY next_due, day, seq LIMIT ?",
                                {static_cast<std::int64_t>(most)}, [&](Row const& row) {
                                    auto const id = crypto::Uuid::from(row.bytes(0));
                                    auto const hash = hash_from(row.bytes(1));
                                    auto sealed = row.bytes(2);
                                    if (id && crypto::sha256(sealed) == hash)
                                        parcels.push_back({*id, hash, std::move(sealed)});
                                    else
                                        damaged = true;
                                });
    if (!read) return failure(read.error());
    if (damaged) return failure(Errc::storage_damaged, "a body no longer has its hash");
    return parcels;
}

base::Result<void> Outbox::receipted(std::vector<Receipted> const& receipts) {
    auto const today = day_of(clock_->calendar());
    std::vector<std::int64_t> settled;
    auto done = database_->transaction([&]() -> base::Result<void> {
        for (auto const& [id, receipt] : receipts) {
            auto const erased = database_->each(
                "UPDATE outbox SET state = 1, receipt = ?, sealed = NULL, settled_day = ? "
                "WHERE id = ? AND state IN (0, 3) RETURNING seq",
                {std::string_view{receipt}, std::string_view{today}, id.bytes()},
                [&](Row const& row) { settled.push_back(row.integer(0)); });
            if (!erased) return failure(erased.error());
        }
        return {};
    });
    if (done)
        for (auto seq : settled)
            came_.erase(seq);
    return done;
}

base::Result<void> Outbox::park(crypto::Uuid const& id, int status) {
    auto parked = database_->run(
        "UPDATE outbox SET state = 2, refusal = ?, settled_day = ?, attempts = attempts + 1 "
        "WHERE id = ? AND state IN (0, 3)",
        {std::int64_t{status}, std::string_view{day_of(clock_->calendar())}, id.bytes()});
    if (!parked) return failure(parked.error());
    return {};
}

base::Result<void> Outbox::postpone(crypto::Uuid const& id) {
    auto postponed =
        database_->run("UPDATE outbox SET attempts = attempts + 1, next_due = next_due + 1 "
                       "WHERE id = ? AND state IN (0, 3)",
                       {id.bytes()});
    if (!postponed) return failure(postponed.error());
    return {};
}

base::Result<int> Outbox::purge() {
    auto const before = day_before(clock_->calendar(), receipts_kept_days);
    return database_->run(
        "DELETE FROM outbox WHERE state IN (1, 2, 4) AND state = 1 AND settled_day < ?",
        {std::string_view{before}});
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

base::Result<std::optional<std::string>> Outbox::oldest_day() {
    std::optional<std::string> day;
    auto read = database_->each(
        "SELECT min(day) FROM outbox INDEXED BY outbox_waiting WHERE state IN (0, 3)", {},
        [&](Row const& row) {
            if (!row.null(0)) day = row.text(0);
        });
    if (!read) return failure(read.error());
    return day;
}

base::Result<std::optional<std::int64_t>> Outbox::verify_after(std::int64_t seq, int most) {
    std::optional<std::int64_t> last;
    bool damaged = false;
    auto read = database_->each(
        "SELECT seq, sha256, sealed FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?",
        {seq, std::int64_t{most}}, [&](Row const& row) {
            last = row.integer(0);
            if (!row.null(2) && crypto::sha256(row.bytes(2)) != hash_from(row.bytes(1)))
                damaged = true;
        });
    if (!read) return failure(read.error());
    if (damaged) return failure(Errc::storage_damaged, "a body no longer has its hash");
    return last;
}

}  // namespace spooler
