// The keypad and the switches are keyboards to the system. The first code of each key is the
// keypad's own; the others are what keyboards and switch interfaces send for the same.
#pragma once

#include "kiosk/ui/focus.hpp"

#include <array>
#include <cstdint>

#include <SDL_scancode.h>
#include <linux/input-event-codes.h>

namespace ui {

struct KeyOfKeyboard {
    SDL_Scancode scancode;  // as a window is told
    std::uint16_t code;     // as the kernel reports it
    Key key;
};

inline constexpr std::array keyboard_keys{
    KeyOfKeyboard{SDL_SCANCODE_RIGHT, KEY_RIGHT, Key::right},
    KeyOfKeyboard{SDL_SCANCODE_TAB, KEY_TAB, Key::right},
    KeyOfKeyboard{SDL_SCANCODE_LEFT, KEY_LEFT, Key::left},
    KeyOfKeyboard{SDL_SCANCODE_DOWN, KEY_DOWN, Key::down},
    KeyOfKeyboard{SDL_SCANCODE_UP, KEY_UP, Key::up},
    KeyOfKeyboard{SDL_SCANCODE_RETURN, KEY_ENTER, Key::select},
    KeyOfKeyboard{SDL_SCANCODE_KP_ENTER, KEY_KPENTER, Key::select},
    KeyOfKeyboard{SDL_SCANCODE_SPACE, KEY_SPACE, Key::select},
    KeyOfKeyboard{SDL_SCANCODE_ESCAPE, KEY_ESC, Key::back},
    KeyOfKeyboard{SDL_SCANCODE_BACKSPACE, KEY_BACKSPACE, Key::back},
    KeyOfKeyboard{SDL_SCANCODE_F1, KEY_F1, Key::help},
    KeyOfKeyboard{SDL_SCANCODE_HELP, KEY_HELP, Key::help},
    KeyOfKeyboard{SDL_SCANCODE_VOLUMEUP, KEY_VOLUMEUP, Key::louder},
    KeyOfKeyboard{SDL_SCANCODE_KP_PLUS, KEY_KPPLUS, Key::louder},
    KeyOfKeyboard{SDL_SCANCODE_VOLUMEDOWN, KEY_VOLUMEDOWN, Key::softer},
    KeyOfKeyboard{SDL_SCANCODE_KP_MINUS, KEY_KPMINUS, Key::softer}};

}  // namespace ui
