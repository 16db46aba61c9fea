#include "kiosk/spooler/storage.hpp"

#include "drivers/base/files.hpp"
#include "kiosk/spooler/schema.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
namespace fs = std::filesystem;

constexpr auto file_name = "outbox.db";
// A whole check of 64 MB takes about a second from a cold disk; of 465 MB, eight.
constexpr std::uintmax_t checked_at_once = 64 * 1000 * 1000;
constexpr int rows_at_once = 64;

std::uintmax_t size_of(fs::path const& path) {
    std::error_code code;
    auto const size = fs::file_size(path, code);
    return code ? 0 : size;
}

}  // namespace

base::Result<Storage> Storage::open(fs::path const& folder, RoomLimits limits, Clock const& clock,
                                    ClosingHour closing) {
    if (auto made = base::private_folder(folder); !made) return failure(made.error());
    // SQLite calls a disk that can only be read an I/O error.
    if (::access(folder.c_str(), W_OK) != 0)
        return failure(base::system_error(folder.native(), Errc::storage_failed));
    Storage storage{folder, Room::open(folder, limits), clock, closing};
    if (auto opened = storage.ensure_open(); !opened) return failure(opened.error());
    auto const last = storage.attempt([&] { return storage.ledger().last_running(); });
    if (!last) return failure(last.error());
    storage.left_open_ = *last;
    auto const interrupted = storage.interrupt_left_open();
    if (!interrupted && interrupted.error().code != Errc::storage_full)
        return failure(interrupted.error());
    return storage;
}

base::Result<void> Storage::interrupt_left_open() {
    if (left_open_ == 0) return {};
    auto done = attempt([&] { return contents_->ledger.interrupt_up_to(left_open_); });
    if (done) left_open_ = 0;
    return done;
}

base::Result<Storage::Contents> Storage::open_contents() const {
    auto const path = folder_ / file_name;
    auto const small = size_of(path) + size_of(path.native() + "-wal") < checked_at_once;
    auto database = Database::open(path, room_.most_pages());
    if (!database) return failure(database.error());
    auto kept = std::make_unique<Database>(std::move(*database));
    if (small)
        if (auto checked = kept->quick_check(); !checked) return failure(checked.error());
    if (auto laid = lay_out(*kept); !laid) return failure(laid.error());
    auto opening = Opening::open(*kept, *clock_, closing_);
    if (!opening) return failure(opening.error());
    Outbox outbox{*kept, *clock_};
    Ledger const ledger{*kept, *clock_};
    Outcomes const outcomes{*kept};
    Exports const exports{*kept, *clock_};
    Carried const carried{*kept, *clock_};
    return Contents{std::move(kept), std::move(outbox), ledger, std::move(*opening),
                    outcomes,        exports,           carried};
}

base::Result<void> Storage::ensure_open() {
    if (contents_) return {};
    auto contents = open_contents();
    if (!contents && contents.error().code == Errc::storage_damaged) {
        if (auto aside = set_damaged_aside(contents.error()); !aside) return failure(aside.error());
        contents = open_contents();
    }
    if (!contents && contents.error().code == Errc::storage_full) {
        room_.drop_ballast();
        contents = open_contents();
    }
    if (!contents) return failure(contents.error());
    contents_ = std::move(*contents);
    verified_ = 0;
    verifying_ = true;
    return start_salvages();
}

base::Result<void> Storage::set_damaged_aside(base::Error const& damage) {
    spdlog::error("the outbox is damaged and is set aside ({})", damage.detail);
    auto aside = set_aside(folder_, file_name);
    if (!aside && room_.has_ballast()) {
        spdlog::warn("{}: the ballast is given up", describe(aside.error()));
        room_.drop_ballast();
        aside = set_aside(folder_, file_name);
    }
    if (!aside) return failure(aside.error());
    return {};
}

base::Result<void> Storage::start_salvages() {
    auto const quarantine = Quarantine::read(folder_);
    salvages_.clear();
    for (auto const& unfinished : quarantine.unfinished) {
        salvages_.push_back(Salvage::open(unfinished, file_name, room_.most_pages()));
        auto carried = salvages_.back().carry_over_the_day(*contents_->database);
        if (!carried) return carried;
    }
    read_losses();
    if (salvages_.empty()) return {};
    auto opening = Opening::open(*contents_->database, *clock_, closing_);
    if (!opening) return failure(opening.error());
    contents_->opening = std::move(*opening);
    return {};
}

bool Storage::remedied(base::Error const& error, Ballast ballast) {
    if (error.code == Errc::storage_full && ballast == Ballast::may_go && room_.has_ballast()) {
        spdlog::warn("the disk is full: the ballast is given up");
        room_.drop_ballast();
        return true;
    }
    if (error.code != Errc::storage_damaged) return false;
    contents_.reset();
    if (auto aside = set_damaged_aside(error); !aside) {
        spdlog::error("{}", describe(aside.error()));
        return false;
    }
    auto opened = ensure_open();
    if (!opened) spdlog::error("{}", describe(opened.error()));
    return opened.has_value();
}

void Storage::note(base::Error const& error) {
    bool const storage = error.code == Errc::storage_damaged || error.code == Errc::storage_failed;
    if (storage && healthy_) spdlog::error("{}", describe(error));
    if (storage) healthy_ = false;
}

std::optional<OpenDay> Storage::day_open() const {
    return contents_ ? contents_->opening.current() : std::nullopt;
}

bool Storage::has_room() {
    auto const used = attempt([&] { return contents_->database->pages_used(); });
    return used && room_.for_one_more(*used);
}

int Storage::percent_used() {
    auto const used = attempt([&] { return contents_->database->pages_used(); });
    return used ? room_.percent_used(*used) : 100;
}

void Storage::housekeeping() {
    blocked_ = false;
    room_.restore_ballast();
    static_cast<void>(interrupt_left_open());
    if (healthy_) return;
    // A write that changes nothing.
    healthy_ =
        attempt([&] { return contents_->database->run("PRAGMA user_version=1"); }).has_value();
}

void Storage::background_step() {
    if (salvaging()) {
        auto const finished = attempt_new([&] { return go_on_salvaging(); });
        if (!finished) {
            blocked_ = true;
        } else if (*finished) {
            salvages_.pop_back();
            read_losses();
            spdlog::warn("the damaged outbox was read: at most {} requests lost in all{}",
                         losses_.lost, losses_.countable ? "" : ", and some nobody could count");
        }
    } else if (verifying_) {
        auto const last =
            attempt([&] { return contents_->outbox.verify_after(verified_, rows_at_once); });
        // After damage the fresh file is verified from its beginning, once all is carried over.
        if (last && *last)
            verified_ = **last;
        else if (last)
            verifying_ = false;
        else
            blocked_ = true;
    }
}

// True when the last of the salvages is done. Begins anew each time: new damage changes which it
// is.
base::Result<bool> Storage::go_on_salvaging() {
    auto& salvage = salvages_.back();
    if (auto read = salvage.step(*contents_->database, rows_at_once); !read)
        return failure(read.error());
    if (!salvage.done()) return false;
    // First the balance knows what is missing; a cut between the two does both again.
    if (auto settled = contents_->outbox.settle_damage(); !settled) return failure(settled.error());
    if (auto reported = salvage.finish(); !reported) return failure(reported.error());
    return true;
}

void Storage::read_losses() {
    losses_ = {};
    for (auto const& report : Quarantine::read(folder_).reports) {
        losses_.restored += report.restored;
        losses_.lost += report.lost;
        losses_.countable = losses_.countable && report.countable;
    }
}

void Storage::checkpoint() {
    if (size_of((folder_ / file_name).native() + "-wal") == 0) return;
    static_cast<void>(attempt([&] { return contents_->database->checkpoint(); }));
}

}  // namespace spooler
