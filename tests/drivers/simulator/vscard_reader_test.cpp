// The messages are those that a real QEMU 7.2 exchanged with a card.
#include "drivers/simulator/vscard_reader.hpp"

#include "drivers/simulator/slot.hpp"
#include "tests/drivers/simulator/support.hpp"
#include "tests/drivers/simulator/vscard_peer.hpp"

using namespace simulator;
using namespace std::chrono_literals;

namespace {

auto const init = "00000001 FFFFFFFF 0000000C 56534344 00000002 00000000";
auto const done = "00000002 00000000 00000004 00000000";
auto const refused = "00000002 00000000 00000004 00000001";

auto const atr_of_p01 = "5 0 3b751300004b09ea9000";
auto const failed = "2 0 00000001";

// A slot whose reader is in a virtual machine of the test's own. Its clock is moved by hand.
struct Machine {
    VscardPeer qemu;
    Slot slot{std::make_unique<VscardReader>(Address{qemu.socket()})};
    Slot::Clock::time_point now = Slot::Clock::now();
    std::function<void()> run = [this] {
        now += 10ms;
        slot.serve(now);
    };

    std::string receive() { return qemu.receive(run); }
    std::string ask(std::string_view apdu) {
        qemu.send_command(apdu);
        return receive();
    }
    // From the connection to an empty reader.
    void add_reader() {
        REQUIRE(qemu.accept(run));
        REQUIRE(receive() == "1 any 565343440000000200000000");
        clear_reader();
    }
    void clear_reader() {
        qemu.send(init);
        REQUIRE(receive() == "4 0");
        qemu.send(done);
        REQUIRE(receive() == "3 any");
        qemu.send(done);
    }
    void insert(std::string const& id) {
        slot.insert(shipped(id), now);
        REQUIRE(receive().starts_with("5 0 3"));
        qemu.send(done);
        REQUIRE(holds_card());
    }
    bool holds_card() {
        for (int i = 0; i < 100 && !slot.state().connected; ++i)
            run();
        return slot.state().connected;
    }
};

auto const read_root = "00 B0 82 00 04";

}  // namespace

TEST_CASE("an empty reader is added before any card, and a card goes in and out",
          "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    CHECK_FALSE(machine.slot.state().connected);
    machine.slot.insert(shipped("P01"), machine.now);
    CHECK(machine.receive() == atr_of_p01);
    CHECK_FALSE(machine.slot.state().connected);
    machine.qemu.send(done);
    CHECK(machine.holds_card());
    CHECK(machine.ask(select_vitale) == "7 0 9000");
    CHECK(machine.slot.state().apdus == 1);

    machine.slot.remove(machine.now);
    CHECK(machine.receive() == "6 0");
    CHECK_FALSE(machine.slot.state().connected);
    machine.qemu.send(done);
    machine.insert("P16");
    CHECK(machine.ask("BC A4 00 00 02 3F 00") == "7 0 6d00");
}

TEST_CASE("a card that was in before the virtual machine started is put in",
          "[simulator][vscard]") {
    Machine machine;
    machine.slot.insert(shipped("P01"), machine.now);
    machine.add_reader();
    CHECK(machine.receive() == atr_of_p01);
}

TEST_CASE("a swap is seen as out and in, also of the same card", "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.insert("P01");
    machine.slot.insert(shipped("P01"), machine.now);
    CHECK(machine.receive() == "6 0");
    machine.qemu.send(done);
    CHECK(machine.receive() == atr_of_p01);
    machine.qemu.send(done);
    CHECK(machine.holds_card());
}

TEST_CASE("a card pulled before the reader confirmed it is taken out all the same",
          "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.slot.insert(shipped("P01"), machine.now);
    CHECK(machine.receive() == atr_of_p01);
    machine.slot.remove(machine.now);
    CHECK(machine.qemu.receive(machine.run, 50ms) == "nothing");
    machine.qemu.send(done);
    CHECK(machine.receive() == "6 0");
}

TEST_CASE("a card that QEMU refuses is not offered again and again", "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.slot.insert(shipped("P01"), machine.now);
    CHECK(machine.receive() == atr_of_p01);
    machine.qemu.send(refused);
    CHECK(machine.qemu.receive(machine.run, 50ms) == "nothing");
    CHECK_FALSE(machine.slot.state().connected);
    machine.slot.remove(machine.now);
    machine.insert("P16");
}

TEST_CASE("commands arrive whole however they were cut", "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.insert("P01");
    machine.qemu.send_command(read_root, true);
    CHECK(machine.receive() == "7 0 651880079000");
    machine.qemu.send_command(read_root);
    machine.qemu.send_command(read_root);
    CHECK(machine.receive() == "7 0 651880079000");
    CHECK(machine.receive() == "7 0 651880079000");
}

TEST_CASE("a command that no card is there for fails", "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    CHECK(machine.ask(read_root) == failed);
    machine.insert("P01");
    CHECK(machine.ask(read_root) == "7 0 651880079000");
    machine.qemu.send("00000007 00000000 00000000");
    CHECK(machine.receive() == failed);
}

TEST_CASE("a mute card and a silent one fail their commands", "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.insert("P21");
    CHECK(machine.ask(read_root) == failed);
    machine.slot.remove(machine.now);
    CHECK(machine.receive() == "6 0");
    machine.qemu.send(done);
    machine.insert("P01");
    machine.slot.order(Fault{.kind = Fault::Kind::silence, .value = 1000});
    auto const before = machine.now;
    CHECK(machine.ask(read_root) == failed);
    CHECK(machine.now - before >= 1s);
    CHECK(machine.ask(read_root) == "7 0 651880079000");
}

TEST_CASE("an answer that comes too late is not taken for the next one's", "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.insert("P01");
    machine.slot.order(Fault{.kind = Fault::Kind::delay, .value = 1'000'000});
    machine.qemu.send_command(select_vitale);
    CHECK(machine.qemu.receive(machine.run, 50ms) == "nothing");
    CHECK(machine.ask("00 B0 82 00 01") == "7 0 659000");
    machine.now += 1000s;
    CHECK(machine.qemu.receive(machine.run, 50ms) == "nothing");
}

TEST_CASE("a card pulled during a command leaves it unanswered", "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.insert("P01");
    machine.slot.order(Fault{.kind = Fault::Kind::remove});
    CHECK(machine.ask(read_root) == "6 0");
    CHECK_FALSE(machine.slot.state().inserted);
}

TEST_CASE("a reader that was unplugged has the card again when it is back", "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.insert("P01");
    machine.clear_reader();  // the new device greets by itself
    CHECK(machine.receive() == atr_of_p01);
    machine.qemu.send(done);
    CHECK(machine.ask(read_root) == "7 0 651880079000");
}

TEST_CASE("a virtual machine that restarts finds the card in its reader", "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.insert("P01");
    machine.qemu.close();
    for (int i = 0; i < 100 && machine.slot.state().connected; ++i)
        machine.run();
    CHECK_FALSE(machine.slot.state().connected);
    CHECK(machine.slot.state().inserted);
    machine.qemu.listen();
    machine.add_reader();
    CHECK(machine.receive() == atr_of_p01);
}

TEST_CASE("what is no VSCARD is left, and tried again", "[simulator][vscard]") {
    Machine machine;
    REQUIRE(machine.qemu.accept(machine.run));
    CHECK(machine.receive().starts_with("1 any"));
    SECTION("another greeting") {
        machine.qemu.send("00000001 FFFFFFFF 0000000C 56534345 00000002 00000000");
    }
    SECTION("a greeting cut short") { machine.qemu.send("00000001 FFFFFFFF 00000004 56534344"); }
    SECTION("a message longer than any") { machine.qemu.send("00000007 00000000 00010001"); }
    SECTION("a reader that cannot be added") {
        machine.qemu.send(init);
        CHECK(machine.receive() == "4 0");
        machine.qemu.send(done);
        CHECK(machine.receive() == "3 any");
        machine.qemu.send(refused);
    }
    CHECK(machine.receive() == "gone");
    machine.add_reader();
}

TEST_CASE("a flush is confirmed, and what a later version says is passed over",
          "[simulator][vscard]") {
    Machine machine;
    machine.add_reader();
    machine.insert("P01");
    machine.qemu.send("00000008 00000000 00000000");
    CHECK(machine.receive() == "9 0");
    machine.qemu.send("0000000B 00000000 00000002 1234");
    CHECK(machine.ask(read_root) == "7 0 651880079000");
}
