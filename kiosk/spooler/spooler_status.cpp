// What the spooler tells of itself.
#include "kiosk/spooler/spooler.hpp"

namespace spooler {

using base::failure;

Answer<Status> Spooler::status() {
    reap_sessions();
    judge_availability();
    Status status{};
    auto read = storage_.attempt([&]() -> base::Result<void> {
        auto& outbox = storage_.outbox();
        status.today = day_of(clock_->calendar());
        auto waiting = outbox.waiting();
        if (!waiting) return failure(waiting.error());
        auto const counts = outbox.counts();
        if (!counts) return failure(counts.error());
        auto const conflicts = outbox.conflicts();
        if (!conflicts) return failure(conflicts.error());
        auto const receipted = outbox.receipted_on(status.today);
        if (!receipted) return failure(receipted.error());
        auto const of_today = outbox.counts(std::string_view{status.today});
        if (!of_today) return failure(of_today.error());
        auto const ledger = storage_.ledger().day(status.today);
        if (!ledger) return failure(ledger.error());
        auto const balance = outbox.balance();
        if (!balance) return failure(balance.error());
        auto const dmp = storage_.outcomes().of_all_days();
        if (!dmp) return failure(dmp.error());
        auto const awaited = storage_.outcomes().awaited();
        if (!awaited) return failure(awaited.error());
        status.dmp = *dmp;
        status.outcomes_awaited = *awaited;
        auto const carried = storage_.carried().counts();
        if (!carried) return failure(carried.error());
        status.carried = *carried;
        status.balance = *balance;
        status.waiting = std::move(*waiting);
        status.counts = *counts;
        status.conflicts = *conflicts;
        status.receipted_today = *receipted;
        status.requests_of_today = *of_today;
        status.ledger = *ledger;
        return {};
    });
    if (!read) return tl::unexpected<Refused>(refused_for(read.error()));
    status.availability = availability();
    status.losses = storage_.losses();
    status.salvaging = storage_.salvaging();
    status.percent_used = storage_.percent_used();
    status.waiting_too_long = status.waiting.oldest && status.waiting.oldest->age >= warn_after_;
    status.uplink = pace_.state(!in_flight_.empty());
    status.last_success = pace_.last_success();
    status.next_try = pace_.wait();
    status.last_error = pace_.last_error();
    status.cause = pace_.cause();
    status.unproven = pace_.unproven();
    return status;
}

Answer<std::vector<Spooler::DayOfLedger>> Spooler::ledgers(int days) {
    reap_sessions();
    std::vector<DayOfLedger> all;
    auto read = storage_.attempt([&]() -> base::Result<void> {
        all.clear();
        for (int before = days - 1; before >= 0; --before) {
            auto day = day_before(clock_->calendar(), before);
            auto const ledger = storage_.ledger().day(day);
            if (!ledger) return failure(ledger.error());
            auto const dmp = storage_.outcomes().of(day);
            if (!dmp) return failure(dmp.error());
            all.push_back({std::move(day), *ledger, *dmp});
        }
        return {};
    });
    if (!read) return tl::unexpected<Refused>(refused_for(read.error()));
    return all;
}

}  // namespace spooler
