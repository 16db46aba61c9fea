#include "drivers/simulator/panel/remote.hpp"

#include "drivers/base/eventually.hpp"
#include "drivers/base/line_server.hpp"
#include "drivers/base/process.hpp"
#include "tests/catch.hpp"

#include <csignal>
#include <cstdlib>
#include <thread>

using namespace simulator;
using namespace std::literals;

namespace {

struct Folder {
    std::filesystem::path path;
    Folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "remote.XXXXXX").native();
        path = ::mkdtemp(pattern.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

base::Result<Remote> connect_within_five_seconds(std::filesystem::path const& control) {
    auto remote = Remote::connect(control);
    auto const connected = [&] { return remote || (remote = Remote::connect(control)); };
    static_cast<void>(base::eventually(connected, 5s));
    return remote;
}

// A server that gives every line the same answer.
class Parrot {
  public:
    Parrot(std::filesystem::path const& path, std::string answer)
        : server_(base::LineServer::listen(path).value()),
          thread_([this, answer = std::move(answer)](std::stop_token const& stop) {
              while (!stop.stop_requested()) {
                  std::vector<pollfd> polled;
                  server_.add_to(polled);
                  ::poll(polled.data(), polled.size(), 10);
                  server_.serve([&](auto client, auto) { server_.send(client, answer); });
              }
          }) {}

  private:
    base::LineServer server_;
    std::jthread thread_;
};

}  // namespace

TEST_CASE("the panel sees and moves the cards of a simulator", "[simulator][panel]") {
    Folder const folder;
    auto const control = folder.path / "control";
    auto program = base::Process::start(
        {{SIMULATOR_PROGRAM, "--control", control.native(), "--profiles", SIMULATOR_PROFILES}});
    REQUIRE(program);
    auto remote = connect_within_five_seconds(control);
    REQUIRE(remote);

    auto const cards = remote->cards();
    REQUIRE(cards);
    REQUIRE(cards->size() >= 16);
    CHECK(cards->front().id == "P01");
    CHECK(cards->front().title == "Insured adult alone");
    CHECK_FALSE(cards->front().tests.empty());

    CHECK(remote->slot() == SlotView{});
    CHECK(remote->give({Order::Kind::insert, "P05"}));
    CHECK(remote->slot().value().profile == "P05");
    CHECK(remote->give({Order::Kind::turn}));
    CHECK(remote->slot().value().turned);
    CHECK(remote->give({Order::Kind::swap, "P16"}));
    CHECK(remote->slot().value().profile == "P16");
    CHECK(remote->give({Order::Kind::remove}));
    CHECK_FALSE(remote->slot().value().inserted);

    auto const refused = remote->give({Order::Kind::remove});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == base::Errc::refused);
    CHECK(refused.error().detail == "no_card: no card is in the slot");

    program->signal(SIGTERM);
    CHECK(program->wait(5s) == 0);
    CHECK(remote->slot().error().code == base::Errc::connection_lost);
    CHECK_FALSE(std::filesystem::exists(control));
}

TEST_CASE("an answer that is not a simulator's is an error", "[simulator][panel]") {
    for (auto const* answer : {"", "nonsense", "[]", R"({"ok":true})", R"({"ok":false,"error":3})",
                               R"({"ok":true,"inserted":1,"profile":2,"profiles":[{"id":3}]})"}) {
        Folder const folder;
        Parrot const parrot{folder.path / "control", answer};
        auto remote = Remote::connect(folder.path / "control");
        REQUIRE(remote);
        auto const slot = remote->slot();
        REQUIRE_FALSE(slot);
        CHECK(slot.error().code == base::Errc::protocol_violated);
        auto const cards = remote->cards();
        REQUIRE_FALSE(cards);
        CHECK(cards.error().code == base::Errc::protocol_violated);
    }
}
