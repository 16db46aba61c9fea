// The flash as SPM changes it: a page is erased, and then written, in 4 ms each; meanwhile, and
// until firmware enables it again, the section below cannot be read. simavr does it at once.
#pragma once

#include "tests/fakes/board/fate.hpp"
#include "tests/fakes/board/mcu.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace fake {

inline constexpr std::uint32_t page_size = 256;
using Page = std::array<std::uint8_t, page_size>;

enum class PageStep : std::uint8_t { erase, write };
struct PageChange {
    PageStep step;
    std::uint32_t address;  // of the page
};

class Flash {
  public:
    struct Sections {
        std::uint32_t boot;  // SPM works from here on only
        bool locked;         // by the lock bits: SPM does not change the boot section
    };
    Flash(Mcu& mcu, Sections sections, std::vector<std::string>& complaints);

    std::optional<PageChange> in_flight() const { return in_flight_; }
    std::int64_t begun() const { return begun_; }
    // What the cells hold, also while the program cannot read them.
    std::vector<std::uint8_t> cells() const;
    // What they would hold after a power cut now.
    std::vector<std::uint8_t> cells_after(Fate fate, Random& random) const;
    // What is in flight ends, as by a power cut.
    void settle(Fate fate, Random& random);

  private:
    void command();
    void begin(PageStep step, std::uint32_t address);
    void finish();
    Page changed() const;
    void hide();
    void show();
    std::span<std::uint8_t> page(std::uint32_t address);
    std::span<std::uint8_t const> page(std::uint32_t address) const;

    Mcu& mcu_;
    Sections sections_;
    std::vector<std::string>& complaints_;
    std::optional<PageChange> in_flight_;
    Page wanted_{};
    std::array<std::optional<std::uint16_t>, page_size / 2> buffer_{};
    std::vector<std::uint8_t> hidden_;  // of the section that cannot be read now; else empty
    Cycles control_written_{};
    std::int64_t begun_ = 0;
    Mcu::Alarm done_;
};

}  // namespace fake
