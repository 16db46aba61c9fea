#include "drivers/usb_policy/policy.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/files.hpp"
#include "drivers/base/unix_socket.hpp"
#include "drivers/usb_policy/input.hpp"
#include "drivers/usb_policy/refusals.hpp"

#include <algorithm>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace usb_policy {
namespace {

namespace fs = std::filesystem;
using base::failure;
using base::Result;

constexpr char const* ready = "ready";
constexpr char const* staff_port_open = "staff-port-open";
constexpr char const* let_in_folder = "let-in";

bool touch(fs::path const& path) {
    return static_cast<bool>(
        base::Descriptor{::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)});
}

bool holds_only(std::vector<std::string> const& part, std::vector<std::string> const& whole) {
    return std::all_of(part.begin(), part.end(), [&](std::string const& one) {
        return std::find(whole.begin(), whole.end(), one) != whole.end();
    });
}

}  // namespace

Policy::Policy(Places places, Say say, base::Descriptor lock)
    : places_(std::move(places)), say_(std::move(say)), lock_(std::move(lock)) {}

Result<Policy> Policy::open(Places places, Say say) {
    std::error_code failed;
    fs::create_directories(places.state / let_in_folder, failed);
    base::Descriptor lock{
        ::open((places.state / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!lock || ::flock(lock.number(), LOCK_EX) != 0)
        return failure(base::system_error((places.state / "lock").native()));
    Policy policy{std::move(places), std::move(say), std::move(lock)};
    auto rules = Rules::read(policy.places_.rules);
    policy.rules_valid_ = rules.has_value();
    if (rules)
        policy.rules_ = std::move(*rules);
    else
        policy.rules_error_ = rules.error().detail;
    return policy;
}

void Policy::judge(fs::path const& folder) {
    if (!fs::exists(places_.state / ready)) return;
    // One that is gone already needs no judgement.
    if (auto const device = Device::open(folder)) judge(*device);
}

bool Policy::judge_all() {
    if (!rules_valid_) say_(true, "every USB device is refused: " + rules_error_);
    if (!touch(places_.state / ready))
        say_(true,
             "devices that come later stay out: " + places_.state.native() + " is not writable");
    for (auto const& device : Device::all(places_.sys))
        judge(device);
    return rules_valid_;
}

Result<void> Policy::open_staff_port() {
    if (!touch(places_.state / staff_port_open))
        return failure(base::system_error((places_.state / staff_port_open).native()));
    for (auto const& device : Device::all(places_.sys))
        if (rules_.is_staff_port(device.port())) judge(device);
    return {};
}

Result<void> Policy::close_staff_port() {
    std::error_code failed;
    fs::remove(places_.state / staff_port_open, failed);
    if (failed)
        return failure(base::Errc::system_failed, places_.state.native() + ": " + failed.message());
    Result<void> closed;
    for (auto const& device : Device::all(places_.sys)) {
        if (!is_stick(device)) continue;
        if (auto out = device.shut_out(); !out) closed = out;
        fs::remove(note_of(device), failed);
        say_(false, device.port() + ": the stick is shut out again");
    }
    return closed;
}

void Policy::judge(Device const& device) {
    auto const descriptors = device.descriptors();
    if (!descriptors) return refuse(device, "a device", descriptors.error().detail);
    auto const what = descriptors->describe();
    auto const* rule = rules_.find(device.port(), *descriptors);
    std::string why;
    if (rules_.is_staff_port(device.port())) {
        if (!is_plain_storage(*descriptors))
            why = "at the staff port, but no stick and nothing else";
        else if (!fs::exists(places_.state / staff_port_open))
            why = "nothing is to be carried now";
        else if (has_another_stick(device))
            why = "another stick is in use";
    } else if (rule == nullptr) {
        why = rules_.reason_against(device.port(), *descriptors);
    }
    if (why.empty() && is_known(device)) return;
    if (why.empty()) why = let_in(device, *descriptors, rule);
    if (!why.empty()) return refuse(device, what, why);
    say_(false,
         device.port() + ": let in: " + (rule != nullptr ? rule->name : "a stick") + ", " + what);
}

std::string Policy::let_in(Device const& device, Descriptors const& descriptors, Rule const* rule) {
    auto const step = [](Result<void> const& done) { return done ? "" : done.error().detail; };
    // What the kernel let in by itself has drivers already, of which nobody knows which.
    if (device.is_let_in())
        if (auto why = step(device.shut_out()); !why.empty()) return why;
    if (auto why = step(device.let_in()); !why.empty()) return why;
    auto const understood = device.interfaces();
    if (!understood) return understood.error().detail;
    if (understood->size() != descriptors.bindable ||
        !holds_only(*understood, descriptors.interfaces))
        return "the kernel reads its descriptors otherwise";
    if (auto why = step(device.bind_drivers()); !why.empty()) return why;
    auto const input =
        limit_input(device.folder(), places_.input_devices, rule != nullptr && rule->keypad);
    if (auto why = step(input); !why.empty()) return why;
    return step(remember(device));
}

void Policy::refuse(Device const& device, std::string const& what, std::string const& why) {
    auto const out = device.shut_out();
    std::error_code none;
    fs::remove(note_of(device), none);
    say_(true, device.port() + ": refused: " + what + ": " + why +
                   (out ? "" : "; and it cannot be shut out: " + out.error().detail));
    keep_refusal(places_.state / "refused", {device.port(), what, why});
}

bool Policy::has_another_stick(Device const& device) const {
    auto const devices = Device::all(places_.sys);
    return std::any_of(devices.begin(), devices.end(), [&](Device const& other) {
        return other.folder() != device.folder() && is_stick(other);
    });
}

bool Policy::is_stick(Device const& device) const {
    if (!device.is_let_in()) return false;
    // Also where the rules can no longer be read, or name another port by now.
    auto const descriptors = device.descriptors();
    return rules_.is_staff_port(device.port()) || (descriptors && is_plain_storage(*descriptors));
}

fs::path Policy::note_of(Device const& device) const {
    return places_.state / let_in_folder / device.folder().filename();
}

bool Policy::is_known(Device const& device) const {
    auto const note = base::read_file(note_of(device));
    return note && device.is_let_in() && base::to_text(*note) == device.number();
}

Result<void> Policy::remember(Device const& device) const {
    base::Descriptor const note{
        ::open(note_of(device).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!note || !base::write_all(note.number(), device.number()))
        return failure(base::system_error(note_of(device).native()));
    return {};
}

}  // namespace usb_policy
