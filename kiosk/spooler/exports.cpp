#include "kiosk/spooler/exports.hpp"

#include <algorithm>

namespace spooler {
namespace {

using base::Errc;
using base::failure;

std::optional<crypto::Sha256> hash_from(base::Bytes const& bytes) {
    crypto::Sha256 hash{};
    if (bytes.size() != hash.size()) return std::nullopt;
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

base::Error damaged() { return {Errc::storage_damaged, "a body no longer has its hash"}; }

}  // namespace

base::Result<std::optional<Exports::Parcel>> Exports::next(std::int64_t after, Wanted wanted) {
    std::optional<Parcel> parcel;
    bool offered = false;
    bool whole = true;
    auto read =
        database_->each("SELECT seq, id, sha256, sealed, offered FROM outbox "
                        "WHERE (state IN (0, 3) OR (state = 2 AND ?)) AND seq > ? "
                        "ORDER BY seq LIMIT 1",
                        {std::int64_t{wanted == Wanted::parked_too}, after}, [&](Row const& row) {
                            auto const id = crypto::Uuid::from(row.bytes(1));
                            auto const hash = hash_from(row.bytes(2));
                            parcel = {row.integer(0), id.value_or(crypto::Uuid{}), row.bytes(3)};
                            offered = row.integer(4) != 0;
                            whole = id && hash && crypto::sha256(parcel->sealed) == *hash;
                        });
    if (!read) return failure(read.error());
    if (!whole) return failure(damaged());
    if (!parcel || offered) return parcel;
    auto marked = database_->run("UPDATE outbox SET offered = 1 WHERE seq = ?", {parcel->seq});
    if (!marked) return failure(marked.error());
    return parcel;
}

base::Result<std::int64_t> Exports::next_number() {
    auto const counted = database_->run("INSERT INTO counter (name, value) VALUES ('bundles', 1) "
                                        "ON CONFLICT (name) DO UPDATE SET value = value + 1");
    if (!counted) return failure(counted.error());
    auto const number = database_->number("SELECT value FROM counter WHERE name = 'bundles'");
    if (!number) return failure(number.error());
    return number->value_or(1);
}

base::Result<std::optional<carry::Manifest>>
Exports::manifest(std::string const& kiosk, std::vector<crypto::Uuid> const& ids) {
    carry::Manifest manifest{kiosk, 0, day_of(clock_->calendar()), {}};
    bool whole = true;
    auto const list = [&](crypto::Uuid const& id) {
        // One that was receipted on line meanwhile has no body any more and is left out.
        return database_->each("SELECT kind, sha256, length(sealed) FROM outbox "
                               "WHERE id = ? AND state IN (0, 2, 3)",
                               {id.bytes()}, [&](Row const& row) {
                                   auto const hash = hash_from(row.bytes(1));
                                   whole = whole && hash;
                                   manifest.requests.push_back({id, row.text(0),
                                                                hash.value_or(crypto::Sha256{}),
                                                                row.integer(2)});
                               });
    };
    auto done = database_->transaction([&]() -> base::Result<void> {
        for (auto const& id : ids)
            if (auto read = list(id); !read) return read;
        if (!whole) return failure(damaged());
        if (manifest.requests.empty()) return {};
        auto const number = next_number();
        if (!number) return failure(number.error());
        manifest.bundle = *number;
        return {};
    });
    if (!done) return failure(done.error());
    if (manifest.requests.empty()) return std::nullopt;
    return manifest;
}

base::Result<int> Exports::exported(std::vector<crypto::Uuid> const& ids) {
    int changed = 0;
    auto done = database_->transaction([&]() -> base::Result<void> {
        changed = 0;
        for (auto const& id : ids) {
            auto const marked = database_->run(
                "UPDATE outbox SET state = 3 WHERE id = ? AND state = 0", {id.bytes()});
            if (!marked) return failure(marked.error());
            changed += *marked;
        }
        return {};
    });
    if (!done) return failure(done.error());
    return changed;
}

base::Result<std::optional<crypto::Sha256>> Exports::hash_of(crypto::Uuid const& id) {
    std::optional<crypto::Sha256> hash;
    auto read = database_->each("SELECT sha256 FROM outbox WHERE id = ?", {id.bytes()},
                                [&](Row const& row) { hash = hash_from(row.bytes(0)); });
    if (!read) return failure(read.error());
    return hash;
}

}  // namespace spooler
