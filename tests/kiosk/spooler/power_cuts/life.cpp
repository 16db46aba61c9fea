#include "tests/kiosk/spooler/power_cuts/life.hpp"

#include "kiosk/crypto/reference_number.hpp"
#include "kiosk/spooler/schema.hpp"

#include <algorithm>

namespace power_cuts {

using namespace spooler;
using base::failure;
using spooler_test::local_time;

namespace {

constexpr RoomLimits room{64, 0, 1};
auto const closing = ClosingHour::parse("19:00").value();

std::filesystem::path made(std::filesystem::path const& folder) {
    std::filesystem::create_directory(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    return folder;
}

std::vector<Receipted> receipts_for(std::vector<crypto::Uuid> const& ids) {
    std::vector<Receipted> receipts;
    for (auto const& id : ids)
        receipts.push_back({id, std::string(500, 'r')});
    return receipts;
}

}  // namespace

Findings& Findings::operator+=(Findings const& other) {
    cuts += other.cuts;
    acknowledged += other.acknowledged;
    lost += other.lost;
    doubled += other.doubled;
    unopened += other.unopened;
    return *this;
}

Life::Life(unsigned seed, Safety safety)
    : disk_(made(folder_ / "disk")), random_(seed), safety_(safety) {
    disk_.load({});
}

void Life::close() {
    storage_.reset();
    bare_outbox_.reset();
    bare_.reset();
}

bool Life::open() {
    close();
    if (safety_ == Safety::as_shipped) {
        auto opened = Storage::open(data(), room, clock_, closing);
        if (!opened) return false;
        storage_ = std::move(*opened);
        return true;
    }
    auto opened = Database::open(database(), 16384);
    if (!opened || !opened->run("PRAGMA synchronous=NORMAL") || !opened->quick_check() ||
        !lay_out(*opened))
        return false;
    bare_ = std::make_unique<Database>(std::move(*opened));
    bare_outbox_.emplace(*bare_, clock_);
    return true;
}

// Records a promise, or that it was not made.
bool Life::promised(base::Result<void> const& done, std::vector<crypto::Uuid> const& ids,
                    std::optional<State> state) {
    for (auto const& id : ids) {
        auto& allowed = requests_[id];
        if (done)
            allowed = {state};
        else if (allowed.empty())
            allowed = {std::nullopt, state};
        else
            allowed.insert(state);
    }
    if (done) findings_.acknowledged += static_cast<std::int64_t>(ids.size());
    return done.has_value();
}

std::vector<crypto::Uuid> Life::some(State state, std::size_t most) {
    std::vector<crypto::Uuid> ids;
    for (auto const& [id, allowed] : requests_)
        if (allowed.size() == 1 && *allowed.begin() == state) ids.push_back(id);
    std::shuffle(ids.begin(), ids.end(), random_);
    if (ids.size() > most) ids.resize(most);
    return ids;
}

void Life::adopt(std::vector<SealedRequest> const& requests) {
    for (auto const& request : requests)
        requests_[request.id] = {State::ready};
    requests_[requests.front().id] = {State::receipted};
    days_.insert(day_of(clock_.calendar()));
    sessions_ = 1;
}

bool Life::enqueue() {
    auto const request = spooler_test::sealed_request(200 + random_() % 12000);
    auto const done = work([&](Outbox& outbox) -> base::Result<void> {
        if (auto enqueued = outbox.enqueue(request); !enqueued) return failure(enqueued.error());
        return {};
    });
    return promised(done, {request.id}, State::ready);
}

bool Life::offer() {
    return work([&](Outbox& outbox) -> base::Result<void> {
               auto parcels = outbox.next(4);
               if (!parcels) return failure(parcels.error());
               return outbox.offer(*parcels);
           })
        .has_value();
}

bool Life::postpone() {
    auto const ids = some(State::ready, 1);
    if (ids.empty()) return true;
    return promised(work([&](Outbox& outbox) { return outbox.postpone(ids[0]); }), ids,
                    State::ready);
}

bool Life::park() {
    auto const ids = some(State::ready, 1);
    if (ids.empty()) return true;
    return promised(work([&](Outbox& outbox) { return outbox.park(ids[0], 422); }), ids,
                    State::parked);
}

bool Life::receipt(int most) {
    auto const ids = some(State::ready, static_cast<std::size_t>(most));
    auto const receipts = receipts_for(ids);
    return promised(work([&](Outbox& outbox) { return outbox.receipted(receipts); }), ids,
                    State::receipted);
}

bool Life::receipt_at_any_price() {
    auto const ids = some(State::ready, 3);
    auto const receipts = receipts_for(ids);
    auto const done = storage_->attempt([&] { return storage_->outbox().receipted(receipts); });
    storage_->housekeeping();
    return promised(done, ids, State::receipted);
}

bool Life::withdraw() {
    auto const ids = some(State::ready, 1);
    if (ids.empty()) return true;
    std::optional<Withdrawal> answer;
    auto const done = work([&](Outbox& outbox) -> base::Result<void> {
        auto withdrawn = outbox.withdraw(crypto::reference_number(ids[0]));
        if (!withdrawn) return failure(withdrawn.error());
        answer = *withdrawn;
        return {};
    });
    bool const stays = answer && answer->result == Withdrawal::Result::may_have_left;
    return promised(done, ids, stays ? State::ready : State::cancelled);
}

bool Life::purge() {
    clock_.set_calendar(clock_.calendar() + std::chrono::hours{24 * 100});
    auto const ids = some(State::receipted, requests_.size());
    auto const done = work([&](Outbox& outbox) -> base::Result<void> {
        if (auto purged = outbox.purge(); !purged) return failure(purged.error());
        return {};
    });
    if (done) purged_ += static_cast<std::int64_t>(ids.size());
    return promised(done, ids, std::nullopt);
}

bool Life::checkpoint() {
    if (bare_) return bare_->checkpoint().has_value();
    storage_->checkpoint();
    return !disk_.is_cut();
}

bool Life::start_session() {
    days_.insert(day_of(clock_.calendar()));
    auto const number = storage_->attempt_new([&] { return storage_->ledger().started(); });
    if (!number) return false;
    ++sessions_;
    session_ = *number;
    return true;
}

bool Life::session() {
    if (bare_) return true;
    if (!start_session()) return false;
    auto const outcome = outcomes[random_() % (outcomes.size() - 1)];
    return storage_->attempt_new([&] { return storage_->ledger().ended(session_, outcome); })
        .has_value();
}

bool Life::day() {
    if (bare_) return true;
    return storage_->attempt_new([&] { return storage_->opening().begin("A1"); }).has_value() &&
           storage_->attempt_new([&] { return storage_->opening().end(); }).has_value();
}

bool Life::background_work() {
    if (bare_) return true;
    for (int i = 0; i < 10000 && storage_->has_background_work(); ++i) {
        storage_->background_step();
        if (disk_.is_cut()) return false;
    }
    return !storage_->has_background_work();
}

void Life::promise_what_is_readable() {
    damaged_ = forgets_ = true;
    compare();
    forgets_ = false;
}

std::shared_ptr<Life::Snapshot const> Life::snapshot() {
    close();
    return std::make_shared<Snapshot const>(
        Snapshot{disk_.image(), requests_, purged_, sessions_, clock_.calendar()});
}

void Life::restore(Snapshot const& snapshot) {
    close();
    disk_.load(snapshot.image);
    requests_ = snapshot.requests;
    purged_ = snapshot.purged;
    sessions_ = snapshot.sessions;
    clock_.set_calendar(snapshot.now);
}

}  // namespace power_cuts
