// The queue of sealed creation requests. It cannot read what it keeps; it knows each request by its
// id and its hash, and nothing about a person but the day.
#pragma once

#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/uuid.hpp"
#include "kiosk/spooler/calendar.hpp"
#include "kiosk/spooler/database.hpp"

#include <map>
#include <set>
#include <vector>

namespace spooler {

// As stored. There is no "being sent": a power cut would leave it behind for ever.
enum class RequestState : std::uint8_t {
    ready = 0,
    receipted = 1,  // the receiver signed that it has it; the body is erased
    parked = 2,     // the receiver refused it: a person decides
    exported = 3,   // carried away on a stick, and still sent
    cancelled = 4,  // withdrawn; the body is erased
};

std::string_view name(RequestState state);

struct SealedRequest {
    crypto::Uuid id;
    std::string kind;    // "creation" or "withdrawal"
    base::Bytes key_id;  // which receiver's key it was sealed to
    crypto::Sha256 sha256;
    base::Bytes sealed;
};

struct Parcel {  // what goes to the receiver
    crypto::Uuid id;
    crypto::Sha256 sha256;
    base::Bytes sealed;
    bool offered;  // before: it may be there already
};

struct Receipted {
    crypto::Uuid id;
    std::string receipt;  // the signed text, kept as proof
};

struct Waiting {
    std::int64_t count;
    struct Oldest {
        std::string day;
        std::chrono::seconds age;
        bool exact;  // false: it came before this start, only its day is kept; it is at most this
                     // old
    };
    std::optional<Oldest> oldest;
};

// Rows of one day, or of all days, by state.
struct Counts {
    std::int64_t ready = 0, receipted = 0, parked = 0, exported = 0, cancelled = 0;
    std::int64_t all() const { return ready + receipted + parked + exported + cancelled; }
};

// Every request ever recorded here, and what became of it.
struct Balance {
    std::int64_t recorded = 0;  // the highest seq given
    Counts counts = {};
    std::int64_t purged = 0;   // receipted, and forgotten since
    std::int64_t damaged = 0;  // unreadable in a damaged file

    bool balanced() const { return recorded == counts.all() + purged + damaged; }
};

struct Withdrawal {
    enum class Result : std::uint8_t {
        cancelled,      // its body is erased, now or before; the receiver never had it
        may_have_left,  // it was sent, or may have been: only a withdrawal sent after it helps
        unknown,        // no request has this reference
    };
    Result result;
    std::optional<crypto::Uuid> id = std::nullopt;  // of the request that may have left
};

class Outbox {
  public:
    static constexpr std::size_t largest_body = 64 * 1024;
    static constexpr int receipts_kept_days = 90;

    // The tables are laid out. Both must outlive the outbox.
    Outbox(Database& database, Clock const& clock) : database_(&database), clock_(&clock) {}

    enum class Enqueued : std::uint8_t { now, before };

    // Durable when it returns. The same id with the same hash was recorded `before`, whatever
    // became of it; with another hash it is Errc::conflict.
    base::Result<Enqueued> enqueue(SealedRequest const& request);

    base::Result<std::optional<RequestState>> find(crypto::Uuid const& id);

    // The next to send: first those that never failed, then the oldest. A body that no longer has
    // its hash is Errc::storage_damaged.
    base::Result<std::vector<Parcel>> next(std::size_t most);

    // Notes that these may leave now. Before it returns they must not be handed to anybody.
    base::Result<void> offer(std::vector<Parcel> const& parcels);

    // These were offered for the first time, and certainly did not leave.
    base::Result<void> take_back(std::vector<crypto::Uuid> const& ids);

    // By the number the person took home.
    base::Result<Withdrawal> withdraw(std::string_view reference);

    // Keeps the receipts and erases the bodies, in one transaction.
    base::Result<void> receipted(std::vector<Receipted> const& receipts);

    // The receiver refused it with this HTTP status.
    base::Result<void> park(crypto::Uuid const& id, int status);

    // It failed by what may be its own fault: it goes behind the others, and stops none of them.
    base::Result<void> postpone(crypto::Uuid const& id);

    // Forgets what was receipted long ago; how many rows.
    base::Result<int> purge();

    base::Result<Waiting> waiting();
    base::Result<Counts> counts(std::optional<std::string_view> day = std::nullopt);
    base::Result<std::int64_t> receipted_on(std::string_view day);
    base::Result<std::int64_t> conflicts();  // parked because the receiver holds another body
    base::Result<Balance> balance();

    // After a salvage: what is missing in the balance was not readable.
    base::Result<void> settle_damage();

    // Reads some rows after `seq` against their hashes; the last one read, nothing at the end.
    base::Result<std::optional<std::int64_t>> verify_after(std::int64_t seq, int most);

  private:
    base::Result<void> add(SealedRequest const& request, std::int64_t& seq);
    base::Result<std::int64_t> counter(std::string_view name);
    base::Result<void> set_counter(std::string_view name, std::int64_t value);

    Database* database_;
    Clock const* clock_;
    std::map<std::int64_t, BootTime> came_;  // in this start only, by seq
};

}  // namespace spooler
