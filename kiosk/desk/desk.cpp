#include "kiosk/desk/desk.hpp"

#include "drivers/base/eventually.hpp"
#include "kiosk/desk/configuration.hpp"
#include "kiosk/identity/pin.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace desk {
namespace {

using base::Errc;
using base::failure;
using base::Process;
using base::Result;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto start_limit = 20s;

std::string content_of(fs::path const& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

Result<void> write_file(fs::path const& path, std::string const& content) {
    std::ofstream file{path};
    file << content;
    if (!file.flush()) return failure(Errc::file_unreadable, path.native() + ": cannot be written");
    return {};
}

// The last lines of a program's log, for the error of whoever waited for it in vain.
std::string tail_of(fs::path const& log) {
    auto text = content_of(log);
    return text.size() > 2000 ? text.substr(text.size() - 2000) : text;
}

}  // namespace

Result<std::unique_ptr<Desk>> Desk::prepare(Options const& options) {
    // Short, because a socket's path has 107 characters at most.
    std::string pattern = fs::temp_directory_path() / "dmp-desk-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) return failure(base::system_error(pattern));
    std::unique_ptr<Desk> desk{new Desk{options, pattern}};
    if (auto made = desk->make_keys(); !made) return failure(made.error());
    if (auto written = desk->write_configuration(); !written) return failure(written.error());
    auto pcscd =
        simulator::PrivatePcscd::start(desk->file("pcscd"), desk->program("vitale-simulator"),
                                       options.source / "drivers/simulator/profiles");
    if (!pcscd) return failure(pcscd.error());
    desk->pcscd_.emplace(std::move(*pcscd));
    auto card = RobotClient::connect(desk->pcscd_->control(), start_limit);
    if (!card) return failure(card.error());
    desk->card_.emplace(std::move(*card));
    return desk;
}

Result<std::unique_ptr<Desk>> Desk::start(Options const& options) {
    auto desk = prepare(options);
    if (!desk) return desk;
    if (auto done = (*desk)->start_intake(); !done) return failure(done.error());
    if (auto done = (*desk)->start_spooler(); !done) return failure(done.error());
    if (auto done = (*desk)->open_day(); !done) return failure(done.error());
    if (auto done = (*desk)->start_kiosk(); !done) return failure(done.error());
    if (auto done = (*desk)->robot().wait_for("attract"); !done) return failure(done.error());
    return desk;
}

Desk::~Desk() {
    // Before the display and the reader go away under it.
    stop_kiosk();
    spooler_.reset();
    intake_.reset();
    card_.reset();
    pcscd_.reset();
    xvfb_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void Desk::stop_kiosk() {
    robot_.reset();
    kiosk_.reset();
}

Result<std::string> Desk::run(std::vector<std::string> arguments) {
    auto const output = file("output");
    fs::remove(output);
    auto const what = arguments.front();
    auto process = Process::start({std::move(arguments), {}, output});
    if (!process) return failure(process.error());
    auto const code = process->wait(60s);
    if (!code) return failure(code.error());
    if (*code != 0)
        return failure(Errc::system_failed,
                       what + " ended with " + std::to_string(*code) + ": " + tail_of(output));
    return content_of(output);
}

Result<void> Desk::make_keys() {
    auto made =
        run({options_.source / "kiosk/desk/make-keys", file("keys"), std::string{kiosk_id}});
    if (!made) return failure(made.error());
    return {};
}

Result<void> Desk::write_configuration() const {
    Site const site{options_.source / "assets",
                    options_.environment,
                    intake_port_,
                    options_.width,
                    options_.height,
                    options_.mm_per_pixel,
                    options_.viewing_distance_mm,
                    !options_.pin.empty()};
    std::string pin_hash;
    if (site.identity_seen) {
        auto hashed = identity::hash_pin(crypto::SecretText{options_.pin});
        if (!hashed) return failure(hashed.error());
        pin_hash = std::move(*hashed);
    }
    struct File {
        std::string_view name;
        std::string content;
    };
    for (auto const& entry :
         {File{"authors.toml", authors_toml(pin_hash)}, File{"kiosk.toml", kiosk_toml(site)},
          File{"spooler.toml", spooler_toml(site)}, File{"intake.toml", intake_toml(site)}})
        if (auto written = write_file(file(entry.name), entry.content); !written) return written;
    return {};
}

Result<void> Desk::start_intake() {
    fs::remove(file("intake.port"));
    auto process =
        Process::start({{program("dmp-intake"), "serve", "--config", file("intake.toml")},
                        {},
                        file("intake.log")});
    if (!process) return failure(process.error());
    intake_.emplace(std::move(*process));
    auto const ready = [&] {
        return !intake_->running() ||
               content_of(file("intake.port")).find('\n') != std::string::npos;
    };
    if (!base::eventually(ready, start_limit) || !intake_->running())
        return failure(Errc::system_failed, "dmp-intake: " + tail_of(file("intake.log")));
    // The port the system chose the first time is kept when the intake comes back.
    intake_port_ = std::atoi(content_of(file("intake.port")).c_str());
    return write_configuration();
}

Result<void> Desk::start_spooler() {
    auto process =
        Process::start({{program("dmp-spooler"), "run", "--config", file("spooler.toml")},
                        {},
                        file("spooler.log")});
    if (!process) return failure(process.error());
    spooler_.emplace(std::move(*process));
    auto const ready = [&] {
        return !spooler_->running() || base::connect_to(file("spooler.sock")).has_value();
    };
    if (!base::eventually(ready, start_limit) || !spooler_->running())
        return failure(Errc::system_failed, "dmp-spooler: " + tail_of(file("spooler.log")));
    return {};
}

Result<void> Desk::start_display() {
    if (!options_.headless || xvfb_) return {};
    auto const log = file("xvfb.log");
    auto const geometry =
        std::to_string(options_.width) + "x" + std::to_string(options_.height) + "x24";
    auto process = Process::start(
        {{"Xvfb", "-displayfd", "1", "-screen", "0", geometry, "-nolisten", "tcp"}, {}, log});
    if (!process) return failure(process.error());
    xvfb_.emplace(std::move(*process));
    // It writes the number of the display it found free, and a line end, once it is ready.
    auto const number = [&] {
        std::istringstream text{content_of(log)};
        std::string line;
        while (std::getline(text, line))
            if (!line.empty() && line.find_first_not_of("0123456789") == std::string::npos)
                return line;
        return std::string{};
    };
    if (!base::eventually([&] { return !number().empty(); }, start_limit))
        return failure(Errc::system_failed, "Xvfb: " + tail_of(log));
    display_ = ":" + number();
    return {};
}

Result<void> Desk::start_kiosk() {
    if (auto started = start_display(); !started) return started;
    Process::Command command{
        {options_.kiosk.empty() ? program("dmp-kiosk") : options_.kiosk, "--config",
         file("kiosk.toml"), "--robot", file("robot.sock")},
        {{"PCSCLITE_CSOCK_NAME", pcscd_->socket()},
         {"SDL_VIDEODRIVER", "x11"},
         // As its unit has it: kiosk/wiping_free.cpp says why.
         {"GLIBC_TUNABLES", "glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0"}},
        file("kiosk.log")};
    if (!options_.kiosk_under.empty()) {
        auto under = options_.kiosk_under;
        under.push_back(file("kiosk.trace"));
        command.arguments.insert(command.arguments.begin(), under.begin(), under.end());
    }
    if (!display_.empty()) command.environment.emplace_back("DISPLAY", display_);
    auto process = Process::start(command);
    if (!process) return failure(process.error());
    kiosk_.emplace(std::move(*process));
    auto const ready = [&] {
        return !kiosk_->running() || base::connect_to(file("robot.sock")).has_value();
    };
    auto robot = base::eventually(ready, start_limit) && kiosk_->running()
                     ? RobotClient::connect(file("robot.sock"), start_limit)
                     : failure(Errc::system_failed);
    if (!robot) return failure(Errc::system_failed, "dmp-kiosk: " + tail_of(file("kiosk.log")));
    robot_.emplace(std::move(*robot));
    return {};
}

Result<void> Desk::open_day() {
    auto done = run({program("dmp-spooler"), "open-day", "--as", std::string{author_id}, "--config",
                     file("spooler.toml")});
    if (!done) return failure(done.error());
    return {};
}

Result<void> Desk::close_day() {
    auto done = run({program("dmp-spooler"), "close-day", "--config", file("spooler.toml")});
    if (!done) return failure(done.error());
    return {};
}

Result<nlohmann::json> Desk::spooler_status() {
    auto text = run({program("dmp-spooler"), "status", "--json", "--config", file("spooler.toml")});
    if (!text) return failure(text.error());
    auto status = nlohmann::json::parse(*text, nullptr, false);
    if (!status.is_object()) return failure(Errc::protocol_violated, "status: " + *text);
    return status;
}

Result<void> Desk::retry_now() {
    auto done = run({program("dmp-spooler"), "retry-now", "--config", file("spooler.toml")});
    if (!done) return failure(done.error());
    return {};
}

Result<std::uintmax_t> Desk::largest_received() {
    auto text = run({program("dmp-intake"), "list", "--json", "--config", file("intake.toml")});
    if (!text) return failure(text.error());
    auto const list = nlohmann::json::parse(*text, nullptr, false);
    if (!list.is_array()) return failure(Errc::protocol_violated, "list: " + *text);
    std::uintmax_t largest = 0;
    for (auto const& request : list)
        largest = std::max(largest, request.value("size", largest));
    return largest;
}

Result<void> Desk::wait_until_sent(std::chrono::milliseconds timeout) {
    Result<nlohmann::json> status = failure(Errc::timed_out);
    auto const sent = [&] {
        status = spooler_status();
        return !status || status->value("waiting", -1) == 0;
    };
    if (!base::eventually(sent, timeout))
        return failure(Errc::timed_out, "still waiting: " + (*status).dump());
    if (!status) return failure(status.error());
    return {};
}

Result<void> Desk::open_received(fs::path const& output) {
    auto done = run({program("dmp-intake"), "open", "--all", "--config", file("intake.toml"),
                     "--key", file("keys/receiver.key"), "--kiosk-ca",
                     file("keys/kiosk-authority.pem"), "--output", output});
    if (!done) return failure(done.error());
    return {};
}

}  // namespace desk
