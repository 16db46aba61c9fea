// The outbox file with all it holds, healthy or not: opens it, checks it, sets it aside when it is
// damaged, and gives up the ballast when the disk is full. The only opener of the file.
#pragma once

#include "kiosk/spooler/carried.hpp"
#include "kiosk/spooler/exports.hpp"
#include "kiosk/spooler/ledger.hpp"
#include "kiosk/spooler/opening.hpp"
#include "kiosk/spooler/outbox.hpp"
#include "kiosk/spooler/outcomes.hpp"
#include "kiosk/spooler/room.hpp"
#include "kiosk/spooler/salvage.hpp"

namespace spooler {

class Storage {
  public:
    // The folder becomes 0700 of ours. A small file is checked whole before anybody is served, a
    // large one in the background. Sessions that a former run left open become interrupted, on a
    // full disk as soon as there is room.
    static base::Result<Storage> open(std::filesystem::path const& folder, RoomLimits limits,
                                      Clock const& clock, ClosingHour closing);

    Storage(Storage&&) noexcept = default;
    Storage& operator=(Storage&&) noexcept = default;
    ~Storage() = default;

    // Only inside attempt() and attempt_new(), and asked for anew each time.
    Outbox& outbox() { return contents_->outbox; }
    Ledger& ledger() { return contents_->ledger; }
    Opening& opening() { return contents_->opening; }
    Outcomes& outcomes() { return contents_->outcomes; }
    Exports& exports() { return contents_->exports; }
    Carried& carried() { return contents_->carried; }

    // Runs what must not fail: sets a damaged file aside, gives up the ballast on a full disk, and
    // tries once more.
    template <class Work>
    auto attempt(Work const& work) -> decltype(work()) {
        return attempt(work, Ballast::may_go);
    }

    // The same for what may be refused: the ballast stays for those that free space.
    template <class Work>
    auto attempt_new(Work const& work) -> decltype(work()) {
        return attempt(work, Ballast::stays);
    }

    std::optional<OpenDay> day_open() const;

    // Not from the first attempt that failed to the housekeeping that could write again.
    bool healthy() const { return healthy_; }
    bool has_room();
    int percent_used();

    // Now and then: tries storage that failed, brings the ballast back, goes on with blocked work.
    void housekeeping();

    // Salvage of set-aside files and reading all rows against their hashes, a few rows at a time.
    bool has_background_work() const { return !blocked_ && (salvaging() || verifying_); }
    void background_step();

    // While true, an unknown id may still be among the rows to come.
    bool salvaging() const { return !salvages_.empty(); }
    SalvageReport const& losses() const { return losses_; }

    // Empties the write-ahead log, so that erased bodies are nowhere.
    void checkpoint();

  private:
    enum class Ballast : std::uint8_t { stays, may_go };
    struct Contents {
        std::unique_ptr<Database> database;  // where the others find it
        Outbox outbox;
        Ledger ledger;
        Opening opening;
        Outcomes outcomes;
        Exports exports;
        Carried carried;
    };

    Storage(std::filesystem::path folder, Room room, Clock const& clock, ClosingHour closing)
        : folder_(std::move(folder)), room_(std::move(room)), clock_(&clock), closing_(closing) {}

    template <class Work>
    auto attempt(Work const& work, Ballast ballast) -> decltype(work()) {
        if (auto opened = ensure_open(); !opened) return base::failure(opened.error());
        auto result = work();
        if (!result && remedied(result.error(), ballast)) result = work();
        if (!result) note(result.error());
        return result;
    }

    base::Result<void> ensure_open();
    base::Result<void> set_damaged_aside(base::Error const& damage);
    base::Result<Contents> open_contents() const;
    base::Result<void> start_salvages();
    base::Result<void> interrupt_left_open();
    bool remedied(base::Error const& error, Ballast ballast);
    void note(base::Error const& error);
    base::Result<bool> go_on_salvaging();
    void read_losses();

    std::filesystem::path folder_;
    Room room_;
    Clock const* clock_;
    ClosingHour closing_;
    std::optional<Contents> contents_;  // nothing only while a damaged file cannot be replaced
    std::vector<Salvage> salvages_;
    SalvageReport losses_;
    std::int64_t left_open_ = 0;  // the highest session of a former run that is not yet counted
    std::int64_t verified_ = 0;
    bool verifying_ = true;
    bool blocked_ = false;
    bool healthy_ = true;
};

}  // namespace spooler
