#include "tests/system/fixture.hpp"

#include <sys/stat.h>

using namespace system_tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

struct Program {
    std::string_view name;
    std::vector<std::string> arguments;
    std::string_view configuration;
};

Program const kiosk{"dmp-kiosk", {}, "kiosk.toml"};
Program const spooler{"dmp-spooler", {"run"}, "spooler.toml"};
Program const intake{"dmp-intake", {"serve"}, "intake.toml"};

// Starts the program and returns what it said before it refused.
std::string refusal(desk::Desk& desk, Program const& program) {
    auto const log = desk.file("refusal.log");
    fs::remove(log);
    std::vector<std::string> arguments{desk.program(program.name)};
    arguments.insert(arguments.end(), program.arguments.begin(), program.arguments.end());
    arguments.insert(arguments.end(), {"--config", desk.file(program.configuration)});
    auto process = must(base::Process::start({arguments, {}, log}));
    auto const code = must(process.wait(10s));
    CHECK(code != 0);
    CHECK(code < 128);
    return content_of(log);
}

}  // namespace

TEST_CASE(
    "a setting that is misspelt, missing or wrong stops the start with file, key and reason") {
    auto desk = must(desk::Desk::prepare(options()));
    SECTION("misspelt") {
        replace_in(desk->file("kiosk.toml"), "help_place", "help_plaice");
        auto const said = refusal(*desk, kiosk);
        CHECK(said.find("kiosk.toml: site.help_place: missing") != std::string::npos);
    }
    SECTION("unknown") {
        replace_in(desk->file("kiosk.toml"), "[reader]", "[reader]\ncolour = \"blue\"");
        CHECK(refusal(*desk, kiosk).find("reader.colour: unknown setting") != std::string::npos);
    }
    SECTION("not TOML") {
        replace_in(desk->file("kiosk.toml"), "[reader]", "[reader");
        CHECK(refusal(*desk, kiosk).find("kiosk.toml: line ") != std::string::npos);
    }
    SECTION("of the wrong kind, in the spooler") {
        replace_in(desk->file("spooler.toml"), "https://", "http://");
        CHECK(refusal(*desk, spooler).find("spooler.toml") != std::string::npos);
    }
    SECTION("of the wrong kind, in the intake") {
        replace_in(desk->file("intake.toml"), "node = \"intake-desk\"", "node = 3");
        CHECK(refusal(*desk, intake).find("intake.toml: node") != std::string::npos);
    }
}

TEST_CASE("a private key that others may read is refused by every program that holds one") {
    auto desk = must(desk::Desk::prepare(options()));
    struct Case {
        Program const& program;
        std::string_view key;
    };
    for (auto const& [program, key] :
         {Case{kiosk, "keys/kiosk-signing.key"}, Case{spooler, "keys/kiosk-tls.key"},
          Case{intake, "keys/receipt.key"}}) {
        INFO(program.name);
        ::chmod(desk->file(key).c_str(), 0644);
        auto const said = refusal(*desk, program);
        CHECK(said.find(fs::path{key}.filename()) != std::string::npos);
        CHECK(said.find("chmod 600") != std::string::npos);
    }
}

TEST_CASE("a missing key stops the start with the name of the file") {
    auto desk = must(desk::Desk::prepare(options()));
    fs::remove(desk->file("keys/kiosk-signing.key"));
    CHECK(refusal(*desk, kiosk).find("kiosk-signing.key") != std::string::npos);
    fs::remove(desk->file("keys/kiosk-tls.key"));
    CHECK(refusal(*desk, spooler).find("kiosk-tls.key") != std::string::npos);
}
