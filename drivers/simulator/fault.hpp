// What may go wrong between a card and its reader, on order: the fault strikes a chosen command and
// says what comes instead of the card's answer.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace simulator {

struct Fault {
    enum class Kind : std::uint8_t {
        remove,    // the card is pulled instead of answering
        status,    // value: the status word answered instead; the card does not see the command
        delay,     // value: milliseconds before the right answer
        silence,   // value: milliseconds until the reader gives up; 0: never
        garbage,   // the data are replaced by noise of the same length, the status word stays
        truncate,  // value: how many bytes of the answer remain, at least 1
    };

    Kind kind = Kind::remove;
    std::uint32_t after_apdus = 0;  // commands that go well first
    std::uint32_t value = 0;
    std::uint32_t times = 1;  // commands struck; 0: all until another order
};

std::optional<Fault::Kind> fault_kind(std::string_view name);

// Faults one after the other, used up command by command: each counts its commands from the end of
// the one before.
class FaultPlan {
  public:
    FaultPlan() = default;
    explicit FaultPlan(std::vector<Fault> const& faults) : faults_(faults.begin(), faults.end()) {}

    // Takes the place of whatever was planned.
    void order(std::optional<Fault> fault);

    // Call once for each command: the fault that strikes it.
    std::optional<Fault> strike();

  private:
    std::deque<Fault> faults_;
};

// Noise that is the same on every run and never the original.
base::Bytes garbled(base::Bytes response);

}  // namespace simulator
