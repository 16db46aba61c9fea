#include "kiosk/spooler/opening.hpp"

namespace spooler {
namespace {

using base::failure;

// From one closing hour to the next, with the hour that autumn adds.
constexpr std::chrono::hours longest_day{25};

CalendarTime from_seconds(std::int64_t seconds) {
    return CalendarTime{std::chrono::seconds{seconds}};
}

}  // namespace

base::Result<Opening> Opening::open(Database& database, Clock const& clock, ClosingHour closing) {
    Opening opening{database, clock, closing};
    auto read =
        database.each("SELECT author, opened_at, closes_at FROM opening", {}, [&](Row const& row) {
            opening.day_ =
                OpenDay{row.text(0), from_seconds(row.integer(1)), from_seconds(row.integer(2))};
        });
    if (!read) return failure(read.error());
    return opening;
}

base::Result<OpenDay> Opening::begin(std::string_view author) {
    auto const now = clock_->calendar();
    OpenDay const day{std::string{author}, now, closing_.next_after(now)};
    auto kept = database_->run(
        "INSERT OR REPLACE INTO opening (one, author, opened_at, closes_at) VALUES (1, ?, ?, ?)",
        {std::string_view{day.author}, std::int64_t{day.opened_at.time_since_epoch().count()},
         std::int64_t{day.closes_at.time_since_epoch().count()}});
    if (!kept) return failure(kept.error());
    day_ = day;
    return day;
}

base::Result<void> Opening::end() {
    if (auto removed = database_->run("DELETE FROM opening"); !removed)
        return failure(removed.error());
    day_.reset();
    return {};
}

std::optional<OpenDay> Opening::current() const {
    if (!day_) return std::nullopt;
    auto const left = day_->closes_at - clock_->calendar();
    // With more left than a day has it was opened under another calendar, and nobody knows for how
    // long it was meant.
    if (left <= std::chrono::seconds::zero() || left > longest_day) return std::nullopt;
    return day_;
}

base::Result<bool> Opening::end_if_due() {
    if (!day_ || current()) return false;
    if (auto ended = end(); !ended) return failure(ended.error());
    return true;
}

}  // namespace spooler
