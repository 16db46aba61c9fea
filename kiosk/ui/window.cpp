#include "kiosk/ui/window.hpp"

#include "kiosk/ui/keys.hpp"
#include "kiosk/ui/render.hpp"

#include <algorithm>
#include <cfloat>

#include <SDL.h>
#include <cairo.h>
#include <imgui.h>
#include <malloc.h>

namespace ui {
namespace {

constexpr std::int64_t mouse = -1;   // acts as one more finger
constexpr float nowhere = -FLT_MAX;  // in the words of Dear ImGui

void set_up_process() {
    // Fingers and the mouse are told apart here; neither may arrive twice.
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    // SIGINT and SIGTERM belong to the program.
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    // Pictures are many and large: without a fixed threshold glibc soon takes them from its heap
    // and never gives them back (65 MB after every screen was shown, against 50).
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
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
    set_up_process();
    auto canvas = open_desk_canvas(options);
    if (!canvas) return base::failure(canvas.error());
    return std::unique_ptr<Window>{new Window{std::move(*canvas)}};
}

base::Result<std::unique_ptr<Window>> Window::open(std::unique_ptr<Panel> panel) {
    set_up_process();
    auto canvas = open_panel_canvas(std::move(panel));
    if (!canvas) return base::failure(canvas.error());
    return std::unique_ptr<Window>{new Window{std::move(*canvas)}};
}

Window::Window(std::unique_ptr<Canvas> canvas)
    : canvas_(std::move(canvas)), size_(canvas_->size()) {
    set_up_imgui(size_);
}

Window::~Window() { ImGui::DestroyContext(); }

bool Window::pump() {
    for (auto const& act : canvas_->attend())
        take(act);
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

void Window::take(PanelAct const& act) {
    if (auto const* const finger = std::get_if<PanelTouch>(&act))
        return touch(finger->phase, finger->finger, finger->x, finger->y);
    auto const found =
        std::ranges::find(keyboard_keys, std::get<PanelKey>(act).code, &KeyOfKeyboard::code);
    if (found != keyboard_keys.end()) keys_.push_back(found->key);
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
            std::ranges::find(keyboard_keys, event.key.keysym.scancode, &KeyOfKeyboard::scancode);
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
    auto* const to = renderer();
    SDL_SetRenderDrawColor(to, background.red, background.green, background.blue, 255);
    SDL_RenderClear(to);
    render(*ImGui::GetDrawData(), to);
    canvas_->show();
}

base::Result<void> Window::save_png(std::filesystem::path const& path) const {
    auto const width = static_cast<int>(size_.width);
    auto const height = static_cast<int>(size_.height);
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> const surface{
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), &cairo_surface_destroy};
    // The software renderer draws into a surface of its own: it still holds the last frame.
    if (SDL_RenderReadPixels(renderer(), nullptr, SDL_PIXELFORMAT_ARGB8888,
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
    event.key.keysym.scancode =
        std::ranges::find(keyboard_keys, key, &KeyOfKeyboard::key)->scancode;
    SDL_PushEvent(&event);
}

}  // namespace ui
