#include "kiosk/spooler/outbox.hpp"

#include "kiosk/crypto/reference_number.hpp"

#include <algorithm>

namespace spooler {
namespace {

using base::Errc;
using base::failure;

crypto::Sha256 hash_from(base::Bytes const& bytes) {
    crypto::Sha256 hash{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
    return hash;
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

base::Result<Outbox::Enqueued> Outbox::enqueue(SealedRequest const& request) {
    std::optional<bool> same;
    auto known = database_->each("SELECT sha256 = ? FROM outbox WHERE id = ?",
                                 {base::ByteView{request.sha256}, request.id.bytes()},
                                 [&](Row const& row) { same = row.integer(0) != 0; });
    if (!known) return failure(known.error());
    if (same && !*same) return failure(Errc::conflict, "another body was recorded under this id");
    if (same) return Enqueued::before;

    std::int64_t seq = 0;
    auto added = database_->transaction([&] { return add(request, seq); });
    if (!added) return failure(added.error());
    came_.insert_or_assign(seq, clock_->since_boot());
    return Enqueued::now;
}

// A seq is given once, also after the row that had it was purged or lost. The highest is kept in
// another place of the file too: where the rows can no longer be read, their number still can.
base::Result<void> Outbox::add(SealedRequest const& request, std::int64_t& seq) {
    auto const highest = database_->number("SELECT max(seq) FROM outbox");
    if (!highest) return failure(highest.error());
    auto const recorded = counter("recorded");
    if (!recorded) return failure(recorded.error());
    seq = 1 + std::max(*recorded, highest->value_or(0));
    auto added = database_->run("INSERT INTO outbox (seq, id, kind, state, key_id, sha256, day, "
                                "sealed, offered) VALUES (?, ?, ?, 0, ?, ?, ?, ?, 0)",
                                {seq, request.id.bytes(), std::string_view{request.kind},
                                 base::ByteView{request.key_id}, base::ByteView{request.sha256},
                                 std::string_view{day_of(clock_->calendar())},
                                 base::ByteView{request.sealed}});
    if (!added) return failure(added.error());
    return set_counter("recorded", seq);
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
    auto read = database_->each(
        "SELECT id, sha256, sealed, offered FROM outbox "
        "WHERE state IN (0, 3) ORDER BY next_due, day, seq LIMIT ?",
        {static_cast<std::int64_t>(most)}, [&](Row const& row) {
            auto const id = crypto::Uuid::from(row.bytes(0));
            auto const hash = hash_from(row.bytes(1));
            auto sealed = row.bytes(2);
            if (id && crypto::sha256(sealed) == hash)
                parcels.push_back({*id, hash, std::move(sealed), row.integer(3) != 0});
            else
                damaged = true;
        });
    if (!read) return failure(read.error());
    if (damaged) return failure(Errc::storage_damaged, "a body no longer has its hash");
    return parcels;
}

base::Result<void> Outbox::offer(std::vector<Parcel> const& parcels) {
    if (std::ranges::all_of(parcels, &Parcel::offered)) return {};
    return database_->transaction([&]() -> base::Result<void> {
        for (auto const& parcel : parcels) {
            auto const marked = database_->run(
                "UPDATE outbox SET offered = 1 WHERE id = ? AND offered = 0", {parcel.id.bytes()});
            if (!marked) return failure(marked.error());
        }
        return {};
    });
}

base::Result<void> Outbox::take_back(std::vector<crypto::Uuid> const& ids) {
    return database_->transaction([&]() -> base::Result<void> {
        for (auto const& id : ids)
            if (auto done = database_->run(
                    "UPDATE outbox SET offered = 0 WHERE id = ? AND state = 0", {id.bytes()});
                !done)
                return failure(done.error());
        return {};
    });
}

base::Result<Withdrawal> Outbox::withdraw(std::string_view reference) {
    std::optional<crypto::Uuid> id;
    // The reference is a hash of the id and is not stored: whoever has the file finds it no faster.
    auto read = database_->each("SELECT id FROM outbox", {}, [&](Row const& row) {
        auto const one = crypto::Uuid::from(row.bytes(0));
        if (one && crypto::reference_number(*one) == reference) id = *one;
    });
    if (!read) return failure(read.error());
    if (!id) return Withdrawal{Withdrawal::Result::unknown};
    auto const state = find(*id);
    if (!state) return failure(state.error());
    if (*state == RequestState::cancelled) return Withdrawal{Withdrawal::Result::cancelled};
    auto const cancelled =
        database_->run("UPDATE outbox SET state = 4, sealed = NULL, settled_day = ? "
                       "WHERE id = ? AND state = 0 AND offered = 0",
                       {std::string_view{day_of(clock_->calendar())}, id->bytes()});
    if (!cancelled) return failure(cancelled.error());
    if (*cancelled == 0) return Withdrawal{Withdrawal::Result::may_have_left, *id};
    return Withdrawal{Withdrawal::Result::cancelled};
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
