// The supervisor's board on the desk: an ATmega1284P with the real firmware, in simulated time. A
// test sends bytes, sets pins and voltages, runs it until something holds, and takes its power away
// in the middle of anything. What is modelled, and what not: README.md.
#pragma once

#include "tests/fakes/board/eeprom.hpp"
#include "tests/fakes/board/image.hpp"
#include "tests/fakes/board/pins.hpp"
#include "tests/fakes/board/serial_line.hpp"

#include "drivers/base/bytes.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fake {

struct BoardSetup {
    std::vector<std::filesystem::path> images = {};  // Intel HEX, the later over the earlier
    // As the fuses say: where the boot section begins, and whether a reset goes there.
    std::uint32_t boot_section = 0x1F000;
    bool starts_in_boot_section = false;
    bool boot_section_locked = false;
    std::uint32_t seed = 1;  // of all junk
};

class Board {
  public:
    // With power, and before the first instruction.
    explicit Board(BoardSetup setup);
    ~Board();

    Time now() const;
    void run_for(Span span);
    // False when it did not hold within this simulated time. Looked at every 2 us, in its sleep
    // every 50.
    bool run_until(std::function<bool()> const& holds, Span limit);

    // The EEPROM byte and the flash page in flight end as told; then nothing runs.
    void cut_power(Fate fate = Fate::untouched);
    // SRAM and registers r0 to r31 hold junk.
    void give_power();
    bool has_power() const { return power_ != nullptr; }
    // Resets that keep SRAM. simavr has no detector of brown-outs: this is all there is of it.
    void brown_out(Fate fate = Fate::untouched);
    void reset_from_outside();
    int resets(Reset cause) const;

    void send(base::ByteView bytes);
    std::size_t unsent() const;
    // All that came since the last time.
    base::Bytes take_received();
    base::Bytes const& received() const { return received_; }
    std::int64_t overruns() const;  // bytes that came too fast for the firmware

    void drive(Pin pin, bool high);
    void release(Pin pin);
    void set_millivolts(int channel, std::uint32_t millivolts);  // of 5000, the reference
    Drive output(Pin pin) const;                                 // floating without power
    std::vector<Edge> edges(Pin pin) const;
    Pwm pwm(PwmOutput output) const;

    // Also without power; from the beginning and as long as given.
    base::Bytes eeprom() const;
    void set_eeprom(base::ByteView bytes, std::uint16_t from = 0);
    base::Bytes flash() const;
    base::Bytes flash_if_cut(Fate fate);  // as cut_power() would leave it now
    void set_flash(base::ByteView bytes, std::uint32_t from);
    std::optional<EepromWrite> eeprom_write() const;
    std::int64_t eeprom_writes() const;  // begun since the last start with power
    std::optional<PageChange> page_change() const;
    std::int64_t page_changes() const;

    // Of the data space: registers and SRAM.
    std::uint8_t data(Address address) const;
    void set_data(Address address, std::uint8_t value);
    std::uint32_t program_counter() const;
    bool has_crashed() const;  // it runs into what is no program
    // What real silicon would not have forgiven.
    std::vector<std::string> const& complaints() const { return complaints_; }

  private:
    struct Power;
    Power& power() const;

    BoardSetup setup_;
    Random random_;
    Time before_power_{};  // what the clock showed when it was switched on last
    base::Bytes flash_;    // as of the last cut
    base::Bytes eeprom_;
    Pins::Outside outside_;
    base::Bytes received_;
    std::map<Reset, int> resets_;
    std::vector<std::string> complaints_;
    std::unique_ptr<Power> power_;
};

}  // namespace fake
