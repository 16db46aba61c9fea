// The program itself: its command line, its ends, and what a kill -9 leaves.
#include "drivers/base/line_client.hpp"
#include "drivers/base/process.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"
#include "tests/kiosk/spooler/intake_server.hpp"

#include <csignal>
#include <thread>

#include <nlohmann/json.hpp>

using namespace spooler_test;
using base::Process;
using nlohmann::json;

namespace {

struct Program {
    TemporaryFolder folder{On::disk};
    fs::path configuration;
    std::optional<Process> process;

    explicit Program(std::string const& url = "https://127.0.0.1:1")
        : configuration(write_configuration(folder.path(), url)) {}

    fs::path log() const { return folder / "log"; }

    void start() {
        std::error_code code;
        fs::remove(log(), code);
        auto started = Process::start(
            {{SPOOLER_PROGRAM, "run", "--config", configuration.native()}, {}, log()});
        REQUIRE(started);
        process = std::move(*started);
        auto const deadline = std::chrono::steady_clock::now() + 10s;
        while (content_of(log()).find("ready") == std::string::npos) {
            INFO(content_of(log()));
            REQUIRE(process->running());
            REQUIRE(std::chrono::steady_clock::now() < deadline);
            static_cast<void>(process->wait(1ms));
        }
    }
    base::LineClient connect() const {
        auto client = base::LineClient::connect(folder / "socket");
        REQUIRE(client);
        return std::move(*client);
    }
    struct Ended {
        int code;
        std::string output;
    };
    Ended command(std::vector<std::string> const& arguments) const {
        auto const output = folder / "output";
        std::error_code code;
        fs::remove(output, code);
        std::vector<std::string> all{SPOOLER_PROGRAM};
        all.insert(all.end(), arguments.begin(), arguments.end());
        auto started = Process::start({all, {}, output});
        REQUIRE(started);
        auto const ended = started->wait(10s);
        REQUIRE(ended);
        return {*ended, content_of(output)};
    }
    std::string place() const { return configuration.native(); }
};

}  // namespace

TEST_CASE("the program says ready, serves, and ends cleanly within two seconds", "[daemon]") {
    Program program;
    program.start();
    CHECK(program.command({"status", "--config", program.place()})
              .output.starts_with("0 waiting, none lost.\n"));
    auto const opened = program.command({"open-day", "--as", "A1", "--config", program.place()});
    CHECK(opened.code == 0);
    CHECK(opened.output.starts_with("The day is open for A1 until "));
    auto const socket = (program.folder / "socket").native();
    auto const status =
        json::parse(program.command({"status", "--json", "--socket", socket}).output);
    CHECK(status["day"]["author"] == "A1");
    CHECK(program.command({"retry-now", "--socket", socket}).code == 0);
    auto const wrong = program.command({"open-day", "--as", "Z", "--config", program.place()});
    CHECK(wrong.code != 0);
    CHECK(wrong.output.find("unknown_author") != std::string::npos);
    CHECK(program.command({"close-day", "--socket", socket}).output == "The day is closed.\n");
    auto const begin = std::chrono::steady_clock::now();
    program.process->signal(SIGTERM);
    CHECK(program.process->wait(10s).value() == 0);
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
    CHECK_FALSE(fs::exists(program.folder / "socket"));
    CHECK(fs::file_size(program.folder.path() / "data" / "outbox.db-wal") == 0);
    auto const alone = program.command({"status", "--socket", socket});
    CHECK(alone.code != 0);
    CHECK(alone.output.find("is dmp-spooler running?") != std::string::npos);
}

TEST_CASE("a bad configuration is one sentence, a code, and nothing half-started", "[daemon]") {
    Program program;
    write(program.configuration, content_of(program.configuration) + "colour = 1\n");
    auto const ended = program.command({"run", "--config", program.place()});
    CHECK(ended.code != 0);
    CHECK(ended.output == "dmp-spooler: " + program.place() + ": limits.colour: unknown setting\n");
    CHECK_FALSE(fs::exists(program.folder / "data"));
    CHECK_FALSE(fs::exists(program.folder / "socket"));
    CHECK(program.command({"run"}).code != 0);
    CHECK(program.command({"run", "--config", "/nowhere.toml"}).code != 0);
}

TEST_CASE("kill -9 loses nothing that was acknowledged and nothing is sent twice as new",
          "[daemon]") {
    IntakeServer server;
    server.script([](IntakeServer& here, IntakeServer::Request const& request) {
        auto reply = here.take(request);
        reply.cut = request.number % 7 == 0;
        return reply;
    });
    Program program{server.url()};
    std::vector<std::string> acknowledged;
    for (int round = 0; round < 6; ++round) {
        program.start();
        auto client = program.connect();
        REQUIRE(client.ask(R"({"do":"open_day","as":"A1"})", 5s));
        if (round == 0) REQUIRE(client.ask(R"({"do":"session_started"})", 5s));
        // Killed from another thread at no particular moment, in the middle of the enqueues.
        std::atomic<int> answered = 0;
        std::thread killer{[&] {
            answered.wait(0);
            while (answered < 5 + round * 3)
                std::this_thread::yield();
            program.process->signal(SIGKILL);
        }};
        for (int i = 0; i < 1000; ++i) {
            auto const request = sealed_request();
            auto const answer = client.ask(enqueue_line(request), 5s);
            if (!answer) break;
            REQUIRE(json::parse(*answer)["ok"] == true);
            acknowledged.push_back(request.id.text());
            ++answered;
            answered.notify_all();
        }
        killer.join();
        CHECK(program.process->wait(5s).value() == 128 + SIGKILL);
    }
    CHECK(acknowledged.size() > 60);
    program.start();
    auto client = program.connect();
    auto const status = [&] { return json::parse(*client.ask(R"({"do":"status"})", 5s)); };
    CHECK(status()["day"]["author"] == "A1");
    CHECK(status()["ledger"]["interrupted"] == 1);
    auto const deadline = std::chrono::steady_clock::now() + 10s;
    while (status()["waiting"] != 0 && std::chrono::steady_clock::now() < deadline)
        REQUIRE(client.ask(R"({"do":"retry_now"})", 5s));
    for (auto const& id : acknowledged) {
        auto const answer = client.ask(json{{"do", "ask"}, {"id", id}}.dump(), 5s);
        REQUIRE(answer);
        CHECK(json::parse(*answer)["state"] == "receipted");
    }
    CHECK(server.stored() >= acknowledged.size());
    CHECK(server.stored() <= acknowledged.size() + 6);  // one unanswered at each kill, at most
    CHECK(status()["damaged"] == 0);
}
