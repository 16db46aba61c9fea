// Acts after which programs, or all of them, start anew. The screen always shows something:
// dmp-notice draws as soon as dmp-kiosk has left it.
#include "kiosk/machine/acts.hpp"
#include "kiosk/machine/slots.hpp"

#include <filesystem>

namespace machine {
namespace {

using base::Errc;
using base::failure;
using namespace std::chrono_literals;

constexpr auto kiosk_unit = "dmp-kiosk.service";
constexpr auto spooler_unit = "dmp-spooler.service";

// dmp-kiosk ends within 5 s or is killed.
constexpr auto longest_stop = 8s;
constexpr auto longest_start = 20s;
constexpr auto longest_board = 3s;
constexpr auto longest_answer = 10s;

base::Result<void> systemctl(Act const& act, std::vector<std::string> words,
                             std::chrono::seconds limit) {
    words.insert(words.begin(), act.settings.programs.systemctl.native());
    return act.programs.succeed(std::move(words), limit);
}

// What fails here must not keep the machine from going down.
void without_fail(Act const& act, base::Result<void> const& done) {
    if (!done) act.say(done.error().detail);
}

struct GoingDown {
    char const* page;     // dmp-notice's
    char const* leaving;  // what the board is told
    char const* target;   // of systemctl
};

base::Result<void> go_down(Act const& act, GoingDown const& how) {
    // It gives back the screen and the board's line.
    without_fail(act, systemctl(act, {"stop", kiosk_unit}, longest_stop));
    without_fail(
        act,
        systemctl(act, {"start", "--no-block", std::string{"dmp-notice@"} + how.page + ".service"},
                  longest_board));
    // The board would take the silence that follows for a machine that hangs.
    without_fail(
        act, act.programs.succeed({act.settings.programs.supervisor.native(), "leave", how.leaving},
                                  longest_board));
    return systemctl(act, {"--no-block", how.target}, longest_answer);
}

}  // namespace

Outcome restart_application(Act const& act) {
    // A unit that failed too often is started by nobody until this is said.
    without_fail(act, systemctl(act, {"reset-failed", spooler_unit, kiosk_unit}, longest_answer));
    auto done = systemctl(act, {"restart", spooler_unit, kiosk_unit}, longest_start);
    if (!done) return failure(done.error());
    return "Kiosk and spooler were started anew.";
}

Outcome restart(Act const& act) {
    auto done = go_down(act, {"restarting", "restart", "reboot"});
    if (!done) return failure(done.error());
    return "The machine starts anew.";
}

Outcome power_off(Act const& act) {
    auto done = go_down(act, {"shutting-down", "shutdown", "poweroff"});
    if (!done) return failure(done.error());
    return "The machine shuts down.";
}

Outcome switch_slot(Act const& act) {
    auto const said = act.programs.output(
        {act.settings.programs.rauc.native(), "status", "--output-format=json"}, longest_answer);
    if (!said) return failure(said.error());
    auto const slots = read_slots(*said);
    if (!slots) return failure(slots.error());
    if (!slots->switch_waits())
        return failure(Errc::refused, "no update waits for a start: install one first");
    std::error_code code;
    if (!std::filesystem::is_regular_file(act.settings.quiet, code))
        return failure(Errc::refused,
                       "somebody may be in front of the kiosk: ask again when it shows its first "
                       "screen, or use restart");
    auto done = go_down(act, {"updating", "update", "reboot"});
    if (!done) return failure(done.error());
    return "The machine starts anew with slot " + slots->next + ".";
}

}  // namespace machine
