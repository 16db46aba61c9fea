#include "kiosk/update/state.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/files.hpp"
#include "drivers/base/whole_number.hpp"

#include <charconv>
#include <chrono>
#include <ctime>
#include <limits>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace update {
namespace {

using base::Errc;
using base::failure;
using nlohmann::json;

constexpr auto floor_name = "floor";
constexpr auto failures_name = "failures";
constexpr auto trial_name = "trial.json";
constexpr auto last_good_name = "last-good.json";
constexpr auto history_name = "history";
constexpr auto crash_name = "crashed";               // in this start of the machine
constexpr auto crash_before_name = "crashed-before";  // in the one before
constexpr std::size_t most_failures = 50;
constexpr std::size_t most_history = 500;
constexpr auto most_number = std::numeric_limits<std::int64_t>::max();

json object_of(Release const& release) {
    return {{"version", release.version},
            {"build", release.build},
            {"kernel", release.kernel_sha256}};
}

std::string word(json const& object, char const* key) {
    auto const found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

bool flag(json const& object, char const* key) {
    auto const found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

int count(json const& object, char const* key) {
    return static_cast<int>(
        base::whole_number(object, key, std::numeric_limits<int>::max(), 0).value_or(0));
}

Release release_of(json const& object) {
    return {"", word(object, "version"),
            base::whole_number(object, "build", most_number, 0).value_or(0),
            word(object, "kernel")};
}

std::string line_of(json const& object) {
    return object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<json> parsed(std::string_view text) {
    auto object = json::parse(text, nullptr, false);
    if (!object.is_object()) return std::nullopt;
    return object;
}

// The lines from the end on, with their ends.
std::string last_lines(std::string const& text, std::size_t most) {
    auto begin = text.size();
    for (std::size_t lines = 0; begin > 0 && lines <= most; --begin)
        if (text[begin - 1] == '\n' && ++lines > most) break;
    return text.substr(begin);
}

std::string now_as_text() {
    auto const now = std::time(nullptr);
    std::tm calendar{};
    char text[32];
    ::gmtime_r(&now, &calendar);
    return {text, std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &calendar)};
}

}  // namespace

base::Result<State> State::open(std::filesystem::path const& folder) {
    if (auto made = base::private_folder(folder); !made) return failure(made.error());
    return State{folder};
}

base::Result<std::int64_t> State::floor() const {
    auto const said = text(floor_name);
    if (said.empty()) return 0;
    std::int64_t build = 0;
    auto const [rest, error] = std::from_chars(said.data(), said.data() + said.size(), build);
    if (error != std::errc{} || std::string_view{rest} != "\n" || build < 0)
        return failure(Errc::storage_damaged, (folder_ / floor_name).native() + ": no build");
    return build;
}

base::Result<void> State::raise_floor(std::int64_t build) const {
    auto const before = floor();
    if (!before) return failure(before.error());
    if (build <= *before) return {};
    return replace(floor_name, std::to_string(build) + "\n");
}

std::vector<Failure> State::failures() const {
    std::vector<Failure> all;
    auto const lines = text(failures_name);
    for (std::size_t begin = 0; begin < lines.size();) {
        auto const end = std::min(lines.find('\n', begin), lines.size());
        if (auto const object = parsed(std::string_view{lines}.substr(begin, end - begin)))
            all.push_back({release_of(*object), word(*object, "reason"), flag(*object, "own")});
        begin = end + 1;
    }
    return all;
}

base::Result<void> State::add(Failure const& given_up) const {
    auto object = object_of(given_up.release);
    object["reason"] = given_up.reason;
    object["own"] = given_up.is_its_own;
    return append_line(failures_name, line_of(object), most_failures);
}

std::optional<Trial> State::trial() const {
    auto const object = parsed(text(trial_name));
    if (!object) return std::nullopt;
    auto const slot = slots::parse_slot(word(*object, "slot"));
    if (!slot) return std::nullopt;
    return Trial{*slot, release_of(*object), count(*object, "starts"),
                 count(*object, "ended_by_the_mains")};
}

base::Result<void> State::keep(Trial const& trial) const {
    auto object = object_of(trial.release);
    object["slot"] = name(trial.slot);
    object["starts"] = trial.starts;
    object["ended_by_the_mains"] = trial.ended_by_the_mains;
    return replace(trial_name, line_of(object));
}

base::Result<void> State::end_trial() const { return remove(trial_name); }

std::optional<Surroundings> State::last_good() const {
    auto const object = parsed(text(last_good_name));
    if (!object) return std::nullopt;
    return Surroundings{flag(*object, "reader"), flag(*object, "intake"),
                        word(*object, "uplink_cause"), word(*object, "closed_for"),
                        flag(*object, "balance")};
}

base::Result<void> State::keep(Surroundings const& surroundings) const {
    return replace(last_good_name, line_of({{"reader", surroundings.has_reader},
                                            {"intake", surroundings.reaches_intake},
                                            {"uplink_cause", surroundings.uplink_cause},
                                            {"closed_for", surroundings.closed_for},
                                            {"balance", surroundings.balance_holds}}));
}

bool State::follows_a_crash() const { return std::filesystem::exists(folder_ / crash_before_name); }

base::Result<void> State::mark_crash() const { return replace(crash_name, ""); }

base::Result<void> State::age_crash_mark() const {
    std::error_code none;
    std::filesystem::rename(folder_ / crash_name, folder_ / crash_before_name, none);
    if (none) return remove(crash_before_name);
    if (!base::sync_folder(folder_))
        return failure(base::system_error(folder_.native(), Errc::storage_failed));
    return {};
}

base::Result<void> State::tell(std::string_view what, Release const& release,
                               std::string_view sentence) const {
    auto object = object_of(release);
    object["at"] = now_as_text();
    object["what"] = what;
    object["sentence"] = sentence;
    return append_line(history_name, line_of(object), most_history);
}

std::string State::text(char const* name) const {
    auto const content = base::read_file(folder_ / name);
    return content ? base::to_text(*content) : std::string{};
}

base::Result<void> State::replace(char const* name, std::string const& text) const {
    if (!base::replace_file(folder_ / name, text))
        return failure(base::system_error((folder_ / name).native(), Errc::storage_failed));
    return {};
}

base::Result<void> State::remove(char const* name) const {
    if (::unlink((folder_ / name).c_str()) != 0 && errno != ENOENT)
        return failure(base::system_error((folder_ / name).native(), Errc::storage_failed));
    if (!base::sync_folder(folder_))
        return failure(base::system_error(folder_.native(), Errc::storage_failed));
    return {};
}

base::Result<void> State::append_line(char const* name, std::string const& line,
                                      std::size_t most) const {
    return replace(name, last_lines(text(name) + line, most));
}

}  // namespace update
