// How loud, in steps that a person sets without seeing (EN 301 549, 8.2.1: a range of 18 dB or more
// and a step 12 dB above the lowest).
#pragma once

namespace speech {

class Volume {
  public:
    static constexpr int decibels_a_step = 3;
    static constexpr int steps = 9;
    // The usual step is 12 dB above the lowest. At the loudspeaker it is the one that whoever
    // installs the kiosk sets to 65 dBA at the person's ear, by the mixer of the sound card: so
    // the range is 53 to 77 dBA, and a reset is never louder than 65 (5.1.3.13).
    static constexpr int usual = 4;

    constexpr void louder() {
        if (!loudest()) ++step_;
    }
    constexpr void softer() {
        if (!softest()) --step_;
    }
    constexpr void reset() { step_ = usual; }

    constexpr bool loudest() const { return step_ == steps - 1; }
    constexpr bool softest() const { return step_ == 0; }
    constexpr int step() const { return step_; }  // 0, the lowest, to steps - 1
    constexpr int decibels_above_lowest() const { return step_ * decibels_a_step; }

    // What samples are multiplied with: 1 for the loudest step, for nothing may clip.
    constexpr float gain() const {
        constexpr double softer_by_a_step = 0.70794578438413791;  // 10^(-3/20)
        double gain = 1;
        for (int step = step_; step < steps - 1; ++step)
            gain *= softer_by_a_step;
        return static_cast<float>(gain);
    }

    constexpr bool operator==(Volume const&) const = default;

  private:
    int step_ = usual;
};

}  // namespace speech
