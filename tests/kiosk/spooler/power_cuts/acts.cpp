#include "tests/kiosk/spooler/power_cuts/acts.hpp"

#include "tests/kiosk/spooler/power_cuts/version_1.hpp"

namespace power_cuts {
namespace {

void fill(Life& life) {
    life.open();
    for (int i = 0; i < 12; ++i)
        life.enqueue();
    life.receipt(2);
    life.park();
    life.session();
}

void fill_and_stop_in_a_session(Life& life) {
    fill(life);
    life.start_session();
    life.snapshot();
}

void fill_and_damage(Life& life) {
    fill(life);
    life.checkpoint();
    auto image = life.snapshot()->image;
    auto& content = image.at("outbox.db").value();
    // One page in the middle: some body, or what leads to several.
    auto const page = content.size() / 4096 / 2 * 4096;
    for (std::size_t i = 0; i < 4096; ++i)
        content[page + i] = static_cast<char>(life.random()());
    auto damaged = *life.snapshot();
    damaged.image = image;
    life.restore(damaged);
    life.promise_what_is_readable();
    auto promised = *life.snapshot();
    promised.image = image;
    life.restore(promised);
}

bool salvage(Life& life) { return life.open() && life.enqueue() && life.background_work(); }

void fill_as_version_1(Life& life) {
    std::vector<spooler::SealedRequest> requests;
    for (int i = 0; i < 5; ++i)
        requests.push_back(spooler_test::sealed_request(3000));
    write_version_1(life.database(), requests, "2026-06-17");
    life.adopt(requests);
}

void fill_and_purge_later(Life& life) {
    fill(life);
    life.receipt(4);
}

bool retry(Life& life) { return life.offer() && life.postpone(); }

bool fill_the_disk(Life& life) {
    life.disk().make_full_while("ballast");
    return life.receipt_at_any_price();
}

Findings disturb(Act const& act, unsigned seed, std::function<fake::Faults(std::int64_t)> faults,
                 bool power_goes) {
    Life life{seed};
    act.prepare(life);
    bool const was_open = life.is_open();
    auto const before = life.snapshot();
    life.findings() = {};
    for (std::int64_t change = 1;; ++change) {
        life.restore(*before);
        if (was_open) life.open();
        life.disk().set(faults(change));
        act.perform(life);
        bool const reached = life.disk().changes() >= change;
        if (!reached) break;
        if (power_goes) {
            life.power_on_and_compare();
        } else {
            ++life.findings().cuts;
            life.disk().set({});
            life.compare();
        }
    }
    life.disk().set({});
    life.compare();
    return life.findings();
}

}  // namespace

std::vector<Act> const& acts() {
    static std::vector<Act> const all{
        {"first start", [](Life&) {}, [](Life& life) { return life.open() && life.enqueue(); }},
        {"start", fill_and_stop_in_a_session, &Life::open},
        {"enqueue", fill, &Life::enqueue},
        {"retry update", fill, retry},
        {"receipt", fill, [](Life& life) { return life.receipt(3); }},
        {"cancellation", fill, &Life::withdraw},
        {"purge", fill_and_purge_later, &Life::purge},
        {"checkpoint", fill, &Life::checkpoint},
        {"session and day", fill, [](Life& life) { return life.session() && life.day(); }},
        {"salvage", fill_and_damage, salvage},
        {"ballast", fill, fill_the_disk},
        {"schema migration", fill_as_version_1,
         [](Life& life) { return life.open() && life.enqueue(); }},
    };
    return all;
}

Findings cut_at_each_change(Act const& act, unsigned seed) {
    return disturb(
        act, seed, [](std::int64_t change) { return fake::Faults{.cut_at = change}; }, true);
}

Findings fail_at_each_change(Act const& act, int error, bool goes_on, unsigned seed) {
    return disturb(
        act, seed,
        [=](std::int64_t change) {
            return fake::Faults{.fails_at = change, .goes_on_failing = goes_on, .error = error};
        },
        false);
}

Findings cut_everyday_work(std::int64_t cuts, unsigned seed, Life::Safety safety, bool disk_lies) {
    constexpr int cuts_in_a_life = 20;
    Findings all;
    while (all.cuts < cuts) {
        Life life{seed++, safety};
        life.open();
        for (int i = 0; i < cuts_in_a_life && all.cuts + life.findings().cuts < cuts; ++i) {
            life.disk().set({.cut_at = 1 + static_cast<std::int64_t>(life.random()() % 150),
                             .lies_about_sync = disk_lies});
            for (int act = 0; act < 500 && !life.disk().is_cut(); ++act) {
                switch (life.random()() % 16) {
                case 0:
                case 1: life.receipt(1 + static_cast<int>(life.random()() % 4)); break;
                case 2:
                case 3: life.postpone(); break;
                case 4: life.offer(); break;
                case 5: life.withdraw(); break;
                case 6: life.park(); break;
                case 7: life.checkpoint(); break;
                case 8: life.session(); break;
                case 9: life.day(); break;
                case 10:
                    if (life.random()() % 8 == 0) life.purge();
                    break;
                default: life.enqueue();
                }
            }
            life.power_on_and_compare();
        }
        all += life.findings();
    }
    return all;
}

}  // namespace power_cuts
