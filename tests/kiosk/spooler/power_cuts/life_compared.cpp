// What is found after a cut, beside what was promised before it.
#include "tests/kiosk/spooler/power_cuts/life.hpp"

#include <algorithm>

namespace power_cuts {

using namespace spooler;

void Life::power_on_and_compare() {
    ++findings_.cuts;
    close();
    disk_.power_on(random_);
    compare();
}

void Life::compare() {
    if (!open() || !background_work() ||
        (!damaged_ && std::filesystem::exists(data() / "quarantine"))) {
        ++findings_.unopened;
        close();
        disk_.load({});
        requests_.clear();
        purged_ = sessions_ = 0;
        open();
        return;
    }
    compare_rows();
    if (!bare_) compare_ledger();
}

void Life::compare_rows() {
    std::int64_t present = 0;
    for (auto request = requests_.begin(); request != requests_.end();) {
        auto& [id, allowed] = *request;
        auto const found = work([&, &wanted = id](Outbox& outbox) { return outbox.find(wanted); });
        if (!found || allowed.count(*found) == 0) {
            if (!forgets_) ++findings_.lost;
            request = requests_.erase(request);
            present += found && *found ? 1 : 0;
            continue;
        }
        if (!*found && allowed.size() > 1 && allowed.count(State::receipted) != 0) ++purged_;
        present += *found ? 1 : 0;
        if (!*found) {
            request = requests_.erase(request);
        } else {
            allowed = {*found};
            ++request;
        }
    }
    auto const balance = work([](Outbox& outbox) { return outbox.balance(); });
    auto const bodies = work([](Outbox& outbox) { return outbox.next(100000); });
    if (!balance || !bodies) {
        ++findings_.unopened;
        return;
    }
    findings_.doubled += std::max<std::int64_t>(0, balance->counts.all() - present);
    bool const counted = balance->purged == purged_;
    if (!balance->balanced() || !counted ||
        static_cast<std::int64_t>(bodies->size()) != balance->counts.ready)
        ++findings_.lost;
}

// A start may have been counted whose answer never came.
void Life::compare_ledger() {
    std::int64_t started = 0;
    for (auto const& day : days_) {
        auto const ledger = storage_->attempt_new([&] { return storage_->ledger().day(day); });
        if (!ledger || !ledger->balanced()) ++findings_.lost;
        if (ledger) started += ledger->started;
    }
    if (started < sessions_) ++findings_.lost;
    if (started > sessions_ + 1) ++findings_.doubled;
    sessions_ = started;
}

}  // namespace power_cuts
