#include "kiosk/update/trial.hpp"

namespace update {
namespace {

using base::Errc;
using base::failure;
using base::Result;
using std::chrono::steady_clock;

// A version that makes the power fail must not be tried for ever.
constexpr auto most_tries_given_back = 10;
constexpr std::chrono::milliseconds between_looks{1000};
// Later, a crash has another cause than what the restart was to mend.
constexpr std::chrono::minutes restart_helped_after{15};
// For whoever stands there to read what happens.
constexpr std::chrono::seconds page_before_restart{8};

std::string times(int count) {
    return count == 1 ? "once" : std::to_string(count) + " times";
}

Result<void> begin_on_trial(Started const& started, State const& state, Machine const& machine) {
    auto trial = state.trial();
    if (!trial || trial->slot != started.slot ||
        trial->release.kernel_sha256 != started.release.kernel_sha256)
        trial = Trial{started.slot, started.release};
    // The start before this one had no verdict: what ended it?
    if (trial->starts > 0 && machine.power_had_been_lost() == true) {
        ++trial->ended_by_the_mains;
        // First what was counted, then the try: a cut between the two gives one less, never more.
        if (auto kept = state.keep(*trial); !kept) return kept;
        if (trial->ended_by_the_mains <= most_tries_given_back) {
            auto const given = machine.give_back_a_try(started.slot);
            if (!given) return failure(given.error());
            if (*given)
                if (auto told = state.tell("try_given_back", started.release,
                                           "power was lost during the trial");
                    !told)
                    return told;
        }
    }
    ++trial->starts;
    return state.keep(*trial);
}

Failure failure_of(Release const& release, std::optional<Trial> const& trial, bool power_lost) {
    if (!trial || trial->starts == 0) return {release, "it did not start", true};
    // This start shows how the last one ended.
    auto const by_the_mains = trial->ended_by_the_mains + (power_lost ? 1 : 0);
    if (by_the_mains >= trial->starts)
        return {release, "power was lost " + times(by_the_mains) + " before it could prove itself",
                false};
    auto reason = "it was started " + times(trial->starts) + " and did not prove itself";
    if (by_the_mains > 0) reason += "; power was lost " + times(by_the_mains);
    return {release, reason, true};
}

// What remains of a trial that systemd-boot ended by itself.
Result<void> note_fallback(Started const& started, State const& state, Machine const& machine) {
    auto const trial = state.trial();
    if (started.other_used_up_its_tries) {
        auto const release = started.other_release
                                 ? *started.other_release
                                 : trial ? trial->release : Release{"", "unknown", 0};
        auto const known = trial && trial->release.kernel_sha256 == release.kernel_sha256
                               ? trial
                               : std::nullopt;
        auto const given_up =
            failure_of(release, known, machine.power_had_been_lost() == true);
        machine.log("version " + release.version + " was given up: " + given_up.reason);
        if (auto added = state.add(given_up); !added) return added;
        if (auto told = state.tell("gave_up", release, given_up.reason); !told) return told;
        // Last, for it is what says that there is something to note.
        if (auto gone = machine.clear_entries(other(started.slot)); !gone) return gone;
    }
    if (trial && started.other != slots::SlotState::on_trial) return state.end_trial();
    return {};
}

Evidence wait_for_proof(Settings const& settings, Machine const& machine) {
    auto const deadline = machine.now() + settings.proof_within;
    for (;;) {
        auto evidence = machine.look();
        if ((evidence.proof && evidence.spooler) || machine.now() >= deadline) return evidence;
        machine.wait(between_looks);
    }
}

Result<void> accept(Started const& started, Evidence const& evidence, State const& state,
                    Machine const& machine) {
    machine.log("version " + started.release.version + " has proved itself");
    // A cut here is made good by the next start, which begin() finds to be of a good slot.
    if (auto raised = state.raise_floor(started.release.build); !raised) return raised;
    if (auto kept = state.keep(surroundings_of(evidence)); !kept) return kept;
    if (auto ended = state.end_trial(); !ended) return ended;
    return state.tell("accepted", started.release, "it has proved itself");
}

Result<void> give_up(Started const& started, Verdict const& verdict, State const& state,
                     Machine const& machine) {
    machine.log("version " + started.release.version + " is given up: " + *verdict.reason);
    if (auto told = state.tell("gave_up", started.release, *verdict.reason); !told) return told;
    if (auto added = state.add({started.release, *verdict.reason, verdict.is_its_own}); !added)
        return added;
    if (auto bad = machine.mark_bad(); !bad) return bad;
    if (auto ended = state.end_trial(); !ended) return ended;
    return machine.reboot();
}

}  // namespace

Result<void> begin(Started const& started, State const& state, Machine const& machine) {
    if (auto aged = state.age_crash_mark(); !aged) return aged;
    if (started.is_on_trial()) return begin_on_trial(started, state, machine);
    if (auto noted = note_fallback(started, state, machine); !noted) return noted;
    return state.raise_floor(started.release.build);
}

Result<void> conclude(Started const& started, Settings const& settings, State const& state,
                      Machine const& machine) {
    auto evidence = wait_for_proof(settings, machine);
    if (!started.is_on_trial()) {
        if (!evidence.proof || !evidence.spooler) return {};
        auto const found = surroundings_of(evidence);
        return state.last_good() == found ? Result<void>{} : state.keep(found);
    }
    auto const before = state.last_good();
    auto verdict = judge(evidence, before, settings.limits);
    auto const deadline = machine.now() + settings.surroundings_within;
    while (!verdict.good() && !verdict.is_its_own && machine.now() < deadline) {
        machine.wait(between_looks);
        evidence = machine.look();
        verdict = judge(evidence, before, settings.limits);
    }
    // By RAUC: a version that cannot speak with it could never be updated again.
    if (verdict.good())
        if (auto const marked = machine.mark_good(); !marked)
            verdict = Verdict{"it cannot be marked good: " + marked.error().detail, true};
    return verdict.good() ? accept(started, evidence, state, machine)
                          : give_up(started, verdict, state, machine);
}

Result<void> after_crashes(Started const& started, State const& state, Machine const& machine) {
    std::string const sentence = "dmp-kiosk crashed three times within a minute";
    if (started.is_on_trial()) {
        machine.show("safe");
        auto const given_up = give_up(started, {sentence, true}, state, machine);
        if (given_up) return {};
        // There is no other that has proved itself: this one is treated as if it were the one.
        machine.log(given_up.error().detail);
    }
    if (auto told = state.tell("crashed", started.release, sentence); !told) return told;
    if (state.follows_a_crash() && machine.uptime() < restart_helped_after) {
        machine.log(sentence + " again after a restart: out of service");
        machine.show("out-of-service");
        return {};
    }
    machine.log(sentence + ": the machine restarts");
    machine.show("safe");
    if (auto marked = state.mark_crash(); !marked) return marked;
    machine.wait(page_before_restart);
    return machine.reboot();
}

}  // namespace update
