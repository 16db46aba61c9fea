#include "drivers/usb_policy/keys.hpp"
#include "tests/catch.hpp"

#include <vector>

#include <linux/input.h>

using namespace usb_policy;

namespace {

class ScriptedTable final : public KeyTable {
  public:
    explicit ScriptedTable(std::vector<std::uint32_t> codes) : keys(std::move(codes)) {}

    base::Result<std::uint32_t> code_at(std::uint16_t index) override {
        if (endless) return KEY_LEFT;
        if (index >= keys.size()) return base::failure(base::Errc::file_missing);
        return keys[index];
    }
    base::Result<void> remove_at(std::uint16_t index) override {
        if (!stubborn) keys[index] = KEY_RESERVED;
        return {};
    }

    std::vector<std::uint32_t> keys;
    bool stubborn = false;
    bool endless = false;
};

}  // namespace

TEST_CASE("of a keypad only the nine keys act", "[usb]") {
    ScriptedTable table{{KEY_RESERVED, KEY_A, KEY_LEFT, KEY_SYSRQ, KEY_LEFTALT, KEY_F1, KEY_F2,
                         KEY_ENTER, KEY_DELETE, KEY_POWER, KEY_VOLUMEUP}};
    REQUIRE(limit_keys(table, true));
    CHECK(table.keys == std::vector<std::uint32_t>{0, 0, KEY_LEFT, 0, 0, KEY_F1, 0, KEY_ENTER, 0, 0,
                                                   KEY_VOLUMEUP});
}

TEST_CASE("of a touch screen no key acts, and its buttons stay", "[usb]") {
    ScriptedTable table{{BTN_TOUCH, BTN_LEFT, KEY_ENTER, KEY_LEFTCTRL, KEY_HOMEPAGE}};
    REQUIRE(limit_keys(table, false));
    CHECK(table.keys == std::vector<std::uint32_t>{BTN_TOUCH, BTN_LEFT, 0, 0, 0});
}

TEST_CASE("no key of the kernel's list passes for a button", "[usb]") {
    for (std::uint32_t code = 1; code < KEY_CNT; ++code) {
        // linux/input-event-codes.h: KEY_* below BTN_MISC, from KEY_OK to BTN_DPAD_UP and behind,
        // to BTN_TRIGGER_HAPPY.
        bool const key = code < BTN_MISC || (code >= KEY_OK && code < BTN_DPAD_UP) ||
                         (code > BTN_DPAD_RIGHT && code < BTN_TRIGGER_HAPPY);
        INFO(code);
        CHECK(is_button(code) != key);
    }
}

TEST_CASE("a device whose keys stay, or whose table does not end, is an error", "[usb]") {
    ScriptedTable stubborn{{KEY_LEFT, KEY_SYSRQ}};
    stubborn.stubborn = true;
    auto const refused = limit_keys(stubborn, true);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail == "key 99 stays");
    ScriptedTable endless{{}};
    endless.endless = true;
    CHECK_FALSE(limit_keys(endless, true));
}

TEST_CASE("an input device that is not there is an error", "[usb]") {
    CHECK_FALSE(limit_keys(std::filesystem::path{"/dev/null"}, true));
    CHECK_FALSE(limit_keys(std::filesystem::path{"/nonexistent"}, true));
}
