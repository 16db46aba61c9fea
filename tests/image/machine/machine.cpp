#include "tests/image/machine/machine.hpp"

#include "drivers/base/eventually.hpp"
#include "tests/image/machine/arguments.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include <sys/socket.h>

namespace machine {

using base::Errc;
using base::failure;
using base::Process;
using base::Result;
using nlohmann::json;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr auto start_limit = 20s;

// Of an absolute axis in QMP.
constexpr double axis_end = 32767;

Result<void> done(Result<json> const& executed) {
    if (!executed) return failure(executed.error());
    return {};
}

std::string content_of(fs::path const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

std::chrono::milliseconds patiently(std::chrono::milliseconds limit) {
    auto const* wanted = std::getenv("IMAGE_PATIENCE");
    return limit * (wanted == nullptr ? 4 : std::max(1, std::atoi(wanted)));
}

Machine::Machine(Options options, fs::path folder, Disk disk)
    : options_(std::move(options)), folder_(std::move(folder)), disk_(std::move(disk)),
      serial_(folder_ / "serial.log") {}

Result<std::unique_ptr<Machine>> Machine::assemble(Options options) {
    // Short, because a socket's path has 107 characters at most.
    std::string folder = fs::temp_directory_path() / "machine-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) return failure(base::system_error(folder));
    auto disk = Disk::over(options.image, fs::path{folder} / "disk.qcow2");
    if (!disk) return failure(disk.error());
    std::unique_ptr<Machine> machine{new Machine{std::move(options), folder, std::move(*disk)}};
    if (!machine->options_.data.empty())
        if (auto made = machine->disk_.make_data(machine->options_.data); !made)
            return failure(made.error());
    auto variables = machine->options_.variables;
    if (variables.empty()) variables = "/usr/share/OVMF/OVMF_VARS_4M.fd";
    std::error_code code;
    fs::copy_file(variables, machine->file("variables.fd"), code);
    if (code) return failure(Errc::file_unreadable, variables.native() + ": " + code.message());
    return machine;
}

Machine::~Machine() {
    cut_power();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

Result<void> Machine::start_tpm() {
    fs::create_directories(file("tpm"));
    auto process =
        Process::start({{"swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + file("tpm").native(),
                         "--ctrl", "type=unixio,path=" + file("tpm.sock").native()},
                        {},
                        file("tpm.log")});
    if (!process) return failure(process.error());
    tpm_.emplace(std::move(*process));
    auto const ready = [&] { return !tpm_->running() || fs::exists(file("tpm.sock")); };
    if (!base::eventually(ready, start_limit) || !tpm_->running())
        return failure(Errc::system_failed, "swtpm: " + content_of(file("tpm.log")));
    return {};
}

Result<void> Machine::power_on() {
    cut_power();
    for (auto const* name : {"serial.log", "qmp", "console", "card"}) {
        std::error_code ignored;
        fs::remove(file(name), ignored);
    }
    serial_ = SerialLog{file("serial.log")};
    if (options_.tpm)
        if (auto started = start_tpm(); !started) return started;
    auto process =
        Process::start({qemu_arguments(options_, folder_, disk_.file()), {}, file("qemu.log")});
    if (!process) return failure(process.error());
    qemu_.emplace(std::move(*process));
    auto const ready = [&] {
        return !qemu_->running() || base::connect_to(file("console")).has_value();
    };
    if (!base::eventually(ready, start_limit) || !qemu_->running())
        return failure(Errc::system_failed, "QEMU: " + content_of(file("qemu.log")));
    auto qmp = Qmp::connect(file("qmp"));
    if (!qmp) return failure(qmp.error());
    qmp_.emplace(std::move(*qmp));
    return {};
}

void Machine::cut_power() {
    qmp_.reset();
    if (qemu_) {
        qemu_->signal(SIGKILL);
        static_cast<void>(qemu_->wait(10s));
    }
    qemu_.reset();
    tpm_.reset();
}

Result<void> Machine::press_power_button() { return done(qmp_->execute("system_powerdown")); }

Result<void> Machine::wait_until_off(std::chrono::milliseconds limit) {
    if (!base::eventually([&] { return !qemu_->running(); }, patiently(limit)))
        return failure(explained({Errc::timed_out, "the machine does not switch itself off"}));
    cut_power();
    return {};
}

Result<void> Machine::wait_for(std::string_view words, std::chrono::milliseconds limit) {
    auto found = serial_.wait_for(words, patiently(limit), [&] { return has_power(); });
    if (!found)
        return failure(explained({found.error().code, "waiting for \"" + std::string{words} +
                                                          "\": " + found.error().detail}));
    return {};
}

Result<void> Machine::type_on_serial(std::string_view line) {
    auto client = base::LineClient::connect(file("console"));
    if (!client) return failure(client.error());
    return client->send(line);
}

Result<void> Machine::send_break() {
    return done(qmp_->execute("chardev-send-break", {{"id", "console"}}));
}

Result<Picture> Machine::screen() {
    auto const picture = file("screen.png");
    auto dumped = qmp_->execute("screendump", {{"filename", picture.native()}, {"format", "png"}});
    if (!dumped) return failure(dumped.error());
    return read_png(picture);
}

Result<void> Machine::wait_for_screen(Picture const& picture, std::chrono::milliseconds limit) {
    double best = 0;
    base::Error trouble{Errc::timed_out, {}};
    auto const shown = [&] {
        if (!has_power()) {
            trouble = {Errc::refused, "the machine is off"};
            return true;
        }
        auto const now = screen();
        if (!now) {
            trouble = now.error();
            return true;
        }
        auto const alike = likeness(*now, picture);
        best = std::max(best, alike);
        std::this_thread::sleep_for(alike > same_screen ? 0ms : 300ms);
        return alike > same_screen;
    };
    if (base::eventually(shown, patiently(limit)) && trouble.detail.empty()) return {};
    if (trouble.detail.empty())
        trouble.detail = "the screen is not what it should be (at best " + std::to_string(best) +
                         " like it, " + std::to_string(same_screen) + " needed)";
    return failure(explained(std::move(trouble)));
}

Result<void> Machine::tap(double x, double y) {
    auto const scaled = [](double at, int size) {
        return static_cast<int>(std::clamp(at / size, 0.0, 1.0) * axis_end);
    };
    auto const finger = [](std::string_view type, json more) {
        json data{{"type", type}, {"slot", 0}, {"axis", "x"}, {"value", 0}};
        data.update(more);
        return json{{"type", "mtt"}, {"data", data}};
    };
    auto const button = [](bool down) {
        return json{{"type", "btn"}, {"data", {{"button", "touch"}, {"down", down}}}};
    };
    // All of a touch's beginning in one: a begin alone is a touch at 0,0. It ends with the number
    // -1; another never lifts.
    auto const number = ++touches_;
    auto const down = json::array(
        {finger("begin", {{"tracking-id", number}}),
         finger("data",
                {{"tracking-id", number}, {"axis", "x"}, {"value", scaled(x, options_.width)}}),
         finger("data",
                {{"tracking-id", number}, {"axis", "y"}, {"value", scaled(y, options_.height)}}),
         button(true)});
    if (auto sent = qmp_->execute("input-send-event", {{"events", down}}); !sent)
        return failure(sent.error());
    // As long as a quick finger: both within one look at the device would still be two events.
    std::this_thread::sleep_for(80ms);
    auto const up = json::array({finger("end", {{"tracking-id", -1}}), button(false)});
    return done(qmp_->execute("input-send-event", {{"events", up}}));
}

Result<void> Machine::press(std::vector<std::string> const& keys) {
    json named = json::array();
    for (auto const& key : keys)
        named.push_back({{"type", "qcode"}, {"data", key}});
    return done(qmp_->execute("send-key", {{"keys", named}, {"hold-time", 80}}));
}

Result<void> Machine::plug(json const& device) { return done(qmp_->execute("device_add", device)); }

Result<void> Machine::unplug(std::string_view id) {
    if (auto asked = qmp_->execute("device_del", {{"id", id}}); !asked)
        return failure(asked.error());
    auto const deadline = std::chrono::steady_clock::now() + patiently(10s);
    for (;;) {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        auto const gone = qmp_->wait_for_event("DEVICE_DELETED", left);
        if (!gone) return failure(explained(gone.error()));
        if (gone->value("device", std::string{}) == id) return {};
    }
}

Result<void> Machine::plug_reader() {
    if (auto plugged = plug({{"driver", "usb-ccid"},
                             {"id", "reader"},
                             {"bus", "usb.0"},
                             {"port", std::to_string(reader_port)}});
        !plugged)
        return plugged;
    return plug({{"driver", "ccid-card-passthru"},
                 {"id", "slot"},
                 {"bus", "reader.0"},
                 {"chardev", "card"}});
}

Result<void> Machine::unplug_reader() { return unplug("reader"); }

base::Error Machine::explained(base::Error error) {
    static std::atomic<int> number{0};
    error.detail += "\nThe last lines of the serial log:\n" + serial_.last_lines(30);
    if (options_.failures.empty()) return error;
    std::error_code ignored;
    fs::create_directories(options_.failures, ignored);
    auto const name = "failure-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
    auto const left = options_.failures / name;
    fs::copy_file(file("serial.log"), left.native() + ".log", ignored);
    if (has_power() && qmp_ && screen())
        fs::copy_file(file("screen.png"), left.native() + ".png", ignored);
    error.detail += "\nLog and screen: " + left.native() + ".*";
    return error;
}

}  // namespace machine
