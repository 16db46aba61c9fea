// dmp-boot-slots: RAUC's back end for systemd-boot with boot counting (bootloader=custom), and the
// kernel's way onto the EFI system partition.
#include "kiosk/slots/at_esp.hpp"

#include <cstdio>
#include <functional>
#include <optional>

#include <CLI/CLI.hpp>

namespace {

using base::Errc;
using base::failure;
using base::Result;
using slots::BootSlots;
using slots::Slot;
using slots::SlotState;

constexpr std::size_t largest_file = 256 * 1024 * 1024;

int complain(base::Error const& error) {
    std::fprintf(stderr, "dmp-boot-slots: %s\n", error.detail.c_str());
    return 1;
}

Result<std::string> nothing_to_say(Result<void> const& done) {
    return done.map([] { return std::string{}; });
}

Result<std::string> primary(BootSlots const& slots) {
    return slots.primary().map([](Slot slot) { return std::string{name(slot)} + "\n"; });
}

// To RAUC, on trial is good: the slot may be booted.
Result<std::string> state(BootSlots const& slots, Slot slot) {
    return slots.state(slot).map(
        [](SlotState state) { return std::string{state == SlotState::bad ? "bad\n" : "good\n"}; });
}

std::string line_of(slots::BootEntry const& entry) {
    auto line = entry.file + ": sort key " + entry.sort_key;
    if (!entry.version.empty()) line += ", version " + entry.version;
    if (!entry.is_whole) line += ", no whole entry";
    if (!entry.has_kernel) line += ", without kernel";
    return line + "\n";
}

Result<std::string> overview(BootSlots const& slots) {
    auto const all = slots.entries();
    if (!all) return failure(all.error());
    std::string text;
    for (auto const& entry : *all)
        text += line_of(entry);
    auto const* const first = slots::what_boots(*all);
    return text + (first == nullptr ? "nothing can be booted\n" : "boots " + first->file + "\n");
}

Result<std::string> install_kernel(BootSlots const& slots, Slot slot,
                                   std::filesystem::path const& kernel) {
    auto const folder = slots::EspFolder::open(kernel.parent_path());
    if (!folder) return failure(folder.error());
    auto const content = folder->read(kernel.filename(), largest_file);
    if (!content) return failure(content.error());
    auto const release = folder->read("release", largest_file);
    if (!release) return failure(release.error());
    return nothing_to_say(slots.install_kernel(slot, *content, *release));
}

using Act = std::function<Result<std::string>(BootSlots const&)>;

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"The two slots of this machine as systemd-boot sees them."};
    app.require_subcommand(1);
    std::filesystem::path esp;
    app.add_option("--esp", esp, "a folder in the place of the EFI system partition");

    std::optional<Slot> slot;
    auto const add_slot = [&](CLI::App& command) {
        command.add_option_function<std::string>(
                   "SLOT", [&](std::string const& text) { slot = slots::parse_slot(text); },
                   "a or b")
            ->required()
            ->check(CLI::IsMember({"a", "b"}));
    };
    auto* const get_primary = app.add_subcommand("get-primary", "the slot that boots next");
    auto* const set_primary =
        app.add_subcommand("set-primary", "boots this slot next, for a limited number of tries");
    add_slot(*set_primary);
    auto* const get_state = app.add_subcommand("get-state", "good or bad");
    add_slot(*get_state);
    std::string new_state;
    auto* const set_state = app.add_subcommand(
        "set-state", "good: boots without limit from now on; bad: does not boot any more");
    add_slot(*set_state);
    set_state->add_option("STATE", new_state, "good or bad")
        ->required()
        ->check(CLI::IsMember({"good", "bad"}));
    std::filesystem::path kernel;
    auto* const install = app.add_subcommand(
        "install-kernel", "copies a slot's kernel, checked against the file `release` beside it");
    add_slot(*install);
    install->add_option("FILE", kernel, "the kernel in the bundle")->required();
    auto* const status = app.add_subcommand("status", "all entries, and which of them boots");
    CLI11_PARSE(app, argc, argv);

    auto const reads = get_primary->parsed() || get_state->parsed() || status->parsed();
    Act const act = [&](BootSlots const& slots) -> Result<std::string> {
        if (get_primary->parsed()) return primary(slots);
        if (status->parsed()) return overview(slots);
        if (get_state->parsed()) return state(slots, *slot);
        if (set_primary->parsed()) return nothing_to_say(slots.set_primary(*slot));
        if (install->parsed()) return install_kernel(slots, *slot, kernel);
        return nothing_to_say(new_state == "good" ? slots.mark_good(*slot)
                                                  : slots.mark_bad(*slot));
    };
    auto const mode = reads ? slots::MountMode::read_only : slots::MountMode::read_write;
    auto const done = slots::at_esp(esp, mode, act);
    if (!done) return complain(done.error());
    std::fputs(done->c_str(), stdout);
    return 0;
}
