#include "kiosk/workers/identity_worker.hpp"

#include "kiosk/identity/pin.hpp"
#include "kiosk/identity/pin_guard.hpp"

#include <poll.h>

namespace workers {
namespace {

using identity::PinGuard;
using Verdict = PinJudged::Verdict;

Verdict verdict_at(PinGuard::Gate gate, Verdict if_open) {
    switch (gate) {
    case PinGuard::Gate::open: return if_open;
    case PinGuard::Gate::waiting: return Verdict::waiting;
    case PinGuard::Gate::locked: return Verdict::locked;
    case PinGuard::Gate::no_pin: return Verdict::no_pin;
    }
    return Verdict::failed;
}

// What the guard and the hash say, put into facts.
class Judge {
  public:
    Judge(std::vector<config::Author> const& authors, std::filesystem::path const& state,
          IdentityWorker::Now const& now)
        : authors_(authors), now_(now), guard_(state, authors, now()) {}

    std::optional<base::Error> const& damage() const { return guard_.damage(); }

    PinJudged level(std::string const& author_id, Verdict if_open) const {
        auto const standing = guard_.standing(author_id, now_());
        PinJudged judged{author_id, verdict_at(standing.gate, if_open), standing.wait};
        judged.attempts_left = identity::wrong_until_locked - standing.wrong;
        judged.wrong_before = standing.wrong;
        return judged;
    }

    PinJudged check(std::string const& author_id, crypto::SecretText const& pin) {
        auto const before = level(author_id, Verdict::ready);
        if (before.verdict != Verdict::ready) return before;
        auto const author = config::find_author(authors_, author_id);
        auto const outcome = guard_.attempt(
            author_id, now_(), [&] { return identity::verify_pin(pin, *author->pin_hash); });
        auto judged = after(author_id, outcome);
        judged.wrong_before = before.wrong_before;
        return judged;
    }

  private:
    PinJudged after(std::string const& author_id, base::Result<PinGuard::Outcome> const& outcome) {
        if (!outcome) {
            auto judged = level(author_id, Verdict::failed);
            judged.error = outcome.error();
            return judged;
        }
        switch (*outcome) {
        case PinGuard::Outcome::right: return level(author_id, Verdict::right);
        case PinGuard::Outcome::not_now: return level(author_id, Verdict::ready);
        case PinGuard::Outcome::wrong: break;
        }
        // The wait it began is told with it; only the lock is a verdict of its own.
        auto judged = level(author_id, Verdict::wrong);
        if (judged.verdict == Verdict::waiting) judged.verdict = Verdict::wrong;
        return judged;
    }

    std::vector<config::Author> const& authors_;
    IdentityWorker::Now const& now_;
    PinGuard guard_;
};

}  // namespace

IdentityWorker::IdentityWorker(std::vector<config::Author> authors, std::filesystem::path state,
                               Mailbox<Fact>& facts, Now now)
    : thread_([this, authors = std::move(authors), state = std::move(state), &facts,
               now = std::move(now)] { run(authors, state, facts, now); }) {}

IdentityWorker::~IdentityWorker() {
    orders_.post(Stop{});
    thread_.join();
}

void IdentityWorker::check(std::string author_id, crypto::SecretText pin) {
    orders_.post(Check{std::move(author_id), std::move(pin)});
}

void IdentityWorker::ask(std::string author_id) { orders_.post(Ask{std::move(author_id)}); }

void IdentityWorker::run(std::vector<config::Author> const& authors,
                         std::filesystem::path const& state, Mailbox<Fact>& facts, Now const& now) {
    Judge judge{authors, state, now};
    if (judge.damage()) facts.post(PinCountsDamaged{*judge.damage()});
    for (;;) {
        pollfd polled{orders_.descriptor(), POLLIN, 0};
        ::poll(&polled, 1, -1);
        for (auto const& order : orders_.take()) {
            if (std::holds_alternative<Stop>(order)) return;
            if (auto const* check = std::get_if<Check>(&order))
                facts.post(judge.check(check->author_id, check->pin));
            if (auto const* ask = std::get_if<Ask>(&order))
                facts.post(judge.level(ask->author_id, Verdict::ready));
        }
    }
}

}  // namespace workers
