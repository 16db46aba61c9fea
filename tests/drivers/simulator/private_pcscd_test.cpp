#include "drivers/simulator/private_pcscd.hpp"

#include "drivers/base/bytes.hpp"
#include "drivers/base/eventually.hpp"
#include "drivers/base/line_client.hpp"
#include "drivers/base/unix_socket.hpp"
#include "tests/catch.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>

#include <nlohmann/json.hpp>
#include <winscard.h>

using namespace std::literals;
using simulator::PrivatePcscd;

namespace {

constexpr auto reader = "Virtual PCD 00 00";

// A folder of its own, gone at the end.
struct Folder {
    std::filesystem::path path;
    Folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "pcscd.XXXXXX").native();
        path = ::mkdtemp(pattern.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

base::Result<PrivatePcscd> start(Folder const& folder) {
    return PrivatePcscd::start(folder.path, SIMULATOR_PROGRAM, SIMULATOR_PROFILES);
}

std::string order(PrivatePcscd const& desk, std::string_view line) {
    auto client = base::LineClient::connect(desk.control());
    REQUIRE(client);
    auto answer = client->ask(line, 5s);
    REQUIRE(answer);
    return *answer;
}

int resets(PrivatePcscd const& desk) {
    return nlohmann::json::parse(order(desk, R"({"do":"state"})")).at("resets").get<int>();
}

// Whether pcscd resets the card in the slot beyond this count, within five seconds.
bool powered(PrivatePcscd const& desk, int before = 0) {
    return base::eventually([&] { return resets(desk) > before; }, 5s);
}

// What a program of the kiosk sees, through libpcsclite.
class Eyes {
  public:
    Eyes() { REQUIRE(open() == SCARD_S_SUCCESS); }
    Eyes(Eyes const&) = delete;
    Eyes& operator=(Eyes const&) = delete;
    ~Eyes() { SCardReleaseContext(context_); }

    LONG open() { return SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_); }
    void reopen() {
        SCardReleaseContext(context_);
        REQUIRE(open() == SCARD_S_SUCCESS);
    }

    // Waits for the state; false after five seconds.
    bool sees(DWORD wanted, DWORD not_wanted = 0) {
        auto const deadline = std::chrono::steady_clock::now() + 5s;
        SCARD_READERSTATE state{};
        state.szReader = reader;
        while (std::chrono::steady_clock::now() < deadline) {
            if (SCardGetStatusChange(context_, 500, &state, 1) == SCARD_S_SUCCESS) {
                atr = base::Bytes(state.rgbAtr, state.rgbAtr + state.cbAtr);
                if ((state.dwEventState & wanted) == wanted && !(state.dwEventState & not_wanted))
                    return true;
            }
            state.dwCurrentState = state.dwEventState;
        }
        return false;
    }

    // The answers to a list of commands, joined by commas; the name of the failure otherwise.
    std::string transmit(std::vector<std::string> const& commands) {
        SCARDHANDLE card{};
        DWORD protocol{};
        auto code =
            SCardConnect(context_, reader, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0, &card, &protocol);
        if (code != SCARD_S_SUCCESS) return pcsc_stringify_error(code);
        std::string answers;
        for (auto const& command : commands) {
            auto const apdu = *base::from_hex(command);
            std::uint8_t answer[300];
            DWORD size = sizeof(answer);
            SCARD_IO_REQUEST received{};
            code = SCardTransmit(card, SCARD_PCI_T0, apdu.data(), apdu.size(), &received, answer,
                                 &size);
            if (!answers.empty()) answers += ",";
            answers +=
                code == SCARD_S_SUCCESS ? base::to_hex({answer, size}) : pcsc_stringify_error(code);
        }
        SCardDisconnect(card, SCARD_RESET_CARD);
        return answers;
    }

    base::Bytes atr;

  private:
    SCARDCONTEXT context_{};
};

auto const select_vitale = "00 A4 04 00 0B D2 50 00 00 02 56 49 54 41 4C 45";
auto const read_number = "00 B0 82 00 00";
auto const ok = R"({"ok":true})";

// Cards that bring their own faults, and one that depends on the day. Leaves a card in the slot.
void check_slow_flaky_and_dated(PrivatePcscd const& desk, Eyes& eyes) {
    // The first command fails, and the card is well at another try.
    CHECK(order(desk, R"({"do":"insert","profile":"P20b"})") == ok);
    REQUIRE(eyes.sees(SCARD_STATE_PRESENT, SCARD_STATE_MUTE));
    CHECK_FALSE(eyes.transmit({select_vitale}).ends_with("9000"));
    CHECK(base::eventually([&] { return eyes.transmit({select_vitale}) == "9000"; }, 5s));

    CHECK(order(desk, R"({"do":"swap","profile":"P20a"})") == ok);
    CHECK(eyes.sees(SCARD_STATE_EMPTY));
    REQUIRE(eyes.sees(SCARD_STATE_PRESENT, SCARD_STATE_MUTE));
    auto const begun = std::chrono::steady_clock::now();
    auto const answers = eyes.transmit({select_vitale, read_number});
    CHECK(std::chrono::steady_clock::now() - begun >= 3s);
    CHECK(answers.starts_with("9000,65"));
    CHECK(answers.ends_with("9000"));

    CHECK(order(desk, R"({"do":"today","date":"2019-06-17"})") == ok);
    CHECK(order(desk, R"({"do":"swap","profile":"P26a"})") == ok);
    CHECK(eyes.sees(SCARD_STATE_EMPTY));
    REQUIRE(eyes.sees(SCARD_STATE_PRESENT, SCARD_STATE_MUTE));
    auto const born = base::to_hex(base::to_bytes("20010618"));
    CHECK(eyes.transmit({"00 A4 00 00 02 3F 00", read_number}).ends_with(born + "9000"));
}

}  // namespace

TEST_CASE("a private pcscd shows what is done to the virtual card", "[simulator][pcscd]") {
    Folder const folder;
    auto desk = start(folder);
    INFO((desk ? "" : base::describe(desk.error())));
    REQUIRE(desk);
    // Read once per process, so this is the only case that may look through libpcsclite.
    ::setenv("PCSCLITE_CSOCK_NAME", desk->socket().c_str(), 1);
    Eyes eyes;
    CHECK(eyes.sees(SCARD_STATE_EMPTY));

    CHECK(order(*desk, R"({"do":"insert","profile":"P01"})") == ok);
    REQUIRE(eyes.sees(SCARD_STATE_PRESENT, SCARD_STATE_MUTE));
    CHECK(base::to_hex(eyes.atr) == "3b751300004b09ea9000");
    CHECK(eyes.transmit({select_vitale, read_number}) ==
          "9000,65169003465241930f3137383035373539393939303137359000");

    // Turned over the card is present but mute; turned again it is good.
    CHECK(order(*desk, R"({"do":"turn"})") == ok);
    CHECK(eyes.sees(SCARD_STATE_PRESENT | SCARD_STATE_MUTE));
    CHECK(eyes.transmit({select_vitale}) == pcsc_stringify_error(SCARD_W_UNPOWERED_CARD));
    CHECK(order(*desk, R"({"do":"turn"})") == ok);
    CHECK(eyes.sees(SCARD_STATE_PRESENT, SCARD_STATE_MUTE));
    CHECK(eyes.transmit({select_vitale}) == "9000");

    CHECK(order(*desk, R"({"do":"swap","profile":"P16"})") == ok);
    CHECK(eyes.sees(SCARD_STATE_EMPTY));
    REQUIRE(eyes.sees(SCARD_STATE_PRESENT, SCARD_STATE_MUTE));
    CHECK(base::to_hex(eyes.atr) == "3f6525002209699000");
    CHECK(eyes.transmit({"00 A4 00 00 02 3F 00", "BC A4 00 00 02 3F 00"}) == "6e00,6d00");

    // A card pulled between two commands, and the same commands without the fault.
    CHECK(order(*desk, R"({"do":"swap","profile":"P01"})") == ok);
    CHECK(eyes.sees(SCARD_STATE_EMPTY));
    REQUIRE(eyes.sees(SCARD_STATE_PRESENT, SCARD_STATE_MUTE));
    CHECK(eyes.transmit({select_vitale, select_vitale}) == "9000,9000");
    CHECK(order(*desk, R"({"do":"fault","kind":"remove","after_apdus":1})") == ok);
    auto const pulled = eyes.transmit({select_vitale, select_vitale});
    CHECK(pulled.starts_with("9000,"));
    CHECK(pulled != "9000,9000");
    CHECK(eyes.sees(SCARD_STATE_EMPTY));

    // Killed and started again: the card in the slot is there for the new one too.
    CHECK(order(*desk, R"({"do":"insert","profile":"P01"})") == ok);
    REQUIRE(eyes.sees(SCARD_STATE_PRESENT, SCARD_STATE_MUTE));
    desk->pcscd().signal(SIGKILL);
    REQUIRE(desk->pcscd().wait(5s));
    CHECK_FALSE(eyes.transmit({select_vitale}) == "9000");
    REQUIRE(desk->restart_daemon());
    eyes.reopen();
    REQUIRE(eyes.sees(SCARD_STATE_PRESENT, SCARD_STATE_MUTE));
    CHECK(eyes.transmit({select_vitale}) == "9000");

    CHECK(order(*desk, R"({"do":"remove"})") == ok);
    CHECK(eyes.sees(SCARD_STATE_EMPTY));
    check_slow_flaky_and_dated(*desk, eyes);
    CHECK(order(*desk, R"({"do":"remove"})") == ok);
    CHECK(eyes.sees(SCARD_STATE_EMPTY));
    CHECK(order(*desk, R"({"do":"state"})").find(R"("inserted":false)") != std::string::npos);
}

TEST_CASE("two private pcscds run side by side, each with its own card", "[simulator][pcscd]") {
    Folder const left_folder;
    Folder const right_folder;
    auto left = start(left_folder);
    auto right = start(right_folder);
    REQUIRE(left);
    REQUIRE(right);
    CHECK(order(*left, R"({"do":"insert","profile":"P01"})") == ok);
    // Each pcscd powers the card put into its own slot, and only that one.
    CHECK(powered(*left));
    CHECK(order(*right, R"({"do":"state"})").find(R"("inserted":false)") != std::string::npos);
    CHECK(order(*right, R"({"do":"insert","profile":"P05"})") == ok);
    CHECK(powered(*right));
    // One ends without the other, and starts again in its place.
    auto const before = resets(*left);
    REQUIRE(left->stop_daemon());
    CHECK_FALSE(base::connect_to(left->socket()));
    CHECK(base::connect_to(right->socket()));
    CHECK(order(*right, R"({"do":"state"})").find(R"("connected":true)") != std::string::npos);
    REQUIRE(left->restart_daemon());
    CHECK(powered(*left, before));
    REQUIRE(left->restart_simulator());
    CHECK(order(*left, R"({"do":"state"})").find(R"("inserted":false)") != std::string::npos);
}

TEST_CASE("what keeps a private pcscd from starting is said in a sentence", "[simulator][pcscd]") {
    Folder const folder;
    auto const long_path = folder.path / std::string(100, 'x');
    auto started = PrivatePcscd::start(long_path, SIMULATOR_PROGRAM, SIMULATOR_PROFILES);
    REQUIRE_FALSE(started);
    CHECK_THAT(started.error().detail, Catch::Contains("the path is too long by"));
    CHECK_FALSE(std::filesystem::exists(long_path));

    started = PrivatePcscd::start(folder.path, folder.path / "none", SIMULATOR_PROFILES);
    REQUIRE_FALSE(started);
    CHECK_THAT(started.error().detail, Catch::Contains("none: No such file or directory"));

    started = PrivatePcscd::start(folder.path, SIMULATOR_PROGRAM, folder.path / "none");
    REQUIRE_FALSE(started);
    CHECK_THAT(started.error().detail, Catch::Contains("none: No such file or directory"));
}

TEST_CASE("everything of a private pcscd ends with it", "[simulator][pcscd]") {
    Folder const folder;
    auto desk = start(folder);
    REQUIRE(desk);
    auto const pcscd = desk->pcscd().pid();
    auto const simulator = desk->simulator().pid();
    CHECK(::kill(pcscd, 0) == 0);
    // Even when it hangs.
    desk->pcscd().signal(SIGSTOP);
    desk = base::failure(base::Errc::system_failed);
    CHECK(::kill(pcscd, 0) != 0);
    CHECK(::kill(simulator, 0) != 0);
    CHECK_FALSE(base::connect_to(folder.path / "run/pcscd.comm"));
}
