#include "tests/fakes/board/board.hpp"

#include "tests/catch.hpp"

#include <algorithm>
#include <set>

using namespace fake;
using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t power_on_flag = 0x01, external_flag = 0x02, brown_out_flag = 0x04,
                       watchdog_flag = 0x08;
constexpr std::uint32_t probed_page = 0x1000;

// A board that runs the probe, which said why it started.
struct Probe : Board {
    explicit Probe(std::uint32_t seed = 1)
        : Board({.images = {PROBE},
                 .boot_section = 0x1F000,
                 .starts_in_boot_section = true,
                 .seed = seed}) {
        why = hear();
    }

    std::uint8_t why;

    std::uint8_t hear(Span limit = 200ms) {
        REQUIRE(run_until([this] { return !received().empty(); }, limit));
        return take_received().front();
    }
    std::uint8_t tell(base::Bytes const& command) {
        send(command);
        return hear();
    }
};

}  // namespace

TEST_CASE("a board starts because power came, and says so", "[fake_board]") {
    Probe board;
    CHECK(board.why == power_on_flag);
    CHECK(board.resets(Reset::power_on) == 1);
    CHECK(board.complaints().empty());
}

TEST_CASE("the watchdog of the emulator resets, tells why, and keeps SRAM", "[fake_board]") {
    Probe board;
    REQUIRE(board.tell({'c'}) == 'c');
    REQUIRE(board.tell({'m', 0x5A}) == 'm');
    auto const begun = board.now();
    board.send(base::Bytes{'w'});
    CHECK(board.hear() == watchdog_flag);
    CHECK(board.now() - begun > 30ms);
    CHECK(board.now() - begun < 40ms);
    CHECK(board.resets(Reset::watchdog) == 1);
    CHECK(board.tell({'M'}) == 0x5A);
}

TEST_CASE("why it started is remembered until firmware clears it, or power goes", "[fake_board]") {
    Probe board;
    board.reset_from_outside();
    CHECK(board.hear() == (power_on_flag | external_flag));
    REQUIRE(board.tell({'c'}) == 'c');
    board.brown_out();
    CHECK(board.hear() == brown_out_flag);
    board.cut_power();
    board.give_power();
    CHECK(board.hear() == power_on_flag);
}

TEST_CASE("SRAM is kept over a brown-out and is junk after a power cut", "[fake_board]") {
    Probe board;
    REQUIRE(board.tell({'m', 0x5A}) == 'm');
    board.brown_out();
    board.hear();
    CHECK(board.tell({'M'}) == 0x5A);
    std::set<std::uint8_t> seen;
    for (int i = 0; i < 5; ++i) {
        board.cut_power();
        board.give_power();
        board.hear();
        seen.insert(board.tell({'M'}));
    }
    CHECK(seen.size() > 2);
}

TEST_CASE("an EEPROM byte takes its time", "[fake_board]") {
    Probe board;
    board.send(base::Bytes{'e', 7, 0x42});
    REQUIRE(board.run_until([&] { return board.eeprom_write().has_value(); }, 10ms));
    auto const begun = board.now();
    CHECK(board.eeprom_write()->address == 7);
    CHECK(board.hear() == 'e');
    CHECK(board.now() - begun > 3400us);
    CHECK(board.now() - begun < 3600us);
    CHECK(board.tell({'x', 7}) == 0x42);
    CHECK(board.complaints().empty());
}

TEST_CASE("a power cut leaves the EEPROM byte in flight as told", "[fake_board]") {
    auto const left_by = [](Fate fate, std::uint32_t seed = 1) {
        Probe board{seed};
        REQUIRE(board.tell({'e', 7, 0xF0}) == 'e');
        board.send(base::Bytes{'e', 7, 0x0F});
        REQUIRE(board.run_until([&] { return board.eeprom_write().has_value(); }, 10ms));
        board.run_for(1ms);
        board.cut_power(fate);
        return board.eeprom()[7];
    };
    CHECK(left_by(Fate::untouched) == 0xF0);
    CHECK(left_by(Fate::erased) == 0xFF);
    CHECK(left_by(Fate::done) == 0x0F);
    CHECK((left_by(Fate::half) & 0x0F) == 0x0F);
    CHECK(left_by(Fate::junk, 1) != left_by(Fate::junk, 2));
}

TEST_CASE("after its time a power cut no longer touches the EEPROM byte", "[fake_board]") {
    Probe board;
    REQUIRE(board.tell({'e', 7, 0xF0}) == 'e');
    board.cut_power(Fate::junk);
    CHECK(board.eeprom()[7] == 0xF0);
}

TEST_CASE("an EEPROM write goes on over a reset, and firmware can see that it does",
          "[fake_board]") {
    Probe board;
    REQUIRE(board.tell({'E', 7, 0x42}) == 'E');
    board.reset_from_outside();
    board.hear();
    REQUIRE(board.eeprom_write().has_value());
    REQUIRE(board.tell({'X'}) == 'X');
    CHECK(board.eeprom()[7] == 0x42);
}

TEST_CASE("reading the EEPROM while a byte is written is complained of", "[fake_board]") {
    Probe board;
    REQUIRE(board.tell({'E', 7, 0x42}) == 'E');
    board.tell({'x', 7});
    CHECK_FALSE(board.complaints().empty());
}

TEST_CASE("a page is erased and then written, and the section cannot be read meanwhile",
          "[fake_board]") {
    Probe board;
    board.set_flash(base::Bytes(page_size, 0x11), probed_page);
    auto const begun = board.now();
    REQUIRE(board.tell({'f', 0x22}) == 'f');
    CHECK(board.now() - begun > 8ms);
    CHECK(board.page_changes() == 2);
    auto const flash = board.flash();
    CHECK(std::ranges::count(flash, 0x22) >= page_size);
    CHECK(flash[probed_page] == 0x22);
    CHECK(flash[probed_page + page_size] == 0xFF);
    CHECK(board.complaints().empty());
}

TEST_CASE("a power cut leaves the page in flight as told, in either step", "[fake_board]") {
    auto const left_by = [](PageStep step, Fate fate) {
        Probe board;
        board.set_flash(base::Bytes(page_size, 0x11), probed_page);
        board.send(base::Bytes{'f', 0x22});
        REQUIRE(board.run_until(
            [&] { return board.page_change() && board.page_change()->step == step; }, 20ms));
        board.cut_power(fate);
        auto const flash = board.flash();
        return base::Bytes{flash.begin() + probed_page, flash.begin() + probed_page + page_size};
    };
    base::Bytes const erased(page_size, 0xFF);
    base::Bytes half_erased(page_size, 0xFF);
    std::fill(half_erased.begin() + page_size / 2, half_erased.end(), std::uint8_t{0x11});
    base::Bytes half_written(page_size, 0xFF);
    std::fill(half_written.begin(), half_written.begin() + page_size / 2, std::uint8_t{0x22});
    CHECK(left_by(PageStep::erase, Fate::untouched) == base::Bytes(page_size, 0x11));
    CHECK(left_by(PageStep::erase, Fate::erased) == erased);
    CHECK(left_by(PageStep::erase, Fate::half) == half_erased);
    CHECK(left_by(PageStep::write, Fate::untouched) == erased);
    CHECK(left_by(PageStep::write, Fate::half) == half_written);
    CHECK(left_by(PageStep::write, Fate::done) == base::Bytes(page_size, 0x22));
    auto const junk = left_by(PageStep::write, Fate::junk);
    CHECK(std::set<std::uint8_t>(junk.begin(), junk.end()).size() > 50);
}

TEST_CASE("what was written and not enabled again is whole after a power cut", "[fake_board]") {
    Probe board;
    REQUIRE(board.tell({'F', 0x22}) == 'F');
    board.cut_power();
    CHECK(board.flash()[probed_page] == 0x22);
}

TEST_CASE("lock bits keep SPM from the boot section", "[fake_board]") {
    Board board{{.images = {PROBE},
                 .boot_section = probed_page,
                 .starts_in_boot_section = false,
                 .boot_section_locked = true}};
    // The probe stands elsewhere than the section begins: a jump leads there from address 0.
    board.set_flash(base::Bytes{0x0C, 0x94, 0x00, 0xF8}, 0);
    REQUIRE(board.run_until([&] { return !board.received().empty(); }, 100ms));
    board.send(base::Bytes{'f', 0x22});
    REQUIRE(board.run_until([&] { return board.received().size() > 1; }, 100ms));
    CHECK(board.flash()[probed_page] == 0xFF);
    CHECK_FALSE(board.complaints().empty());
}

TEST_CASE("a pin is driven from the moment firmware says so until the power goes", "[fake_board]") {
    Probe board;
    Pin const pin{'B', 0};
    CHECK(board.output(pin) == Drive::floating);
    REQUIRE(board.tell({'p'}) == 'p');
    CHECK(board.output(pin) == Drive::high);
    REQUIRE(board.tell({'P'}) == 'P');
    CHECK(board.output(pin) == Drive::low);
    board.cut_power();
    std::vector<Drive> drives;
    Time last{};
    for (auto const& edge : board.edges(pin)) {
        CHECK(edge.at >= last);
        last = edge.at;
        drives.push_back(edge.drive);
    }
    CHECK(drives == std::vector{Drive::low, Drive::high, Drive::low, Drive::floating});
    CHECK(last == board.now());
}

TEST_CASE("a watchdog's reset lets go of the pins before firmware runs again", "[fake_board]") {
    Probe board;
    REQUIRE(board.tell({'p'}) == 'p');
    board.send(base::Bytes{'w'});
    board.hear();
    CHECK(board.output({'B', 0}) == Drive::floating);
    CHECK(board.edges({'B', 0}).back().drive == Drive::floating);
}

TEST_CASE("inputs read as they are driven, also against pull-ups and after resets",
          "[fake_board]") {
    Probe board;
    board.drive({'A', 1}, true);
    CHECK(board.tell({'a'}) == 0x02);
    REQUIRE(board.tell({'u'}) == 'u');
    board.drive({'A', 2}, false);
    CHECK(board.tell({'a'}) == 0xFB);
    board.reset_from_outside();
    board.hear();
    CHECK(board.tell({'a'}) == 0x02);
    REQUIRE(board.tell({'u'}) == 'u');
    CHECK(board.tell({'a'}) == 0xFB);
    board.release({'A', 2});
    CHECK(board.tell({'a'}) == 0xFF);
    board.cut_power();
    board.give_power();
    board.hear();
    CHECK(board.tell({'a'}) == 0x02);
}

TEST_CASE("voltages are measured against 5 V, also after a power cut", "[fake_board]") {
    Probe board;
    board.set_millivolts(3, 2500);
    CHECK(board.tell({'v', 3}) == Approx(127).margin(1));
    board.cut_power();
    board.give_power();
    board.hear();
    CHECK(board.tell({'v', 3}) == Approx(127).margin(1));
    CHECK(board.tell({'v', 4}) == 0);
}

TEST_CASE("a PWM output shows its level and mode", "[fake_board]") {
    Probe board;
    CHECK_FALSE(board.pwm(PwmOutput::oc0a_pb3).running);
    REQUIRE(board.tell({'l', 77}) == 'l');
    auto const light = board.pwm(PwmOutput::oc0a_pb3);
    CHECK(light.running);
    CHECK(light.connected);
    CHECK_FALSE(light.inverted);
    CHECK(light.mode == 3);
    CHECK(light.value == 77);
    CHECK_FALSE(board.pwm(PwmOutput::oc0b_pb4).connected);
}

TEST_CASE("bytes come at the rate of the line, and none is lost by who is in time",
          "[fake_board]") {
    Probe board;
    base::Bytes said(500, '0');
    auto const begun = board.now();
    board.send(said);
    REQUIRE(board.run_until([&] { return board.received().size() == said.size(); }, 100ms));
    CHECK(board.take_received() == said);
    CHECK(board.now() - begun > 500 * 86us);
    CHECK(board.now() - begun < 520 * 87us);
    CHECK(board.overruns() == 0);
}

TEST_CASE("bytes are lost by firmware that does not listen for a millisecond", "[fake_board]") {
    Probe board;
    board.send(base::Bytes{'s', '1', '2', '3', '4', '5', '6'});
    board.run_for(5ms);
    CHECK(board.take_received() == base::Bytes{'s', '1', '2', '3'});
    CHECK(board.overruns() == 3);
}

TEST_CASE("waiting for what never is ends in time, and costs no wall clock without power",
          "[fake_board]") {
    Probe board;
    auto const begun = board.now();
    CHECK_FALSE(board.run_until([] { return false; }, 10ms));
    CHECK(board.now() - begun >= 10ms);
    CHECK(board.now() - begun < 10ms + 10us);
    board.cut_power();
    CHECK_FALSE(board.run_until([] { return false; }, 24h));
    CHECK(board.now() - begun > 24h);
}
