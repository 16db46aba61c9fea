// The spooler itself, without socket, thread or loop: what it answers, what it sends next, and what
// it does as time passes.
#pragma once

#include "kiosk/spooler/pace.hpp"
#include "kiosk/spooler/reference_guard.hpp"
#include "kiosk/spooler/settings.hpp"
#include "kiosk/spooler/storage.hpp"

#include <map>
#include <set>

namespace spooler {

// Why something asked for was not done; the words of the protocol.
enum class Refusal : std::uint8_t {
    bad_request,
    conflict,
    full,  // no room, or what waits has waited too long
    closed,
    unknown_author,
    refused,  // the caller may not
    wait,     // too many wrong references
    failed,
};

struct Refused {
    Refusal why;
    std::string detail;  // for staff and logs
};

Refused refused_for(base::Error const& error);

template <class T>
using Answer = tl::expected<T, Refused>;

struct Availability {
    enum class Reason : std::uint8_t { full, too_old, damaged };

    std::optional<Reason> reason;  // why nothing new is taken; nothing while it is
    std::optional<OpenDay> day;

    bool operator==(Availability const&) const = default;
};

struct Status {
    Availability availability;
    Waiting waiting;
    Counts counts;
    Balance balance;
    std::int64_t conflicts;
    std::int64_t receipted_today;
    SalvageReport losses;
    bool salvaging;
    int percent_used;
    bool waiting_too_long;  // the oldest is older than the warning limit
    UplinkState uplink;
    std::optional<CalendarTime> last_success;
    std::optional<BootTime> next_try;
    std::string last_error;
    std::optional<Cause> cause;
    std::int64_t unproven;
    std::string today;
    DayLedger ledger;
    Counts requests_of_today;
    DmpCounts dmp;  // of all days
    std::int64_t outcomes_awaited;
    CarriedCounts carried;
};

class Spooler {
  public:
    // `clock` must outlive it.
    static base::Result<Spooler> open(Settings const& settings, Clock const& clock,
                                      BackOff::Random random);

    // Returns after the commit. While a session runs it may still be recorded after the closing
    // hour.
    Answer<Outbox::Enqueued> enqueue(SealedRequest const& request);
    Answer<std::optional<RequestState>> find(crypto::Uuid const& id);

    // By the number the person took home, in capitals and without spaces.
    Answer<Withdrawal> withdraw(std::string_view reference);

    // `process`: who shows it; when that process is gone its sessions were interrupted.
    Answer<std::int64_t> session_started(pid_t process);
    Answer<void> session_ended(std::int64_t session, Outcome outcome);

    Answer<OpenDay> open_day(std::string_view author);
    Answer<void> close_day();
    void retry_now() { pace_.retry_now(); }

    Answer<Status> status();
    // Of the last so many days, today's last.
    struct DayOfLedger {
        std::string day;
        DayLedger ledger;
        DmpCounts dmp;
    };
    Answer<std::vector<DayOfLedger>> ledgers(int days);
    // Carrying by hand (spooler_carry.cpp). Pieces of what waits, the manifest over the pieces, and
    // the note that a bundle of them is whole.
    std::string const& kiosk() const { return kiosk_; }
    Answer<std::optional<Exports::Parcel>>
    export_next(std::int64_t after, Exports::Wanted wanted = Exports::Wanted::waiting);
    struct SignedBundle {
        std::int64_t number;
        std::size_t requests;
        std::string manifest;
    };
    Answer<std::optional<SignedBundle>> export_sign(std::vector<crypto::Uuid> const& ids);
    Answer<void> export_done(std::vector<crypto::Uuid> const& ids);
    struct ReceiptsImported {
        std::size_t settled = 0;
        std::size_t before = 0;   // no longer waiting for one
        std::size_t unknown = 0;  // of no request of this kiosk
        std::size_t refused = 0;  // not signed by the receiver, or for another body
    };
    Answer<ReceiptsImported> import_receipts(std::vector<std::string> const& receipts);
    // Of another kiosk, to be sent from here: the manifest first, which is valid until the next.
    Answer<carry::Manifest const*> import_bundle(std::string_view signed_manifest);
    Answer<Carried::Taken> import_request(std::string_view kiosk, std::int64_t bundle,
                                          crypto::Uuid const& id, base::ByteView sealed);
    Answer<std::optional<Carried::Return>> returns_next(std::int64_t after);
    Answer<void> returns_done(std::vector<std::int64_t> const& numbers);

    Availability availability() const { return {reason_, storage_.day_open()}; }

    // What to hand to the uplink now; each must come back in note().
    std::vector<Parcel> to_send();
    void note(std::vector<Delivery> const& deliveries);

    // After which position to ask the receiver for outcomes now; the answer must come back in
    // note(), which tells from where to ask on at once.
    std::optional<std::int64_t> outcomes_to_ask();
    std::optional<std::int64_t> note(base::Result<OutcomePage> const& page);

    // Does what is due; call it after every wake-up.
    void tick();
    // When tick() has something to do again.
    BootTime until_next_tick() const;

    bool has_background_work() const { return storage_.has_background_work(); }
    void background_step() { storage_.background_step(); }

    // Before the end.
    void finish() { storage_.checkpoint(); }

  private:
    Spooler(Settings const& settings, Clock const& clock, BackOff::Random random, Storage storage)
        : authors_(settings.authors), warn_after_(settings.warn_after),
          refuse_after_days_(settings.refuse_after_days), kiosk_(settings.kiosk),
          signer_(settings.signer), receipts_(settings.receipts), carriers_(settings.carriers),
          clock_(&clock), storage_(std::move(storage)), pace_(clock, std::move(random)),
          references_(clock), rounds_(clock.since_boot()) {}

    void housekeeping();
    bool is_too_old(Waiting::Oldest const& oldest) const;
    void judge_availability();
    std::optional<Refused> refusal_of_new(SealedRequest const& request) const;
    void reap_sessions();
    void wrote();
    void add_carried(std::vector<Parcel>& parcels, std::size_t most);
    base::Result<void> settle_carried(Delivery const& delivery);

    std::vector<config::Author> authors_;
    std::chrono::hours warn_after_;
    int refuse_after_days_;
    std::string kiosk_;
    carry::Signer signer_;
    ReceiptVerifier receipts_;
    std::optional<crypto::ClientAuthority> carriers_;
    Clock const* clock_;
    Storage storage_;
    Pace pace_;
    ReferenceGuard references_;
    OutcomeRounds rounds_;
    std::optional<Availability::Reason> reason_;
    bool too_old_ = false;                      // as of the last housekeeping
    bool write_was_full_ = false;               // since then
    std::map<crypto::Uuid, bool> in_flight_;    // whether it may have left before
    std::set<crypto::Uuid> carried_in_flight_;  // those of them that are of other kiosks
    std::optional<carry::Manifest> bundle_;     // the one being imported
    std::map<std::int64_t, pid_t> sessions_;    // running ones
    std::optional<BootTime> checkpoint_at_;
    BootTime housekeeping_at_{};
    std::string purged_on_;
};

}  // namespace spooler
