#include "kiosk/machine/acts.hpp"
#include "kiosk/machine/slots.hpp"

#include "drivers/base/files.hpp"

#include <fmt/format.h>

namespace machine {
namespace {

constexpr std::chrono::seconds patience{15};

std::string text_of(std::filesystem::path const& file) {
    auto const bytes = base::read_file(file);
    return bytes ? base::to_text(*bytes) : std::string{};
}

// The value of a line KEY=value.
std::string value_of(std::string const& text, std::string_view key) {
    auto const start = fmt::format("\n{}=", key);
    auto const whole = "\n" + text;
    auto const at = whole.find(start);
    if (at == std::string::npos) return {};
    auto const begin = at + start.size();
    return whole.substr(begin, whole.find('\n', begin) - begin);
}

std::string image_sentence(Act const& act) {
    auto const version = value_of(text_of(act.settings.release), "VERSION");
    auto slot = text_of(act.settings.slot);
    slot = slot.substr(0, slot.find('\n'));
    if (version.empty()) return "Version unknown: this machine was not started from an image.\n";
    return fmt::format("Version {}, in slot {}.\n", version, slot.empty() ? "unknown" : slot);
}

std::string update_sentence(Act const& act) {
    auto const said = act.programs.output(
        {act.settings.programs.rauc.native(), "status", "--output-format=json"}, patience);
    auto const slots = said ? read_slots(*said) : base::failure(said.error());
    if (!slots) return fmt::format("Updates cannot be installed: {}.\n", slots.error().detail);
    if (slots->switch_waits())
        return fmt::format("An update waits in slot {}: switch-slot starts it.\n", slots->next);
    return {};
}

std::string units_sentence(Act const& act) {
    std::string text;
    for (auto const* unit : {"dmp-kiosk", "dmp-spooler", "pcscd"}) {
        std::string state = "unknown";
        // Ends with another code than 0 for a unit that is not active.
        auto const asked = act.programs.run(
            {act.settings.programs.systemctl.native(), "is-active", std::string{unit} + ".service"},
            patience, [&](std::string_view line) { state = line; });
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", unit, asked ? state : "unknown");
    }
    return text + ".\n";
}

std::string spooler_sentences(Act const& act) {
    auto const said = act.programs.output({act.settings.programs.spooler.native(), "status",
                                           "--socket=" + act.settings.spooler.native()},
                                          patience);
    return said ? *said : said.error().detail + "\n";
}

}  // namespace

Outcome tell_status(Act const& act) {
    auto text =
        image_sentence(act) + update_sentence(act) + units_sentence(act) + spooler_sentences(act);
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

}  // namespace machine
