#include "kiosk/spooler/carried.hpp"

#include <algorithm>

namespace spooler {
namespace {

using base::Errc;
using base::failure;

constexpr std::int64_t waiting_state = 0;
constexpr std::int64_t receipted_state = 1;

base::Result<void> changed(base::Result<int> const& result) {
    if (!result) return failure(result.error());
    return {};
}

}  // namespace

base::Result<Carried::Taken> Carried::take(carry::Manifest const& manifest,
                                           carry::ListedRequest const& listed,
                                           base::ByteView body) {
    auto const own =
        database_->number("SELECT count(*) FROM outbox WHERE id = ?", {listed.id.bytes()});
    if (!own) return failure(own.error());
    if (own->value_or(0) != 0)
        return failure(Errc::conflict, "a request of this kiosk has the same id");
    std::optional<std::int64_t> state;
    bool same = false;
    auto known =
        database_->each("SELECT state, sha256 = ? FROM carried WHERE id = ?",
                        {base::ByteView{listed.sha256}, listed.id.bytes()}, [&](Row const& row) {
                            state = row.integer(0);
                            same = row.integer(1) != 0;
                        });
    if (!known) return failure(known.error());
    if (state && !same) return failure(Errc::conflict, "another body came under the same id");
    std::string_view const kiosk = manifest.kiosk;
    if (state && (*state == waiting_state || *state == receipted_state)) {
        auto updated =
            database_->run("UPDATE carried SET kiosk = ?, bundle = ?, returned = 0 WHERE id = ?",
                           {kiosk, manifest.bundle, listed.id.bytes()});
        if (!updated) return failure(updated.error());
        return Taken::before;
    }
    auto const now = counts();
    if (!now) return failure(now.error());
    if (now->waiting >= most_waiting)
        return failure(Errc::storage_full, "enough requests of other kiosks wait here already");
    // One that the receiver refused may be tried again: it was brought again.
    auto added = database_->run(
        "INSERT INTO carried (id, kiosk, bundle, state, sha256, sealed) VALUES (?, ?, ?, 0, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET kiosk = excluded.kiosk, bundle = excluded.bundle, "
        "state = 0, settled_day = NULL, refusal = NULL, sealed = excluded.sealed",
        {listed.id.bytes(), kiosk, manifest.bundle, base::ByteView{listed.sha256}, body});
    if (!added) return failure(added.error());
    return Taken::now;
}

base::Result<std::vector<Parcel>> Carried::next(std::size_t most) {
    std::vector<Parcel> parcels;
    bool damaged = false;
    auto read = database_->each("SELECT id, sha256, sealed FROM carried WHERE state = 0 "
                                "ORDER BY turn, number LIMIT ?",
                                {static_cast<std::int64_t>(most)}, [&](Row const& row) {
                                    auto const id = crypto::Uuid::from(row.bytes(0));
                                    auto sealed = row.bytes(2);
                                    auto const hash = crypto::sha256(sealed);
                                    if (id && std::ranges::equal(hash, row.bytes(1)))
                                        parcels.push_back({*id, hash, std::move(sealed), true});
                                    else
                                        damaged = true;
                                });
    if (!read) return failure(read.error());
    if (damaged) return failure(Errc::storage_damaged, "a carried body no longer has its hash");
    return parcels;
}

base::Result<void> Carried::receipted(Receipted const& receipt) {
    return changed(
        database_->run("UPDATE carried SET state = 1, receipt = ?, sealed = NULL, "
                       "settled_day = ?, returned = 0 WHERE id = ? AND state = 0",
                       {std::string_view{receipt.receipt},
                        std::string_view{day_of(clock_->calendar())}, receipt.id.bytes()}));
}

base::Result<void> Carried::refused(crypto::Uuid const& id, int status) {
    return changed(database_->run(
        "UPDATE carried SET state = 2, refusal = ?, sealed = NULL, "
        "settled_day = ? WHERE id = ? AND state = 0",
        {std::int64_t{status}, std::string_view{day_of(clock_->calendar())}, id.bytes()}));
}

base::Result<void> Carried::postpone(crypto::Uuid const& id) {
    return changed(database_->run("UPDATE carried SET turn = turn + 1 WHERE id = ? AND state = 0",
                                  {id.bytes()}));
}

base::Result<std::optional<Carried::Return>> Carried::next_return(std::int64_t after) {
    std::optional<Return> found;
    auto read =
        database_->each("SELECT number, kiosk, bundle, receipt FROM carried "
                        "WHERE state = 1 AND returned = 0 AND number > ? "
                        "ORDER BY number LIMIT 1",
                        {after}, [&](Row const& row) {
                            found = {row.integer(0), row.text(1), row.integer(2), row.text(3)};
                        });
    if (!read) return failure(read.error());
    return found;
}

base::Result<void> Carried::returned(std::vector<std::int64_t> const& numbers) {
    return database_->transaction([&]() -> base::Result<void> {
        for (auto const number : numbers)
            if (auto marked = database_->run(
                    "UPDATE carried SET returned = 1 WHERE number = ? AND state = 1", {number});
                !marked)
                return failure(marked.error());
        return {};
    });
}

base::Result<int> Carried::purge() {
    auto const before = day_before(clock_->calendar(), Outbox::receipts_kept_days);
    return database_->run("DELETE FROM carried WHERE state <> 0 AND settled_day < ?",
                          {std::string_view{before}});
}

base::Result<CarriedCounts> Carried::counts() {
    CarriedCounts counts;
    auto read = database_->each(
        "SELECT coalesce(sum(state = 0), 0), coalesce(sum(state = 1 AND returned = 0), 0), "
        "coalesce(sum(state = 2), 0) FROM carried",
        {}, [&](Row const& row) {
            counts = {row.integer(0), row.integer(1), row.integer(2)};
        });
    if (!read) return failure(read.error());
    return counts;
}

}  // namespace spooler
