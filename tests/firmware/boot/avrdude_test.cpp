// The stock avrdude at the port of a board that runs in real time.
#include "drivers/base/process.hpp"
#include "tests/fakes/board/live_board.hpp"
#include "tests/firmware/boot/guest.hpp"

#include "tests/catch.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace supervisor_tests;
using namespace fake;
using namespace std::chrono_literals;

namespace {

class Folder {
  public:
    Folder() {
        std::string pattern = std::filesystem::temp_directory_path() / "avrdude-XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    std::filesystem::path operator/(std::string const& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

class Avrdude {
  public:
    Avrdude(LiveBoard const& board, std::vector<std::string> const& arguments) {
        std::vector<std::string> all{"avrdude", "-c",     "arduino", "-p",        "m1284p",
                                     "-b",      "115200", "-P",      board.port()};
        all.insert(all.end(), arguments.begin(), arguments.end());
        auto started = base::Process::start({.arguments = all, .output = folder_ / "said"});
        REQUIRE(started);
        process_.emplace(std::move(*started));
    }

    bool succeeds() {
        auto const code = process_->wait(60s);
        UNSCOPED_INFO(said());
        REQUIRE(code);
        return *code == 0;
    }
    void kill() { process_->signal(SIGKILL); }
    std::string said() const {
        std::ostringstream text;
        text << std::ifstream{folder_ / "said"}.rdbuf();
        return text.str();
    }

  private:
    Folder folder_;
    std::optional<base::Process> process_;
};

std::string flash_of(std::string const& guest) {
    return "flash:w:" + image_of(guest).string() + ":i";
}

// The guest shows its version at port B.
bool runs(LiveBoard& board, int version) {
    return board.wait_until(
        [version](Board& asked) {
            int shown = 0;
            for (int bit = 0; bit < 8; ++bit)
                shown |= asked.output({'B', bit}) == Drive::high ? 1 << bit : 0;
            return shown == version;
        },
        20s);
}

void ask_for_loader(LiveBoard& board) {
    board.ask([](Board& asked) { asked.send(base::Bytes{'L'}); });
}

}  // namespace

TEST_CASE("avrdude replaces an application that lets it, and verifies", "[boot][avrdude]") {
    LiveBoard board{with_loader({"guest_1"})};
    REQUIRE(runs(board, 1));
    ask_for_loader(board);
    CHECK(Avrdude{board, {"-U", flash_of("guest_2")}}.succeeds());
    CHECK(runs(board, 2));
    ask_for_loader(board);
    CHECK(Avrdude{board, {"-D", "-U", flash_of("guest_1")}}.succeeds());
    CHECK(runs(board, 1));
    CHECK(board.ask([](Board& asked) { return asked.complaints().size(); }) == 0);
}

TEST_CASE("avrdude that dies with the power in the middle of a page is followed by another",
          "[boot][avrdude]") {
    LiveBoard board{with_loader({"guest_1"})};
    REQUIRE(runs(board, 1));
    ask_for_loader(board);
    Avrdude first{board, {"-U", flash_of("guest_2")}};
    REQUIRE(board.wait_until([](Board& asked) { return asked.page_changes() >= 8; }, 20s));
    board.ask([](Board& asked) { asked.cut_power(Fate::half); });
    first.kill();
    board.ask([](Board& asked) { asked.give_power(); });
    CHECK_FALSE(board.wait_until(
        [](Board& asked) {
            return asked.output({'B', 0}) != Drive::floating;
        },
        1500ms));
    CHECK(Avrdude{board, {"-U", flash_of("guest_2")}}.succeeds());
    CHECK(runs(board, 2));
}

TEST_CASE("avrdude rescues a board whose application hangs at every start", "[boot][avrdude]") {
    LiveBoard board{with_loader({"guest_that_hangs"})};
    REQUIRE(board.wait_until([](Board& asked) { return asked.resets(Reset::watchdog) == 1; }, 20s));
    CHECK(Avrdude{board, {"-U", flash_of("guest_2")}}.succeeds());
    CHECK(runs(board, 2));
}

TEST_CASE("avrdude cannot replace the loader", "[boot][avrdude]") {
    LiveBoard board{with_loader({"guest_1"})};
    REQUIRE(runs(board, 1));
    ask_for_loader(board);
    auto const loader = [](Board& asked) {
        auto const flash = asked.flash();
        return base::Bytes{flash.begin() + boot::loader_begin, flash.end()};
    };
    auto const before = board.ask(loader);
    Avrdude avrdude{board, {"-U", flash_of("board_probe")}};
    CHECK_FALSE(avrdude.succeeds());
    CHECK(avrdude.said().find("device signature = 0x1e9705") != std::string::npos);
    CHECK(board.ask(loader) == before);
    CHECK(runs(board, 1));
}
