// The day is the spooler's: its own command asks for it, as root, which it takes for staff.
#include "kiosk/machine/acts.hpp"

namespace machine {
namespace {

using base::failure;

constexpr std::chrono::seconds patience{15};

Outcome ask_spooler(Act const& act, std::vector<std::string> words) {
    words.insert(words.begin(), act.settings.programs.spooler.native());
    words.push_back("--socket=" + act.settings.spooler.native());
    auto said = act.programs.output(std::move(words), patience);
    if (!said) return failure(said.error());
    while (said->ends_with('\n'))
        said->pop_back();
    return said;
}

}  // namespace

Outcome open_day(Act const& act) {
    return ask_spooler(act, {"open-day", "--as=" + act.request.as});
}

Outcome close_day(Act const& act) { return ask_spooler(act, {"close-day"}); }

}  // namespace machine
