#include "tests/kiosk/machine/room.hpp"

#include "drivers/base/eventually.hpp"

#include <fstream>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace machine_tests {
namespace {

// Says what FOLDER/answers/PROGRAM-WORD holds, waits for FOLDER/answers/PROGRAM-WORD.hold, a pipe,
// and ends with the code of FOLDER/answers/PROGRAM-WORD.code.
constexpr auto recorder = R"sh(#!/bin/sh
answers=$(dirname "$0")/answers
program=$(basename "$0")
echo "$program $*" >>"$(dirname "$0")/calls"
for word; do case $word in -*) ;; *) break ;; esac; done
answer=$answers/$program-$word
[ -p "$answer.hold" ] && cat "$answer.hold"
[ -f "$answer" ] && cat "$answer"
[ -f "$answer.code" ] && exit "$(cat "$answer.code")"
exit 0
)sh";

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    std::istringstream stream{text};
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

}  // namespace

Room::Room(int idle_seconds) {
    fs::permissions(folder_.path(), fs::perms{0755});
    fs::create_directory(folder_ / "answers");
    for (auto const* name : {"systemctl", "rauc", "dmp-supervisor"}) {
        write(folder_ / name, recorder);
        fs::permissions(folder_ / name, fs::perms{0755});
    }
    static_cast<void>(spooler_test::write_configuration(folder_.path(), "https://127.0.0.1:1"));
    write(folder_ / "machine.toml",
          fmt::format("kiosk_user = \"nobody\"\nauthors = \"authors.toml\"\nspooler = \"socket\"\n"
                      "quiet = \"quiet\"\nslot = \"slot\"\nrelease = \"release\"\n"
                      "idle_seconds = {}\n[programs]\nsystemctl = \"systemctl\"\nrauc = \"rauc\"\n"
                      "spooler = \"{}\"\nsupervisor = \"dmp-supervisor\"\n",
                      idle_seconds, SPOOLER_PROGRAM));
    start();
}

void Room::start() {
    // It becomes the program with the first connection, as the service manager starts it.
    auto started = base::Process::start(
        {.arguments = {"systemd-socket-activate", "-l", socket(), MACHINE_PROGRAM, "serve",
                       "--config", folder_ / "machine.toml"},
         .output = folder_ / "log"});
    REQUIRE(started);
    service_ = std::move(*started);
    REQUIRE(base::eventually([&] { return contains(log(), "Listening on"); }, patience));
    ::chmod(socket().c_str(), 0666);
}

void Room::start_spooler() {
    auto started = base::Process::start(
        {.arguments = {SPOOLER_PROGRAM, "run", "--config", folder_ / "spooler.toml"},
         .output = folder_ / "spooler.log"});
    REQUIRE(started);
    spooler_ = std::move(*started);
    REQUIRE(base::eventually([&] { return contains(content_of(folder_ / "spooler.log"), "ready"); },
                             patience));
}

json Room::spooler_status() const {
    auto client = base::LineClient::connect(folder_ / "socket");
    REQUIRE(client);
    auto const answer = client->ask(R"({"do":"status"})", patience);
    REQUIRE(answer);
    return json::parse(*answer);
}

std::vector<std::string> Room::calls() const { return lines_of(content_of(folder_ / "calls")); }

void Room::let(std::string const& program, std::string const& word, std::string const& says,
               int exit_code) const {
    auto const answer = (folder_ / "answers") / (program + "-" + word);
    write(answer, says);
    write(answer.native() + ".code", std::to_string(exit_code));
}

void Room::hold(std::string const& program, std::string const& word) const {
    auto const pipe = (folder_ / "answers") / (program + "-" + word + ".hold");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
}

void Room::release(std::string const& program, std::string const& word) const {
    auto const pipe = (folder_ / "answers") / (program + "-" + word + ".hold");
    std::ofstream{pipe} << "released\n";  // waits for the reader
    fs::remove(pipe);
}

bool Room::is_called(std::string const& line) const {
    return base::eventually(
        [&] {
            auto const all = calls();
            return std::ranges::find(all, line) != all.end();
        },
        patience);
}

Ran Room::ask(std::vector<std::string> words) const {
    auto const output = folder_ / "output";
    std::error_code code;
    fs::remove(output, code);
    words.insert(words.begin(), {MACHINE_PROGRAM, "--socket", socket().native()});
    auto started = base::Process::start({.arguments = std::move(words), .output = output});
    REQUIRE(started);
    auto const ended = started->wait(patience);
    REQUIRE(ended);
    return {*ended, content_of(output)};
}

base::LineClient Room::connect() const {
    auto client = base::LineClient::connect(socket());
    REQUIRE(client);
    return std::move(*client);
}

json Room::say(std::string const& line) const {
    auto client = connect();
    auto const answer = client.ask(line, patience);
    REQUIRE(answer);
    return json::parse(*answer);
}

}  // namespace machine_tests
