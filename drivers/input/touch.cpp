#include "drivers/input/touch.hpp"

#include <algorithm>

namespace input {

namespace {

// More fingers than anybody has are no fingers.
constexpr std::int32_t most_slots = 32;

}  // namespace

float Axis::part(std::int32_t value) const {
    if (most <= least) return 0;
    auto const length = static_cast<float>(most) - static_cast<float>(least);
    return std::clamp((static_cast<float>(value) - static_cast<float>(least)) / length, 0.0F, 1.0F);
}

void Touch::take(input_event const& event, std::vector<Finger>& fingers) {
    if (event.type == EV_SYN && event.code == SYN_DROPPED) {
        lose(fingers);
        dropping_ = true;
    } else if (event.type == EV_SYN && event.code == SYN_REPORT) {
        if (!dropping_) report(fingers);
        dropping_ = false;
    } else if (dropping_) {
        return;
    } else if (event.type == EV_ABS) {
        take_absolute(event.code, event.value);
    } else if (event.type == EV_KEY && !shape_.many &&
               (event.code == BTN_TOUCH || event.code == BTN_LEFT)) {
        put(slots_[0], event.value != 0);
    }
}

void Touch::select_slot(std::int32_t slot) { slot_ = std::clamp(slot, 0, most_slots - 1); }

void Touch::take_absolute(std::uint16_t code, std::int32_t value) {
    if (code == ABS_MT_SLOT) return select_slot(value);
    auto& slot = slots_[slot_];
    if (code == ABS_MT_TRACKING_ID) return put(slot, value >= 0);
    bool const across = code == (shape_.many ? ABS_MT_POSITION_X : ABS_X);
    bool const down = code == (shape_.many ? ABS_MT_POSITION_Y : ABS_Y);
    if (!across && !down) return;
    (across ? slot.x : slot.y) = value;
    slot.moved = true;
}

void Touch::put(Slot& slot, bool down) { slot.number = down ? next_number_++ : 0; }

void Touch::report(std::vector<Finger>& fingers) {
    for (auto& [place, slot] : slots_) {
        auto const say = [&](Phase phase, std::int64_t number) {
            fingers.push_back({phase, number, shape_.x.part(slot.x), shape_.y.part(slot.y)});
        };
        if (slot.told != slot.number) {
            // Where another finger came in the same report, nobody knows where the one before
            // was lifted.
            if (slot.told != 0) say(slot.number == 0 ? Phase::up : Phase::lost, slot.told);
            if (slot.number != 0) say(Phase::down, slot.number);
        } else if (slot.number != 0 && slot.moved) {
            say(Phase::move, slot.number);
        }
        slot.told = slot.number;
        slot.moved = false;
    }
}

void Touch::lose(std::vector<Finger>& fingers) {
    for (auto& [place, slot] : slots_) {
        if (slot.told != 0) fingers.push_back({Phase::lost, slot.told, 0, 0});
        slot = {.x = slot.x, .y = slot.y};
    }
}

}  // namespace input
