// The outbox of a kiosk on a disk whose power can be cut, and what it has promised so far.
#pragma once

#include "kiosk/spooler/storage.hpp"
#include "tests/fakes/disk/disk.hpp"
#include "tests/kiosk/spooler/fakes.hpp"

#include <functional>
#include <random>
#include <set>

namespace power_cuts {

struct Findings {
    std::int64_t cuts = 0;
    std::int64_t acknowledged = 0;  // promises made
    std::int64_t lost = 0;          // promises not kept
    std::int64_t doubled = 0;       // rows nobody recorded
    std::int64_t unopened = 0;      // files that did not open, or were found damaged

    Findings& operator+=(Findings const& other);
    bool clean() const { return lost == 0 && doubled == 0 && unopened == 0; }
};

class Life {
  public:
    enum class Safety : std::uint8_t {
        as_shipped,
        // The control: SQLite's setting that saves a sync for each commit.
        synchronous_normal,
    };

    explicit Life(unsigned seed, Safety safety = Safety::as_shipped);
    Life(Life const&) = delete;
    Life& operator=(Life const&) = delete;
    ~Life() = default;

    fake::Disk& disk() { return disk_; }
    std::mt19937& random() { return random_; }
    Findings& findings() { return findings_; }
    spooler::Storage& storage() { return *storage_; }
    spooler_test::TestClock& clock() { return clock_; }
    spooler_test::fs::path database() const { return data() / "outbox.db"; }
    spooler_test::fs::path data() const { return folder_ / "disk"; }

    bool is_open() const { return storage_ || bare_; }
    // Ready requests that somebody else wrote, the first of them receipted.
    void adopt(std::vector<spooler::SealedRequest> const& requests);

    // False when the power went, or the disk failed, before it was done.
    bool open();
    bool enqueue();
    bool offer();
    bool postpone();
    bool park();
    bool receipt(int most);
    bool receipt_at_any_price();  // may take the ballast
    bool withdraw();
    bool purge();
    bool checkpoint();
    bool start_session();
    bool session();  // begins one, and ends it
    bool day();      // opens it, and closes it
    bool background_work();

    // After a cut: power on, open, finish what goes on in the background, and compare with what was
    // promised. The storage is open then.
    void power_on_and_compare();
    // The same without the cut.
    void compare();
    // For a file that was damaged on purpose, from now on: what a salvage that nothing disturbs
    // brings back is promised, the rest is forgotten.
    void promise_what_is_readable();

    // Everything as it is, stored safely; the storage is closed.
    struct Snapshot;
    std::shared_ptr<Snapshot const> snapshot();
    void restore(Snapshot const& snapshot);

  private:
    using State = spooler::RequestState;
    // What a request may be found to be; nothing: not there.
    using Allowed = std::set<std::optional<State>>;

    void close();
    bool promised(base::Result<void> const& done, std::vector<crypto::Uuid> const& ids,
                  std::optional<State> state);
    std::vector<crypto::Uuid> some(State state, std::size_t most);
    template <class Work>
    auto work(Work const& work) {
        if (!bare_) return storage_->attempt_new([&] { return work(storage_->outbox()); });
        return work(*bare_outbox_);
    }
    void compare_rows();
    void compare_ledger();

    spooler_test::TestClock clock_;
    spooler_test::TemporaryFolder folder_;
    fake::Disk disk_;
    std::mt19937 random_;
    Safety safety_;
    std::optional<spooler::Storage> storage_;
    std::unique_ptr<spooler::Database> bare_;  // instead, for the control
    std::optional<spooler::Outbox> bare_outbox_;
    std::map<crypto::Uuid, Allowed> requests_;
    std::int64_t purged_ = 0;
    std::int64_t sessions_ = 0;   // started for certain
    std::int64_t session_ = 0;    // the last started
    std::set<std::string> days_;  // with sessions
    bool damaged_ = false;        // on purpose
    bool forgets_ = false;        // what is not found
    Findings findings_;
};

struct Life::Snapshot {
    fake::Image image;
    std::map<crypto::Uuid, Allowed> requests;
    std::int64_t purged;
    std::int64_t sessions;
    spooler::CalendarTime now;
};

}  // namespace power_cuts
