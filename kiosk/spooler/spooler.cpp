#include "kiosk/spooler/spooler.hpp"

#include "kiosk/crypto/reference_number.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using namespace std::chrono_literals;

constexpr std::size_t batch_size = 32;
constexpr BootTime idle_before_checkpoint = 2s;
constexpr BootTime between_housekeeping = 60s;
constexpr BootTime between_housekeeping_in_need = 5s;

tl::unexpected<Refused> refuse(Refused refused) {
    return tl::unexpected<Refused>(std::move(refused));
}

template <class T>
Answer<T> answer(base::Result<T> result) {
    if (!result) return refuse(refused_for(result.error()));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(*result);
}

}  // namespace

Refused refused_for(base::Error const& error) {
    if (error.code == Errc::conflict) return {Refusal::conflict, error.detail};
    if (error.code == Errc::storage_full) return {Refusal::full, error.detail};
    return {Refusal::failed, describe(error)};
}

base::Result<Spooler> Spooler::open(Settings const& settings, Clock const& clock,
                                    BackOff::Random random) {
    auto storage = Storage::open(settings.data, settings.room, clock, settings.closing);
    if (!storage) return failure(storage.error());
    Spooler spooler{settings, clock, std::move(random), std::move(*storage)};
    auto const day = spooler.storage_.day_open();
    if (day && !config::find_author(spooler.authors_, day->author)) {
        spdlog::warn("the day was opened by somebody who is no longer in the list: closed");
        if (auto closed = spooler.close_day(); !closed)
            return failure(Errc::storage_failed, closed.error().detail);
    }
    spooler.housekeeping();
    return spooler;
}

Answer<Outbox::Enqueued> Spooler::enqueue(SealedRequest const& request) {
    reap_sessions();
    judge_availability();
    if (auto const refusal = refusal_of_new(request)) {
        // Who asks again for what is recorded is told so, whatever has happened since.
        auto const known = find(request.id);
        if (!known || !*known) return refuse(*refusal);
    }
    auto enqueued = storage_.attempt_new([&] { return storage_.outbox().enqueue(request); });
    wrote();
    if (!enqueued && enqueued.error().code == Errc::storage_full) write_was_full_ = true;
    judge_availability();
    return answer(std::move(enqueued));
}

// A withdrawal needs no open day, and does not wait for what has waited too long.
std::optional<Refused> Spooler::refusal_of_new(SealedRequest const& request) const {
    using Reason = Availability::Reason;
    bool const taken_anyway = !sessions_.empty() || request.kind == "withdrawal";
    if (reason_) {
        switch (*reason_) {
        case Reason::full: return Refused{Refusal::full, "no room for another request"};
        case Reason::damaged: break;  // trying to write is how we learn that it works again
        case Reason::too_old:
            if (!taken_anyway) return Refused{Refusal::full, "what waits has waited too long"};
            break;
        }
    }
    if (!taken_anyway && !storage_.day_open())
        return Refused{Refusal::closed, "nobody has opened the day"};
    return std::nullopt;
}

Answer<std::optional<RequestState>> Spooler::find(crypto::Uuid const& id) {
    auto state = storage_.attempt([&] { return storage_.outbox().find(id); });
    if (state && !*state && storage_.salvaging())
        return refuse({Refusal::failed, "the outbox is being restored: ask again"});
    return answer(std::move(state));
}

Answer<std::int64_t> Spooler::session_started(pid_t process) {
    reap_sessions();
    judge_availability();
    if (!storage_.day_open()) return refuse({Refusal::closed, "nobody has opened the day"});
    if (reason_ == Availability::Reason::damaged)
        return refuse({Refusal::failed, "the storage does not work"});
    if (reason_) return refuse({Refusal::full, "nothing new is taken"});
    auto session = storage_.attempt([&] { return storage_.ledger().started(); });
    wrote();
    if (session) sessions_.emplace(*session, process);
    return answer(std::move(session));
}

Answer<void> Spooler::session_ended(std::int64_t session, Outcome outcome) {
    auto ended = storage_.attempt([&] { return storage_.ledger().ended(session, outcome); });
    wrote();
    if (ended || ended.error().code == Errc::conflict) sessions_.erase(session);
    if (!ended && ended.error().code == Errc::conflict)
        return refuse({Refusal::bad_request, ended.error().detail});
    return answer(std::move(ended));
}

Answer<Withdrawal> Spooler::withdraw(std::string_view reference) {
    if (auto const closed = references_.closed_for())
        return refuse({Refusal::wait, fmt::format("too many wrong references: wait {} s",
                                                  closed->count() / 1000 + 1)});
    if (!crypto::is_reference_number(reference)) {
        references_.wrong();
        return Withdrawal{Withdrawal::Result::unknown};
    }
    auto answer_of = storage_.attempt([&] { return storage_.outbox().withdraw(reference); });
    wrote();
    if (!answer_of) return refuse(refused_for(answer_of.error()));
    bool const unknown = answer_of->result == Withdrawal::Result::unknown;
    if (unknown && storage_.salvaging())
        return refuse({Refusal::failed, "the outbox is being restored: ask again"});
    if (unknown)
        references_.wrong();
    else
        references_.right();
    if (answer_of->result == Withdrawal::Result::cancelled)
        spdlog::info("a waiting request was withdrawn by its reference");
    return *answer_of;
}

// A kiosk that crashed cannot say how its session ended.
void Spooler::reap_sessions() {
    std::vector<std::int64_t> left;
    for (auto const& [session, process] : sessions_)
        // 0 is a process of another name space: nothing is known about it.
        if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) left.push_back(session);
    for (auto session : left)
        static_cast<void>(session_ended(session, Outcome::interrupted));
}

Answer<OpenDay> Spooler::open_day(std::string_view author) {
    if (!config::find_author(authors_, author))
        return refuse({Refusal::unknown_author, "nobody in the list of authors has this id"});
    auto day = storage_.attempt([&] { return storage_.opening().begin(author); });
    wrote();
    if (day) spdlog::info("the day was opened until {}", timestamp(day->closes_at));
    return answer(std::move(day));
}

Answer<void> Spooler::close_day() {
    auto closed = storage_.attempt([&] { return storage_.opening().end(); });
    wrote();
    if (closed) spdlog::info("the day was closed");
    return answer(std::move(closed));
}

std::vector<Parcel> Spooler::to_send() {
    if (!in_flight_.empty() || pace_.wait()) return {};
    auto parcels = storage_.attempt([&] { return storage_.outbox().next(batch_size); });
    if (!parcels) return {};
    // What may have left is not sent before that is written: else it could still be cancelled.
    if (!storage_.attempt([&] { return storage_.outbox().offer(*parcels); })) return {};
    if (!parcels->empty()) wrote();
    add_carried(*parcels, batch_size);
    for (auto const& parcel : *parcels)
        in_flight_.emplace(parcel.id, parcel.offered);
    return std::move(*parcels);
}

void Spooler::note(std::vector<Delivery> const& deliveries) {
    using Result = Delivery::Result;
    std::vector<Receipted> receipts;
    std::vector<crypto::Uuid> still_here;
    base::Result<void> kept;
    auto const keep = [&](auto const& work) {
        if (auto done = storage_.attempt(work); !done) kept = done;
    };
    for (auto const& delivery : deliveries) {
        auto const offered_before = in_flight_.extract(delivery.id);
        bool const carried = carried_in_flight_.erase(delivery.id) > 0;
        if (!carried && delivery.stayed() && offered_before && !offered_before.mapped())
            still_here.push_back(delivery.id);
        pace_.note(delivery);
        if (carried) keep([&] { return settle_carried(delivery); });
        switch (delivery.result) {
        case Result::delivered:
            if (!carried) receipts.push_back({delivery.id, delivery.receipt});
            break;
        case Result::conflict:
        case Result::rejected:
            spdlog::error("the receiver refused a request{}: {}",
                          carried ? " of another kiosk" : "; it is parked", delivery.detail);
            if (!carried)
                keep([&] { return storage_.outbox().park(delivery.id, delivery.status); });
            break;
        case Result::unproven:
        case Result::failed:
            if (!carried) keep([&] { return storage_.outbox().postpone(delivery.id); });
            [[fallthrough]];
        case Result::refused:
        case Result::overloaded:
        case Result::stranger:
        case Result::unreachable:
            spdlog::warn("sending stops for {} s: {}",
                         pace_.wait().value_or(BootTime::zero()).count() / 1000, delivery.detail);
            break;
        case Result::not_sent: break;
        }
    }
    if (!receipts.empty()) keep([&] { return storage_.outbox().receipted(receipts); });
    if (!still_here.empty()) keep([&] { return storage_.outbox().take_back(still_here); });
    wrote();
    // What is not kept comes again; without a pause it would come again at once, for ever.
    if (!kept && !deliveries.empty())
        pace_.note({.id = deliveries.front().id,
                    .result = Result::failed,
                    .detail = "an answer could not be stored: " + describe(kept.error())});
    judge_availability();
}

void Spooler::tick() {
    auto const now = clock_->since_boot();
    auto const ended = storage_.attempt([&] { return storage_.opening().end_if_due(); });
    if (ended && *ended) {
        spdlog::info(
            "the day ended: its closing hour is over, or the clock was set to another day");
        wrote();
    }
    if (checkpoint_at_ && now >= *checkpoint_at_) {
        checkpoint_at_.reset();
        storage_.checkpoint();
    }
    if (now >= housekeeping_at_) housekeeping();
}

BootTime Spooler::until_next_tick() const {
    auto const now = clock_->since_boot();
    auto next = housekeeping_at_ - now;
    if (checkpoint_at_) next = std::min(next, *checkpoint_at_ - now);
    if (rounds_.due_at() > now) next = std::min(next, rounds_.due_at() - now);
    if (auto const wait = pace_.wait()) next = std::min(next, *wait);
    if (auto const day = storage_.day_open())
        next = std::min<BootTime>(next, day->closes_at - clock_->calendar());
    return std::max(next, BootTime::zero());
}

void Spooler::housekeeping() {
    storage_.housekeeping();
    auto const today = day_of(clock_->calendar());
    if (today != purged_on_ && storage_.attempt([&] { return storage_.outbox().purge(); }) &&
        storage_.attempt([&] { return storage_.carried().purge(); })) {
        purged_on_ = today;
        wrote();
    }
    auto const waiting = storage_.attempt([&] { return storage_.outbox().waiting(); });
    too_old_ = waiting && waiting->oldest && is_too_old(*waiting->oldest);
    write_was_full_ = false;
    judge_availability();
    housekeeping_at_ =
        clock_->since_boot() + (reason_ ? between_housekeeping_in_need : between_housekeeping);
}

// What came since the start is judged by the time since boot: no patient is sent away because the
// calendar was set.
bool Spooler::is_too_old(Waiting::Oldest const& oldest) const {
    if (oldest.exact) return oldest.age >= std::chrono::days{refuse_after_days_ + 1};
    return oldest.day < day_before(clock_->calendar(), refuse_after_days_);
}

void Spooler::judge_availability() {
    using Reason = Availability::Reason;
    auto const before = reason_;
    if (!storage_.healthy())
        reason_ = Reason::damaged;
    else if (write_was_full_ || !storage_.has_room())
        reason_ = Reason::full;
    else if (too_old_)
        reason_ = Reason::too_old;
    else
        reason_.reset();
    if (reason_ && !before) housekeeping_at_ = clock_->since_boot() + between_housekeeping_in_need;
}

void Spooler::wrote() { checkpoint_at_ = clock_->since_boot() + idle_before_checkpoint; }

}  // namespace spooler
