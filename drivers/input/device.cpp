#include "drivers/input/device.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace input {

using base::Errc;
using base::failure;
using base::Result;

namespace {

// The kernel's sets of what a device can do.
template <std::size_t count>
class Bits {
  public:
    bool has(std::size_t bit) const { return (bytes_[bit / 8] >> (bit % 8) & 1U) != 0; }
    std::array<std::uint8_t, (count + 7) / 8>& bytes() { return bytes_; }

  private:
    std::array<std::uint8_t, (count + 7) / 8> bytes_{};
};

template <std::size_t count>
Bits<count> ask(int file, unsigned long question) {
    Bits<count> bits;
    if (::ioctl(file, question, bits.bytes().data()) < 0) return {};
    return bits;
}

constexpr std::size_t longest_set = KEY_CNT / 8;  // in bytes

Axis axis_of(int file, unsigned axis) {
    input_absinfo range{};
    if (::ioctl(file, EVIOCGABS(axis), &range) < 0) return {};
    return {range.minimum, range.maximum};
}

std::optional<TouchShape> touch_shape(int file) {
    auto const axes = ask<ABS_CNT>(file, EVIOCGBIT(EV_ABS, ABS_CNT / 8));
    auto const keys = ask<KEY_CNT>(file, EVIOCGBIT(EV_KEY, longest_set));
    // A touch pad moves a pointer; there is none.
    if (ask<INPUT_PROP_CNT>(file, EVIOCGPROP(INPUT_PROP_CNT / 8)).has(INPUT_PROP_POINTER))
        return std::nullopt;
    if (axes.has(ABS_MT_POSITION_X) && axes.has(ABS_MT_POSITION_Y) && axes.has(ABS_MT_SLOT))
        return TouchShape{axis_of(file, ABS_MT_POSITION_X), axis_of(file, ABS_MT_POSITION_Y), true};
    if (axes.has(ABS_X) && axes.has(ABS_Y) && (keys.has(BTN_TOUCH) || keys.has(BTN_LEFT)))
        return TouchShape{axis_of(file, ABS_X), axis_of(file, ABS_Y), false};
    return std::nullopt;
}

std::int32_t slot_in_use(int file) {
    input_absinfo slot{};
    return ::ioctl(file, EVIOCGABS(ABS_MT_SLOT), &slot) < 0 ? 0 : slot.value;
}

std::string name_of(int file) {
    std::array<char, 128> name{};
    if (::ioctl(file, EVIOCGNAME(name.size() - 1), name.data()) < 0) return "unnamed";
    return name.data();
}

}  // namespace

Result<std::optional<Device>> Device::open(std::filesystem::path const& path,
                                           std::span<std::uint16_t const> keys) {
    base::Descriptor file{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
    if (!file) return failure(base::system_error(path.native(), Errc::connection_lost));
    auto const number = file.number();
    Device device{path, std::move(file)};
    auto const its_keys = ask<KEY_CNT>(number, EVIOCGBIT(EV_KEY, longest_set));
    std::ranges::copy_if(keys, std::back_inserter(device.keys_),
                         [&](std::uint16_t key) { return its_keys.has(key); });
    if (auto const shape = touch_shape(number))
        device.touch_.emplace(*shape).select_slot(slot_in_use(number));
    if (!device.touch_ && device.keys_.empty()) return std::optional<Device>{};
    device.name_ = name_of(number);
    // Another program that has it, as a debugger of touches, may keep it: both hear it then.
    static_cast<void>(::ioctl(number, EVIOCGRAB, 1));
    return std::optional{std::move(device)};
}

void Device::take(input_event const& event, std::vector<Happening>& happenings) {
    if (touch_) {
        bool const dropping = touch_->dropping();
        std::vector<Finger> fingers;
        touch_->take(event, fingers);
        happenings.insert(happenings.end(), fingers.begin(), fingers.end());
        if (dropping && !touch_->dropping()) touch_->select_slot(slot_in_use(descriptor()));
    }
    if (event.type == EV_KEY && event.value == 1 &&
        std::ranges::find(keys_, event.code) != keys_.end())
        happenings.emplace_back(KeyPress{event.code});
}

bool Device::read(std::vector<Happening>& happenings) {
    std::array<input_event, 64> events{};
    for (;;) {
        auto const size = ::read(descriptor(), events.data(), sizeof(events));
        if (size < 0 && errno == EINTR) continue;
        if (size < 0 && errno == EAGAIN) return true;
        if (size <= 0) break;
        for (std::size_t i = 0; i < static_cast<std::size_t>(size) / sizeof(input_event); ++i)
            take(events[i], happenings);
    }
    if (touch_) {
        std::vector<Finger> fingers;
        touch_->lose(fingers);
        happenings.insert(happenings.end(), fingers.begin(), fingers.end());
    }
    return false;
}

}  // namespace input
