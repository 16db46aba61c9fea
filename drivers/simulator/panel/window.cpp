#include "drivers/simulator/panel/window.hpp"

#include "drivers/simulator/panel/look.hpp"

#include <cstdlib>
#include <filesystem>

#include <SDL.h>
#include <backends/imgui_impl_sdl.h>
#include <backends/imgui_impl_sdlrenderer.h>

namespace simulator {
namespace {

using base::Errc;
using base::failure;

constexpr auto font_folder = "/usr/share/fonts/opentype/inter/";
constexpr int width = 540;
constexpr int height = 780;

bool is_set(char const* variable) {
    auto const* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

base::Error sdl_error(std::string const& what) {
    return {Errc::system_failed, what + ": " + SDL_GetError()};
}

}  // namespace

struct Window::Parts {
    bool sdl = false;
    SDL_Window* window = nullptr;
    SDL_Renderer* renderer = nullptr;
    ImGuiContext* context = nullptr;
    bool window_backend = false;
    bool renderer_backend = false;
    ImFont* title = nullptr;
    ImFont* strong = nullptr;
    ImFont* small = nullptr;

    ~Parts() {
        if (renderer_backend) ImGui_ImplSDLRenderer_Shutdown();
        if (window_backend) ImGui_ImplSDL2_Shutdown();
        if (context != nullptr) ImGui::DestroyContext(context);
        if (renderer != nullptr) SDL_DestroyRenderer(renderer);
        if (window != nullptr) SDL_DestroyWindow(window);
        if (sdl) SDL_Quit();
    }
};

Window::Window(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Window::Window(Window&&) noexcept = default;
Window& Window::operator=(Window&&) noexcept = default;
Window::~Window() = default;

base::Result<Window> Window::open(std::string const& title, std::optional<Position> position) {
    auto parts = std::make_unique<Parts>();
    // Drawn in memory and copied, as no frame is in a hurry and a desk may have no graphics card.
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    // Without a desk SDL would take the machine's own screen, or show the window to nobody.
    if (!is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") && !is_set("SDL_VIDEODRIVER"))
        return failure(Errc::system_failed,
                       "no display: neither DISPLAY nor WAYLAND_DISPLAY is set");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return failure(sdl_error("no display"));
    parts->sdl = true;
    int const x = position ? position->x : SDL_WINDOWPOS_CENTERED;
    int const y = position ? position->y : SDL_WINDOWPOS_CENTERED;
    parts->window = SDL_CreateWindow(title.c_str(), x, y, width, height, SDL_WINDOW_RESIZABLE);
    if (parts->window == nullptr) return failure(sdl_error("no window"));
    SDL_SetWindowMinimumSize(parts->window, 460, 560);
    parts->renderer = SDL_CreateRenderer(parts->window, -1, SDL_RENDERER_SOFTWARE);
    if (parts->renderer == nullptr) return failure(sdl_error("no renderer"));

    IMGUI_CHECKVERSION();
    parts->context = ImGui::CreateContext();
    auto& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    look::apply(ImGui::GetStyle());
    struct Face {
        ImFont*& font;
        char const* file;
        float size;
    };
    ImFont* text = nullptr;  // the first one loaded is the default
    for (auto const& face : {Face{text, "Inter-Regular.otf", look::text_size},
                             Face{parts->title, "Inter-SemiBold.otf", look::title_size},
                             Face{parts->strong, "Inter-SemiBold.otf", look::text_size},
                             Face{parts->small, "Inter-Regular.otf", look::small_size}}) {
        auto const path = std::string{font_folder} + face.file;
        // Dear ImGui asserts on a file that is not there.
        if (!std::filesystem::exists(path))
            return failure(Errc::file_unreadable,
                           path +
                               ": no such file; install fonts-inter (.ci/install-packages does)");
        face.font = io.Fonts->AddFontFromFileTTF(path.c_str(), face.size);
    }
    parts->window_backend = ImGui_ImplSDL2_InitForSDLRenderer(parts->window);
    parts->renderer_backend = ImGui_ImplSDLRenderer_Init(parts->renderer);
    return Window{std::move(parts)};
}

ImFont* Window::title_font() const { return parts_->title; }
ImFont* Window::strong_font() const { return parts_->strong; }
ImFont* Window::small_font() const { return parts_->small; }

Window::Woken Window::wait(std::chrono::milliseconds timeout) {
    SDL_Event event;
    if (SDL_WaitEventTimeout(&event, static_cast<int>(timeout.count())) == 0)
        return Woken::time_out;
    do {
        ImGui_ImplSDL2_ProcessEvent(&event);
        if (event.type == SDL_QUIT) return Woken::closed;
    } while (SDL_PollEvent(&event) != 0);
    return Woken::input;
}

void Window::show(std::function<void()> const& draw) {
    ImGui_ImplSDLRenderer_NewFrame();
    ImGui_ImplSDL2_NewFrame();
    ImGui::NewFrame();
    draw();
    ImGui::Render();
    SDL_SetRenderDrawColor(parts_->renderer, 0xF7, 0xF5, 0xF0, 0xFF);
    SDL_RenderClear(parts_->renderer);
    ImGui_ImplSDLRenderer_RenderDrawData(ImGui::GetDrawData());
    SDL_RenderPresent(parts_->renderer);
}

}  // namespace simulator
