#include "kiosk/ui/window.hpp"

#include "kiosk/ui/render.hpp"

#include <algorithm>
#include <array>
#include <cfloat>

#include <SDL.h>
#include <SDL_syswm.h>
#include <X11/Xlib.h>
#include <cairo.h>
#include <imgui.h>
#include <malloc.h>

namespace ui {
namespace {

constexpr std::int64_t mouse = -1;   // acts as one more finger
constexpr float nowhere = -FLT_MAX;  // in the words of Dear ImGui

struct KeyOfKeyboard {
    SDL_Scancode code;
    Key key;
};

// The keypad and the switches are keyboards to the system. The first code of each key is the
// keypad's own; the others are what keyboards and switch interfaces send for the same.
constexpr std::array keyboard_keys{KeyOfKeyboard{SDL_SCANCODE_RIGHT, Key::right},
                                   KeyOfKeyboard{SDL_SCANCODE_TAB, Key::right},
                                   KeyOfKeyboard{SDL_SCANCODE_LEFT, Key::left},
                                   KeyOfKeyboard{SDL_SCANCODE_DOWN, Key::down},
                                   KeyOfKeyboard{SDL_SCANCODE_UP, Key::up},
                                   KeyOfKeyboard{SDL_SCANCODE_RETURN, Key::select},
                                   KeyOfKeyboard{SDL_SCANCODE_KP_ENTER, Key::select},
                                   KeyOfKeyboard{SDL_SCANCODE_SPACE, Key::select},
                                   KeyOfKeyboard{SDL_SCANCODE_ESCAPE, Key::back},
                                   KeyOfKeyboard{SDL_SCANCODE_BACKSPACE, Key::back},
                                   KeyOfKeyboard{SDL_SCANCODE_F1, Key::help},
                                   KeyOfKeyboard{SDL_SCANCODE_HELP, Key::help},
                                   KeyOfKeyboard{SDL_SCANCODE_VOLUMEUP, Key::louder},
                                   KeyOfKeyboard{SDL_SCANCODE_KP_PLUS, Key::louder},
                                   KeyOfKeyboard{SDL_SCANCODE_VOLUMEDOWN, Key::softer},
                                   KeyOfKeyboard{SDL_SCANCODE_KP_MINUS, Key::softer}};

base::Error sdl_error(std::string_view what) {
    return {base::Errc::system_failed, std::string{what} + ": " + SDL_GetError()};
}

void set_hints() {
    // A desk's X server without GPU: SDL's window surface, not its OpenGL imitation of one.
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, "software");
    // Fingers and the mouse are told apart here; neither may arrive twice.
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    // SIGINT and SIGTERM belong to the program.
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
}

void set_up_imgui(Size size) {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    auto& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.DisplaySize = {size.width, size.height};
    io.DeltaTime = 1.0F / 60.0F;  // nothing here depends on ImGui's time
    io.MousePos = {nowhere, nowhere};
    auto& look = ImGui::GetStyle();
    look.WindowPadding = {0, 0};
    look.WindowBorderSize = 0;
    look.WindowRounding = 0;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    // A frame wants its font built; nothing is written with it.
    io.Fonts->Build();
    io.Fonts->ClearTexData();
}

}  // namespace

base::Result<std::unique_ptr<Window>> Window::open(WindowOptions const& options) {
    set_hints();
    // Pictures are many and large: without a fixed threshold glibc soon takes them from its heap
    // and never gives them back (65 MB after every screen was shown, against 50).
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return base::failure(sdl_error("video"));
    // SDL starts with text input on, for which X11 would connect an input method: all keys are
    // ours.
    SDL_StopTextInput();
    auto const position = [](std::optional<int> at) {
        return at ? *at : static_cast<int>(SDL_WINDOWPOS_UNDEFINED);
    };
    auto* const window = SDL_CreateWindow(
        options.title.c_str(), position(options.x), position(options.y), options.width,
        options.height, options.borderless ? static_cast<Uint32>(SDL_WINDOW_BORDERLESS) : 0U);
    if (window == nullptr) {
        auto error = sdl_error("window");
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return base::failure(std::move(error));
    }
    auto* const renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
    if (renderer == nullptr) {
        auto error = sdl_error("renderer");
        SDL_DestroyWindow(window);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return base::failure(std::move(error));
    }
    return std::unique_ptr<Window>{new Window{
        window, renderer, {static_cast<float>(options.width), static_cast<float>(options.height)}}};
}

Window::Window(SDL_Window* window, SDL_Renderer* renderer, Size size)
    : window_(window), renderer_(renderer), size_(size) {
    set_up_imgui(size);
}

Window::~Window() {
    ImGui::DestroyContext();
    SDL_DestroyRenderer(renderer_);
    SDL_DestroyWindow(window_);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

std::vector<int> Window::descriptors() const {
    SDL_SysWMinfo info{};
    SDL_VERSION(&info.version);
    if (SDL_GetWindowWMInfo(window_, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11)
        return {};
    return {ConnectionNumber(info.info.x11.display)};
}

bool Window::pump() {
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0)
        take(event);
    return exposed_ || !touches_.empty();
}

std::optional<Key> Window::take_key() {
    if (keys_.empty()) return std::nullopt;
    auto const key = keys_.front();
    keys_.pop_front();
    return key;
}

void Window::take(SDL_Event const& event) {
    switch (event.type) {
    case SDL_QUIT: quit_requested_ = true; return;
    case SDL_WINDOWEVENT:
        if (event.window.event == SDL_WINDOWEVENT_EXPOSED) exposed_ = true;
        return;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        touch(event.type == SDL_FINGERDOWN ? Phase::down
              : event.type == SDL_FINGERUP ? Phase::up
                                           : Phase::move,
              event.tfinger.fingerId, event.tfinger.x * size_.width,
              event.tfinger.y * size_.height);
        return;
    case SDL_KEYDOWN: {
        // A key that is held counts once.
        if (event.key.repeat != 0) return;
        auto const* const found =
            std::ranges::find(keyboard_keys, event.key.keysym.scancode, &KeyOfKeyboard::code);
        if (found != keyboard_keys.end()) keys_.push_back(found->key);
        return;
    }
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (event.button.button == SDL_BUTTON_LEFT)
            touch(event.type == SDL_MOUSEBUTTONDOWN ? Phase::down : Phase::up, mouse,
                  static_cast<float>(event.button.x), static_cast<float>(event.button.y));
        return;
    case SDL_MOUSEMOTION:
        touch(Phase::move, mouse, static_cast<float>(event.motion.x),
              static_cast<float>(event.motion.y));
        return;
    default: return;
    }
}

void Window::touch(Phase phase, std::int64_t finger, float x, float y) {
    if (phase == Phase::down) {
        finger_came_ = true;
        // What the finger before pressed is let go beside every target: it did nothing.
        if (finger_) touches_.push_back({Phase::up, nowhere, nowhere});
        finger_ = finger;
    } else if (finger_ != finger) {
        return;
    }
    if (phase == Phase::up) finger_.reset();
    // Of a long movement only the last place matters.
    if (phase == Phase::move && !touches_.empty() && touches_.back().phase == Phase::move)
        touches_.back() = {phase, x, y};
    else
        touches_.push_back({phase, x, y});
}

void Window::feed_one_touch() {
    auto& io = ImGui::GetIO();
    // A lifted finger points nowhere.
    if (!io.MouseDown[0]) io.MousePos = {nowhere, nowhere};
    while (!touches_.empty()) {
        auto const touch = touches_.front();
        touches_.pop_front();
        io.MousePos = {touch.x, touch.y};
        if (touch.phase == Phase::move) continue;
        io.MouseDown[0] = touch.phase == Phase::down;
        return;
    }
}

void Window::fill_frame(std::function<void()> const& draw) {
    exposed_ = false;
    feed_one_touch();
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({size_.width, size_.height});
    ImGui::Begin("screen", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
    draw();
    ImGui::End();
}

void Window::lay_out(std::function<void()> const& draw) {
    fill_frame(draw);
    ImGui::EndFrame();
}

void Window::frame(Colour background, std::function<void()> const& draw) {
    fill_frame(draw);
    ImGui::Render();
    SDL_SetRenderDrawColor(renderer_, background.red, background.green, background.blue, 255);
    SDL_RenderClear(renderer_);
    render(*ImGui::GetDrawData(), renderer_);
    SDL_RenderPresent(renderer_);
}

base::Result<void> Window::save_png(std::filesystem::path const& path) const {
    auto const width = static_cast<int>(size_.width);
    auto const height = static_cast<int>(size_.height);
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> const surface{
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), &cairo_surface_destroy};
    // The software renderer draws into the window's own surface: it still holds the last frame.
    if (SDL_RenderReadPixels(renderer_, nullptr, SDL_PIXELFORMAT_ARGB8888,
                             cairo_image_surface_get_data(surface.get()),
                             cairo_image_surface_get_stride(surface.get())) != 0)
        return base::failure(sdl_error("reading the frame"));
    cairo_surface_mark_dirty(surface.get());
    auto const status = cairo_surface_write_to_png(surface.get(), path.c_str());
    if (status != CAIRO_STATUS_SUCCESS)
        return base::failure(base::Errc::system_failed,
                             path.native() + ": " + cairo_status_to_string(status));
    return {};
}

void Window::push_finger(Phase phase, std::int64_t finger, float x, float y) {
    SDL_Event event{};
    event.tfinger.type = phase == Phase::down ? SDL_FINGERDOWN
                         : phase == Phase::up ? SDL_FINGERUP
                                              : SDL_FINGERMOTION;
    event.tfinger.timestamp = SDL_GetTicks();
    event.tfinger.fingerId = finger;
    event.tfinger.x = x / size_.width;
    event.tfinger.y = y / size_.height;
    event.tfinger.pressure = 1;
    SDL_PushEvent(&event);
}

void Window::push_key(Key key) {
    SDL_Event event{};
    event.type = SDL_KEYDOWN;
    event.key.state = SDL_PRESSED;
    event.key.keysym.scancode = std::ranges::find(keyboard_keys, key, &KeyOfKeyboard::key)->code;
    SDL_PushEvent(&event);
}

}  // namespace ui
