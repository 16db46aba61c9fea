#include "drivers/usb_policy/keys.hpp"

#include "drivers/base/unix_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>

namespace usb_policy {
namespace {

using base::Errc;
using base::failure;
using base::Result;

constexpr std::array<std::uint32_t, 16> keypad_keys{
    KEY_RIGHT,    KEY_TAB,    KEY_LEFT,       KEY_DOWN,      KEY_UP, KEY_ENTER,
    KEY_KPENTER,  KEY_SPACE,  KEY_ESC,        KEY_BACKSPACE, KEY_F1, KEY_HELP,
    KEY_VOLUMEUP, KEY_KPPLUS, KEY_VOLUMEDOWN, KEY_KPMINUS};

// More than any device has: a table that does not end is not one.
constexpr std::uint16_t most_keys = 4096;

bool may_act(std::uint32_t code, bool keypad) {
    return code == KEY_RESERVED || is_button(code) || (keypad && is_keypad_key(code));
}

class KernelKeyTable final : public KeyTable {
  public:
    explicit KernelKeyTable(base::Descriptor device) : device_(std::move(device)) {}

    Result<std::uint32_t> code_at(std::uint16_t index) override {
        auto entry = entry_at(index);
        if (::ioctl(device_.number(), EVIOCGKEYCODE_V2, &entry) == 0) return entry.keycode;
        if (errno == EINVAL) return failure(Errc::file_missing, "no such key");
        return failure(base::system_error("EVIOCGKEYCODE_V2"));
    }

    Result<void> remove_at(std::uint16_t index) override {
        // The number in the device (scancode) must be given too; the kernel has just told it.
        auto entry = entry_at(index);
        if (::ioctl(device_.number(), EVIOCGKEYCODE_V2, &entry) != 0)
            return failure(base::system_error("EVIOCGKEYCODE_V2"));
        entry.flags = INPUT_KEYMAP_BY_INDEX;
        entry.index = index;
        entry.keycode = KEY_RESERVED;
        if (::ioctl(device_.number(), EVIOCSKEYCODE_V2, &entry) != 0)
            return failure(base::system_error("EVIOCSKEYCODE_V2"));
        return {};
    }

    int number() const { return device_.number(); }

  private:
    static input_keymap_entry entry_at(std::uint16_t index) {
        input_keymap_entry entry{};
        entry.flags = INPUT_KEYMAP_BY_INDEX;
        entry.index = index;
        return entry;
    }

    base::Descriptor device_;
};

// A device without a table, whose keys cannot be removed.
Result<void> only_wanted_keys(int device, bool keypad) {
    std::array<std::uint8_t, KEY_CNT / 8> keys{};
    if (::ioctl(device, EVIOCGBIT(EV_KEY, keys.size()), keys.data()) < 0)
        return failure(base::system_error("EVIOCGBIT"));
    for (std::uint32_t code = 0; code < KEY_CNT; ++code)
        if ((keys[code / 8] >> code % 8 & 1) != 0 && !may_act(code, keypad))
            return failure(Errc::refused, "key " + std::to_string(code) + " stays");
    return {};
}

}  // namespace

bool is_button(std::uint32_t code) {
    return (code >= BTN_MISC && code < KEY_OK) || (code >= BTN_DPAD_UP && code <= BTN_DPAD_RIGHT) ||
           code >= BTN_TRIGGER_HAPPY;
}

bool is_keypad_key(std::uint32_t code) {
    return std::find(keypad_keys.begin(), keypad_keys.end(), code) != keypad_keys.end();
}

Result<void> limit_keys(KeyTable& table, bool keypad) {
    for (bool const looking_again : {false, true}) {
        for (std::uint16_t index = 0;; ++index) {
            auto const code = table.code_at(index);
            if (!code && code.error().code == Errc::file_missing) break;
            if (!code) return failure(code.error());
            if (index == most_keys) return failure(Errc::malformed, "keys without end");
            if (may_act(*code, keypad)) continue;
            if (looking_again)
                return failure(Errc::refused, "key " + std::to_string(*code) + " stays");
            if (auto removed = table.remove_at(index); !removed) return removed;
        }
    }
    return {};
}

Result<void> limit_keys(std::filesystem::path const& input_device, bool keypad) {
    base::Descriptor device{::open(input_device.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK)};
    if (!device) return failure(base::system_error(input_device.native()));
    KernelKeyTable table{std::move(device)};
    if (auto const first = table.code_at(0); !first && first.error().code == Errc::file_missing)
        return only_wanted_keys(table.number(), keypad);
    return limit_keys(table, keypad);
}

}  // namespace usb_policy
