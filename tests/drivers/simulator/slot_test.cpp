#include "drivers/simulator/slot.hpp"

#include "drivers/simulator/vpcd_reader.hpp"
#include "tests/drivers/simulator/support.hpp"
#include "tests/drivers/simulator/vpcd_peer.hpp"

using namespace simulator;
using namespace std::chrono_literals;

namespace {

base::Bytes const power_on{0x01};
base::Bytes const reset{0x02};
base::Bytes const get_atr{0x04};

// A slot on a driver of the test's own. Its clock is moved by hand where time matters.
struct Desk {
    VpcdPeer driver;
    Slot slot{std::make_unique<VpcdReader>(TcpAddress{"127.0.0.1", driver.port()})};
    Slot::Clock::time_point now = Slot::Clock::now();
    std::function<void()> run = [this] { slot.serve(now); };

    void insert(std::string const& id) {
        slot.insert(shipped(id), now);
        REQUIRE(driver.accept(run));
    }
    std::string ask(base::Bytes const& message) {
        driver.send(message);
        return driver.receive(run);
    }
    std::string ask(std::string_view apdu) { return ask(bytes(apdu)); }
};

auto const select_root = "00 A4 00 00 02 3F 00";

}  // namespace

TEST_CASE("a card is there while it is connected", "[simulator][slot]") {
    Desk desk;
    CHECK_FALSE(desk.slot.state().inserted);
    desk.insert("P01");
    CHECK(desk.ask(get_atr) == "3b751300004b09ea9000");
    CHECK(desk.slot.state().inserted);
    CHECK(desk.slot.state().connected);
    CHECK(desk.slot.state().profile == "P01");
    desk.slot.remove(desk.now);
    CHECK(desk.driver.receive(desk.run) == "gone");
    CHECK_FALSE(desk.slot.state().inserted);
}

TEST_CASE("power and reset are counted, obeyed and never answered", "[simulator][slot]") {
    Desk desk;
    desk.insert("P01");
    CHECK(desk.ask(select_vitale) == "9000");
    for (auto const& message : {power_on, reset, base::Bytes{0x00}, base::Bytes{0x03}})
        desk.driver.send(message);
    // The first thing to come back is the answer to this, from the root again.
    CHECK(desk.ask("00 B0 82 00 01") == "659000");
    CHECK(desk.ask("00 A4 02 00 02 20 02") == "6a82");
    CHECK(desk.slot.state().resets == 2);
    CHECK(desk.slot.state().apdus == 3);
}

TEST_CASE("a card turned over answers the look for presence but no reset", "[simulator][slot]") {
    Desk desk;
    desk.insert("P01");
    desk.slot.turn(desk.now);
    CHECK(desk.slot.state().turned);
    CHECK(desk.driver.receive(desk.run) == "gone");
    desk.now += 1s;
    REQUIRE(desk.driver.accept(desk.run));
    CHECK(desk.ask(get_atr) == "3b751300004b09ea9000");
    desk.driver.send(power_on);
    CHECK(desk.ask(get_atr) == "gone");
    REQUIRE(desk.driver.accept(desk.run));
    CHECK(desk.ask(get_atr) == "3b751300004b09ea9000");

    desk.slot.turn(desk.now);
    CHECK_FALSE(desk.slot.state().turned);
    desk.now += 1s;
    REQUIRE(desk.driver.accept(desk.run));
    desk.driver.send(power_on);
    CHECK(desk.ask(get_atr) == "3b751300004b09ea9000");
}

TEST_CASE("the mute profile is mute from the start", "[simulator][slot]") {
    Desk desk;
    desk.insert("P21");
    CHECK(desk.ask(get_atr) == "3b751300004b09ea9000");
    desk.driver.send(reset);
    CHECK(desk.ask(get_atr) == "gone");
}

TEST_CASE("a card that left comes back no sooner than a hand", "[simulator][slot]") {
    Desk desk;
    desk.insert("P01");
    desk.slot.insert(shipped("P16"), desk.now);
    CHECK(desk.driver.receive(desk.run) == "gone");
    desk.now += 500ms;
    desk.run();
    CHECK_FALSE(desk.slot.state().connected);
    REQUIRE(desk.slot.deadline());
    desk.now += 200ms;
    REQUIRE(desk.driver.accept(desk.run));
    CHECK(desk.ask(get_atr) == "3f6525002209699000");
}

TEST_CASE("a card in the slot is there again when the driver restarts", "[simulator][slot]") {
    Desk desk;
    desk.insert("P01");
    desk.driver.close();
    while (desk.slot.state().connected)
        desk.run();
    desk.driver.listen_again();
    desk.run = [&] {
        desk.now += 10ms;
        desk.slot.serve(desk.now);
    };
    REQUIRE(desk.driver.accept(desk.run));
    CHECK(desk.ask(select_root) == "9000");
    CHECK(desk.slot.state().inserted);
}

TEST_CASE("a card is pulled after the commands ordered", "[simulator][slot][fault]") {
    Desk desk;
    desk.insert("P01");
    CHECK(desk.ask(select_root) == "9000");
    CHECK(desk.ask(select_root) == "9000");
    desk.slot.order(Fault{.kind = Fault::Kind::remove, .after_apdus = 1});
    CHECK(desk.ask(select_root) == "9000");
    CHECK(desk.ask(select_root) == "gone");
    CHECK_FALSE(desk.slot.state().inserted);
    CHECK(desk.slot.state().apdus == 4);
}

TEST_CASE("a fault changes the answer and then the card is well again",
          "[simulator][slot][fault]") {
    Desk desk;
    desk.insert("P01");
    auto const read = "00 B0 82 00 04";
    auto const struck = [&](Fault::Kind kind, std::uint32_t value) {
        desk.slot.order(Fault{.kind = kind, .value = value});
        return desk.ask(read);
    };
    CHECK(desk.ask(read) == "651880079000");
    CHECK(struck(Fault::Kind::status, 0x6F00) == "6f00");
    CHECK(desk.ask(read) == "651880079000");
    CHECK(struck(Fault::Kind::truncate, 3) == "651880");
    CHECK(struck(Fault::Kind::truncate, 0) == "65");
    auto const noise = struck(Fault::Kind::garbage, 0);
    CHECK(noise.size() == 12);
    CHECK(noise != "651880079000");
    CHECK(noise.ends_with("9000"));
    CHECK(desk.ask(read) == "651880079000");
}

TEST_CASE("a delayed answer comes when its time has come", "[simulator][slot][fault]") {
    Desk desk;
    desk.insert("P01");
    desk.slot.order(Fault{.kind = Fault::Kind::delay, .value = 3000});
    desk.driver.send(bytes(select_root));
    CHECK(desk.driver.receive(desk.run, 50ms) == "nothing");
    desk.now += 2999ms;
    CHECK(desk.driver.receive(desk.run, 50ms) == "nothing");
    desk.now += 1ms;
    CHECK(desk.driver.receive(desk.run) == "9000");
}

TEST_CASE("a silent card is given up by the reader, at once when ordered well",
          "[simulator][slot][fault]") {
    Desk desk;
    desk.insert("P01");
    desk.slot.order(Fault{.kind = Fault::Kind::silence, .value = 1000});
    desk.driver.send(bytes(select_root));
    CHECK(desk.driver.receive(desk.run, 50ms) == "nothing");
    desk.now += 1s;
    CHECK(desk.driver.receive(desk.run) == "gone");
    REQUIRE(desk.driver.accept(desk.run));
    CHECK(desk.ask(select_root) == "9000");

    desk.slot.order(Fault{.kind = Fault::Kind::silence, .times = 0});
    desk.driver.send(bytes(select_root));
    CHECK(desk.driver.receive(desk.run, 50ms) == "nothing");
    desk.now += std::chrono::hours{24};
    CHECK(desk.driver.receive(desk.run, 50ms) == "nothing");
    desk.slot.order(std::nullopt);
    CHECK(desk.driver.receive(desk.run) == "gone");
    REQUIRE(desk.driver.accept(desk.run));
    CHECK(desk.ask(select_root) == "9000");
}

TEST_CASE("a card's own faults strike at each insertion, until it is ordered to be well",
          "[simulator][slot][fault]") {
    Desk desk;
    for (int insertion = 0; insertion < 2; ++insertion) {
        desk.insert("P20c");
        CHECK(desk.ask(select_root) == "9000");
        CHECK(desk.ask(select_root) == "9000");
        CHECK(desk.ask(select_root) == "gone");
        desk.now += 1s;
    }
    desk.insert("P20c");
    desk.slot.order(std::nullopt);
    for (int i = 0; i < 4; ++i)
        CHECK(desk.ask(select_root) == "9000");
}

TEST_CASE("an ordered fault comes before the card's own", "[simulator][slot][fault]") {
    Desk desk;
    desk.insert("P20c");
    desk.slot.order(Fault{.kind = Fault::Kind::status, .value = 0x6F00, .times = 0});
    for (int i = 0; i < 3; ++i)
        CHECK(desk.ask(select_root) == "6f00");
}

TEST_CASE("a slow card answers late but right", "[simulator][slot][fault]") {
    Desk desk;
    desk.insert("P20a");
    CHECK(desk.ask(select_root) == "9000");
    desk.driver.send(bytes("00 B0 82 00 01"));
    CHECK(desk.driver.receive(desk.run, 50ms) == "nothing");
    desk.now += 3s;
    CHECK(desk.driver.receive(desk.run) == "659000");
}
