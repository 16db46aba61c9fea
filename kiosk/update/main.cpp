// dmp-slot-judge: whether a new version of this machine stays. Started by units before and after
// dmp-kiosk, and by RAUC before it installs.
#include "drivers/base/files.hpp"
#include "drivers/base/line_client.hpp"
#include "drivers/base/process.hpp"
#include "drivers/supervisor/boot_id.hpp"
#include "kiosk/slots/at_esp.hpp"
#include "kiosk/update/mains.hpp"
#include "kiosk/update/permission.hpp"
#include "kiosk/update/trial.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

#include <CLI/CLI.hpp>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace {

using base::Errc;
using base::failure;
using base::Result;
using slots::BootSlots;
using slots::MountMode;
using slots::Release;
using slots::Slot;
using slots::SlotState;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

struct Places {
    fs::path state = "/var/lib/dmp-update";
    fs::path esp = {};  // empty: the partition
    fs::path slot = "/run/dmp-boot/slot";
    fs::path release = "/usr/lib/dmp-release";
    fs::path settings = "/usr/lib/dmp-kiosk/judge.toml";
    fs::path rescue_key = "/etc/rauc/rescue.pub.pem";
    fs::path proof = "/run/dmp-kiosk/proof.json";
    fs::path spooler = "/run/dmp-spooler/socket";
    fs::path board = "/dev/dmp-supervisor";
};

Result<std::string> text_of(fs::path const& file) {
    return base::read_file(file).map([](auto const& content) { return base::to_text(content); });
}

Result<Slot> slot_that_runs(fs::path const& file) {
    auto text = text_of(file);
    if (!text) return failure(text.error());
    if (text->ends_with('\n')) text->pop_back();
    auto const slot = slots::parse_slot(*text);
    if (!slot) return failure(Errc::malformed, file.native() + ": neither a nor b");
    return *slot;
}

bool has_used_up_its_tries(Slot slot, std::vector<slots::BootEntry> const& entries) {
    auto const own = [&](auto const& entry) { return entry.name.slot == slot; };
    return std::ranges::any_of(entries, own) &&
           std::ranges::none_of(entries,
                                [&](auto const& entry) { return own(entry) && entry.has_tries(); });
}

Result<update::Started> look_at_slots(Places const& places) {
    auto const slot = slot_that_runs(places.slot);
    if (!slot) return failure(slot.error());
    auto release = text_of(places.release).and_then(slots::parse_release);
    if (!release) return failure(release.error());
    auto const read = [&](BootSlots const& slots) -> Result<update::Started> {
        auto const entries = slots.entries();
        if (!entries) return failure(entries.error());
        auto const other = slots::other(*slot);
        update::Started started{*slot, *release, state_of(*slot, *entries),
                                state_of(other, *entries),
                                has_used_up_its_tries(other, *entries)};
        // The kernel's hash is what a bundle is known by; the rest is what really runs.
        if (auto const installed = slots.release(*slot))
            started.release.kernel_sha256 = installed->kernel_sha256;
        if (auto const installed = slots.release(other)) started.other_release = *installed;
        return started;
    };
    return slots::at_esp(places.esp, MountMode::read_only, read);
}

Result<void> run(std::vector<std::string> const& arguments) {
    auto process = base::Process::start({.arguments = arguments});
    if (!process) return failure(process.error());
    auto const code = process->wait(60s);
    if (!code) return failure(code.error());
    if (*code != 0)
        return failure(Errc::system_failed,
                       arguments.front() + " ended with " + std::to_string(*code));
    return {};
}

update::Evidence look(Places const& places) {
    update::Evidence evidence;
    if (auto const text = text_of(places.proof)) evidence.proof = update::parse_proof(*text);
    auto client = base::LineClient::connect(places.spooler);
    if (!client) return evidence;
    if (auto const answer = client->ask(R"({"do":"status"})", 10s))
        evidence.spooler = update::parse_status(*answer);
    return evidence;
}

// The proof comes by a rename into its folder; the spooler has to be asked anew.
void wait_for_change(fs::path const& folder, std::chrono::milliseconds at_most) {
    base::Descriptor const watch{::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
    ::inotify_add_watch(watch.number(), folder.c_str(), IN_MOVED_TO);
    pollfd ready{watch.number(), POLLIN, 0};
    ::poll(&ready, 1, static_cast<int>(at_most.count()));
}

update::Machine machine_at(Places const& places, Slot slot) {
    auto const change = [places](auto const& act) {
        return slots::at_esp(places.esp, MountMode::read_write, act);
    };
    update::Machine machine;
    machine.power_had_been_lost = [places] {
        return update::power_had_been_lost(places.board, supervisor::boot_id());
    };
    machine.give_back_a_try = [change](Slot which) {
        return change([&](BootSlots const& slots) { return slots.give_back_a_try(which); });
    };
    machine.clear_entries = [change](Slot which) {
        return change([&](BootSlots const& slots) { return slots.mark_bad(which); });
    };
    machine.mark_bad = [change, slot] {
        return change([&](BootSlots const& slots) { return slots.mark_bad(slot); });
    };
    machine.look = [places] { return look(places); };
    machine.wait = [places](auto at_most) { wait_for_change(places.proof.parent_path(), at_most); };
    machine.now = std::chrono::steady_clock::now;
    machine.mark_good = [] { return run({"rauc", "status", "mark-good"}); };
    machine.reboot = [] { return run({"systemctl", "reboot"}); };
    machine.uptime = [] {
        timespec time{};
        ::clock_gettime(CLOCK_BOOTTIME, &time);
        return std::chrono::seconds{time.tv_sec};
    };
    // A machine without that unit has no screen to show it on, and is restarted all the same.
    machine.show = [](std::string_view page) {
        static_cast<void>(
            run({"systemctl", "--no-block", "start", "dmp-notice@" + std::string{page} + ".service"}));
    };
    machine.log = [](std::string const& text) { std::fprintf(stderr, "%s\n", text.c_str()); };
    return machine;
}

Result<void> begin(Places const& places) {
    auto const state = update::State::open(places.state);
    if (!state) return failure(state.error());
    auto const started = look_at_slots(places);
    if (!started) return failure(started.error());
    return update::begin(*started, *state, machine_at(places, started->slot));
}

Result<void> conclude(Places const& places) {
    auto const state = update::State::open(places.state);
    if (!state) return failure(state.error());
    auto const settings = update::Settings::read(places.settings);
    if (!settings) return failure(settings.error());
    auto const started = look_at_slots(places);
    if (!started) return failure(started.error());
    return update::conclude(*started, *settings, *state, machine_at(places, started->slot));
}

Result<void> after_crashes(Places const& places) {
    auto const state = update::State::open(places.state);
    if (!state) return failure(state.error());
    // Whatever is wrong with the boot entries, a dark screen is no answer.
    auto const started = look_at_slots(places).value_or(
        update::Started{.release = {"", "unknown", 0}});
    return update::after_crashes(started, *state, machine_at(places, started.slot));
}

Result<void> may_install(Places const& places, fs::path const& bundle) {
    auto const state = update::State::open(places.state);
    if (!state) return failure(state.error());
    auto const release = text_of(places.release).and_then(slots::parse_release);
    if (!release) return failure(release.error());
    auto const allowed =
        update::may_install(bundle, {release->compatible, places.rescue_key}, *state);
    if (allowed) return {};
    // RAUC tells who asked for the installation only that it was refused: staff read why here.
    auto const brought = text_of(bundle / "release").and_then(slots::parse_release);
    if (auto told = state->tell("refused", brought.value_or(Release{"", "unknown", 0}),
                                allowed.error().detail);
        !told)
        return told;
    return failure(allowed.error());
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Judges whether a new version of this machine stays."};
    app.require_subcommand(1);
    Places places;
    app.add_option("--state", places.state, "what is remembered of updates");
    app.add_option("--esp", places.esp, "a folder in the place of the EFI system partition");
    app.add_option("--slot", places.slot, "says which slot runs");
    app.add_option("--release", places.release, "says what runs");
    app.add_option("--settings", places.settings, "judge.toml");
    app.add_option("--rescue-key", places.rescue_key, "who may send this machine back");
    app.add_option("--proof", places.proof, "what dmp-kiosk says of itself");
    app.add_option("--spooler", places.spooler, "the socket of dmp-spooler");
    app.add_option("--board", places.board, "the port of the supervision board");
    auto* const before = app.add_subcommand("begin", "before dmp-kiosk starts");
    app.add_subcommand("conclude", "when dmp-kiosk runs");
    auto* const crashed =
        app.add_subcommand("after-crashes", "when dmp-kiosk is not started any more");
    fs::path bundle;
    auto* const install = app.add_subcommand("may-install", "whether a mounted bundle may come in");
    install->add_option("FOLDER", bundle, "where it is mounted")->required();
    CLI11_PARSE(app, argc, argv);

    auto const done = install->parsed()   ? may_install(places, bundle)
                      : before->parsed()  ? begin(places)
                      : crashed->parsed() ? after_crashes(places)
                                         : conclude(places);
    if (done) return 0;
    std::fprintf(stderr, "dmp-slot-judge: %s\n", base::describe(done.error()).c_str());
    return 1;
}
