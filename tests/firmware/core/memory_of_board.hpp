// An EEPROM whose power can go at each byte: the byte in flight is then anything.
#pragma once

#include "firmware/core/byte_memory.hpp"

#include <array>
#include <optional>
#include <random>

class BoardMemory : public supervisor::ByteMemory {
  public:
    // What is left of a byte that was being written.
    enum class Torn { old, erased, half, junk, complete };
    static constexpr std::array fates{Torn::old, Torn::erased, Torn::half, Torn::junk,
                                      Torn::complete};
    struct PowerLost {};

    BoardMemory() { bytes.fill(0xFF); }

    // The write after so many more is the last one.
    void cut_after(int writes_left, Torn fate) {
        left_ = writes_left;
        fate_ = fate;
    }
    void power_comes_back() { left_.reset(); }
    int writes() const { return writes_; }

    bool ready() override { return true; }
    std::uint8_t read(std::uint16_t address) override { return bytes.at(address); }
    void write(std::uint16_t address, std::uint8_t value) override {
        ++writes_;
        auto& byte = bytes.at(address);
        if (!left_ || (*left_)-- > 0) {
            byte = value;
            return;
        }
        switch (fate_) {
        case Torn::old: break;
        case Torn::erased: byte = 0xFF; break;
        case Torn::half: byte = static_cast<std::uint8_t>(value | random_()); break;
        case Torn::junk: byte = static_cast<std::uint8_t>(random_()); break;
        case Torn::complete: byte = value; break;
        }
        throw PowerLost{};
    }

    std::array<std::uint8_t, 4096> bytes;

  private:
    std::optional<int> left_;
    Torn fate_ = Torn::old;
    int writes_ = 0;
    std::minstd_rand random_{7};
};
