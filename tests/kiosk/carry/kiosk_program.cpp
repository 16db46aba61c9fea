#include "tests/kiosk/carry/kiosk_program.hpp"

#include <csignal>

namespace carry_tests {
namespace {

constexpr auto patience = 20s;

Ran run_to_end(std::vector<std::string> arguments, fs::path const& output) {
    std::error_code code;
    fs::remove(output, code);
    auto started = base::Process::start({std::move(arguments), {}, output});
    REQUIRE(started);
    auto const ended = started->wait(patience);
    REQUIRE(ended);
    return {*ended, spooler_test::content_of(output)};
}

}  // namespace

KioskProgram::KioskProgram(Site const& site, std::string name, std::uint16_t intake_port,
                           std::string more)
    : site_(site), name_(std::move(name)), more_(std::move(more)),
      identity_(site.client(pki::Subject{.name = name_})) {
    start(intake_port);
    REQUIRE(ask({{"do", "open_day"}, {"as", "A1"}})["ok"] == true);
}

void KioskProgram::start(std::uint16_t intake_port) {
    auto const url = "https://127.0.0.1:" + std::to_string(intake_port);
    auto const configuration = folder_ / "spooler.toml";
    static_cast<void>(spooler_test::write_configuration(folder_.path(), url));  // for its authors
    spooler_test::write(configuration,
                        "socket = \"socket\"\ndata = \"data\"\nkiosk = \"" + name_ +
                            "\"\nauthors = \"authors.toml\"\nclosing_hour = \"19:00\"\n" +
                            "[intake]\nurl = \"" + url + "\"\nca_certificate = \"" +
                            (site_.folder() / "server-ca.pem").native() + "\"\nclient_key = \"" +
                            identity_.key.native() + "\"\nclient_certificate = \"" +
                            identity_.certificate.native() + "\"\nreceipt_key = \"" +
                            (site_.folder() / "receipt.pub").native() +
                            "\"\n[limits]\nleast_free_mib = 0\nballast_mib = 0\n" + more_);
    auto const log = folder_ / "log";
    std::error_code code;
    fs::remove(log, code);
    auto started = base::Process::start(
        {{SPOOLER_PROGRAM, "run", "--config", configuration.native()}, {}, log});
    REQUIRE(started);
    process_ = std::move(*started);
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (spooler_test::content_of(log).find("ready") == std::string::npos) {
        INFO(spooler_test::content_of(log));
        REQUIRE(process_->running());
        REQUIRE(std::chrono::steady_clock::now() < deadline);
        static_cast<void>(process_->wait(1ms));
    }
}

void KioskProgram::restart(std::uint16_t intake_port) {
    if (process_->running()) {
        process_->signal(SIGTERM);
        REQUIRE(process_->wait(patience));
    }
    start(intake_port);
}

void KioskProgram::kill() {
    process_->signal(SIGKILL);
    REQUIRE(process_->wait(patience));
}

json KioskProgram::ask(json const& question) const {
    auto client = base::LineClient::connect(folder_ / "socket");
    REQUIRE(client);
    auto const answer = client->ask(question.dump(), patience);
    REQUIRE(answer);
    return json::parse(*answer);
}

spooler::SealedRequest KioskProgram::enqueue() {
    auto request = spooler_test::sealed_request();
    REQUIRE(ask(json::parse(spooler_test::enqueue_line(request)))["ok"] == true);
    return request;
}

std::string KioskProgram::state(spooler::SealedRequest const& request) const {
    return ask({{"do", "ask"}, {"id", request.id.text()}})["state"];
}

bool KioskProgram::eventually(std::function<bool(json const&)> const& condition) const {
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline) {
        auto const now = status();
        if (condition(now)) return true;
        if (!now["uplink"]["next_try_s"].is_null()) ask({{"do", "retry_now"}});
    }
    return false;
}

Ran KioskProgram::run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), SPOOLER_PROGRAM);
    arguments.insert(arguments.end(), {"--socket", (folder_ / "socket").native()});
    return run_to_end(std::move(arguments), folder_ / "output");
}

std::string KioskProgram::command_line(std::string const& arguments) const {
    return std::string{SPOOLER_PROGRAM} + " " + arguments + " --socket " +
           (folder_ / "socket").native();
}

Ran KioskProgram::run_in_shell(std::string const& command) const {
    return run_to_end({"unshare", "--user", "--map-root-user", "--mount", "sh", "-c", command},
                      folder_ / "output");
}

json received(Site const& site) {
    return json::parse(site.run({"list", "--config", site.config(), "--json"}).output);
}

}  // namespace carry_tests
