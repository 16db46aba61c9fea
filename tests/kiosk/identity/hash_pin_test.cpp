#include "drivers/base/eventually.hpp"
#include "drivers/base/process.hpp"
#include "kiosk/config/authors.hpp"
#include "kiosk/identity/pin.hpp"
#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"

#include <chrono>
#include <csignal>
#include <fstream>
#include <optional>
#include <string>

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

std::string const pin = "482913";

std::string content_of(std::filesystem::path const& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

bool holds(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

struct Ended {
    int code;
    std::string said;
};

Ended run(std::vector<std::string> const& arguments) {
    TemporaryFolder const folder;
    std::vector<std::string> command{KIOSK, "hash-pin"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    auto process = base::Process::start({command, {}, folder / "said"});
    REQUIRE(process);
    auto const code = process->wait(10s).value();
    return {code, content_of(folder / "said")};
}

// With this text in the place of a terminal.
Ended run_reading(std::string const& text) {
    TemporaryFolder const folder;
    std::ofstream{folder / "typed"} << text;
    auto process = base::Process::start(
        {{"sh", "-c", "exec \"$0\" hash-pin < \"$1\"", KIOSK, folder / "typed"},
         {},
         folder / "said"});
    REQUIRE(process);
    auto const code = process->wait(10s).value();
    return {code, content_of(folder / "said")};
}

// The program at a terminal of its own.
class Terminal {
  public:
    Terminal() {
        child_ = ::forkpty(&master_, nullptr, nullptr, nullptr);
        if (child_ == 0) {
            ::execl(KIOSK, KIOSK, "hash-pin", static_cast<char*>(nullptr));
            ::_exit(127);
        }
        REQUIRE(child_ > 0);
    }
    ~Terminal() {
        if (child_ > 0) {
            ::kill(child_, SIGKILL);
            ::waitpid(child_, nullptr, 0);
        }
        ::close(master_);
    }
    Terminal(Terminal const&) = delete;
    Terminal& operator=(Terminal const&) = delete;

    void type(std::string const& keys) const {
        REQUIRE(::write(master_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
    }

    void await(std::string const& words) {
        while (!holds(shown_, words))
            if (!read_more()) FAIL("not shown: " << words << "; but: " << shown_);
    }

    bool echoes() const {
        termios mode{};
        REQUIRE(::tcgetattr(master_, &mode) == 0);
        return (mode.c_lflag & ECHO) != 0;
    }

    std::string command_line() const {
        return content_of("/proc/" + std::to_string(child_) + "/cmdline");
    }

    Ended end() {
        while (read_more()) {
        }
        int status = 0;
        REQUIRE(::waitpid(child_, &status, 0) == child_);
        child_ = -1;
        return {WEXITSTATUS(status), shown_};
    }

  private:
    bool read_more() {
        pollfd polled{master_, POLLIN, 0};
        char buffer[4096];
        if (::poll(&polled, 1, 10'000) != 1) return false;
        auto const count = ::read(master_, buffer, sizeof(buffer));
        if (count <= 0) return false;  // EIO when the program is gone
        shown_.append(buffer, static_cast<std::size_t>(count));
        return true;
    }

    int master_ = -1;
    pid_t child_ = -1;
    std::string shown_;
};

// The hash inside the printed line, taken as the operator would: pasted into an author's table.
std::string pasted(std::string const& printed) {
    auto const begin = printed.find("pin_hash = ");
    REQUIRE(begin != std::string::npos);
    auto const line = printed.substr(begin, printed.find_first_of("\r\n", begin) - begin);
    TemporaryFolder const folder;
    std::ofstream{folder / "authors.toml"}
        << "[[authors]]\nid = \"1\"\nfamily_name = \"TEST\"\ngiven_name = \"AGENT\"\n"
           "structure_id = \"1B\"\nstructure_name = \"STRUCTURE\"\n"
        << line << "\n";
    auto const authors = config::read_authors(folder / "authors.toml");
    if (!authors) FAIL(base::describe(authors.error()));
    return authors->at(0).pin_hash.value();
}

}  // namespace

TEST_CASE("the printed line, pasted into the list of authors, is the hash of the PIN piped in") {
    auto const [code, said] = run_reading(pin + "\n");
    CHECK(code == 0);
    CHECK_FALSE(holds(said, pin));
    CHECK(said.find('\n') == said.size() - 1);  // the line alone
    auto const hash = pasted(said);
    CHECK(identity::verify_pin(pin, hash).value());
    CHECK_FALSE(identity::verify_pin(std::string{"482914"}, hash).value());
}

TEST_CASE("a last line without an end is a line, and only the first line is read") {
    CHECK(identity::verify_pin(pin, pasted(run_reading(pin).said)).value());
    CHECK(identity::verify_pin(pin, pasted(run_reading(pin + "\nmore\n").said)).value());
}

TEST_CASE("a PIN typed twice at a terminal is neither shown nor in the list of processes") {
    Terminal terminal;
    CHECK(terminal.command_line() != "");
    terminal.await("PIN (nothing is shown): ");
    CHECK_FALSE(terminal.echoes());
    terminal.type("48x\x7f"
                  "2913\r");
    terminal.await("The same PIN again: ");
    CHECK_FALSE(holds(terminal.command_line(), pin));
    CHECK(holds(terminal.command_line(), "hash-pin"));
    terminal.type(pin + "\r");
    terminal.await("pin_hash = ");
    auto const ended = terminal.end();
    CHECK(ended.code == 0);
    CHECK_FALSE(holds(ended.said, pin));
    CHECK_FALSE(holds(ended.said, "2913"));
    CHECK(identity::verify_pin(pin, pasted(ended.said)).value());
}

TEST_CASE("two PINs that differ make no hash") {
    Terminal terminal;
    terminal.await("PIN (nothing is shown): ");
    terminal.type(pin + "\r");
    terminal.await("The same PIN again: ");
    terminal.type("482914\r");
    auto const ended = terminal.end();
    CHECK(ended.code == 1);
    CHECK(holds(ended.said, "the two PINs differ"));
    CHECK_FALSE(holds(ended.said, "pin_hash"));
    CHECK_FALSE(holds(ended.said, pin));
}

TEST_CASE("whoever gives up finds a terminal that shows what is typed") {
    Terminal terminal;
    terminal.await("PIN (nothing is shown): ");
    REQUIRE_FALSE(terminal.echoes());
    terminal.type("48\x03");
    terminal.await("given up");
    CHECK(terminal.echoes());
    CHECK(terminal.end().code == 1);
}

TEST_CASE("a PIN that is too simple, too short or no number is refused with its reason") {
    auto const simple = run_reading("123456\n");
    CHECK(simple.code == 1);
    CHECK(holds(simple.said, "too simple"));
    CHECK_FALSE(holds(simple.said, "123456"));
    CHECK(holds(run_reading("48291\n").said, "6 to 12 digits"));
    CHECK(holds(run_reading("").said, "6 to 12 digits"));
    CHECK(holds(run_reading(std::string(100'000, '7')).said, "6 to 12 digits"));
}

TEST_CASE("a PIN is never taken as an argument, nor repeated when it is given so") {
    for (auto const& arguments :
         {std::vector<std::string>{pin}, {"--pin", pin}, {"--pin=" + pin}, {"--", pin}}) {
        auto const [code, said] = run(arguments);
        CHECK(code == 1);
        CHECK(holds(said, "hash-pin takes no argument"));
        CHECK_FALSE(holds(said, pin));
        CHECK_FALSE(holds(said, "pin_hash"));
    }
}
