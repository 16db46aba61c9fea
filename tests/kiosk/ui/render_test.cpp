#include "kiosk/ui/render.hpp"
#include "tests/catch.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>

#include <SDL.h>
#include <imgui.h>

namespace {

constexpr int side = 20;
constexpr std::uint32_t white = 0xFFFFFF;

// A white sheet, and what the painter would say to Dear ImGui.
class Sheet {
  public:
    Sheet() {
        ImGui::CreateContext();
        auto& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {side, side};
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        io.Fonts->Build();
    }
    ~Sheet() { ImGui::DestroyContext(); }
    Sheet(Sheet const&) = delete;
    Sheet& operator=(Sheet const&) = delete;

    SDL_Renderer* renderer() const { return renderer_.get(); }

    void draw(std::function<void(ImDrawList&)> const& what) {
        SDL_SetRenderDrawColor(renderer(), 255, 255, 255, 255);
        SDL_RenderClear(renderer());
        ImGui::NewFrame();
        what(*ImGui::GetBackgroundDrawList());
        ImGui::Render();
        ui::render(*ImGui::GetDrawData(), renderer());
        SDL_RenderFlush(renderer());
    }
    // 0xRRGGBB
    std::uint32_t at(int x, int y) const {
        auto const* const row = static_cast<std::uint8_t*>(surface_->pixels) +
                                static_cast<std::ptrdiff_t>(y) * surface_->pitch;
        return reinterpret_cast<std::uint32_t const*>(row)[x] & white;
    }

  private:
    std::unique_ptr<SDL_Surface, decltype(&SDL_FreeSurface)> surface_{
        SDL_CreateRGBSurfaceWithFormat(0, side, side, 32, SDL_PIXELFORMAT_RGB888),
        &SDL_FreeSurface};
    std::unique_ptr<SDL_Renderer, decltype(&SDL_DestroyRenderer)> renderer_{
        SDL_CreateSoftwareRenderer(surface_.get()), &SDL_DestroyRenderer};
};

}  // namespace

TEST_CASE("a rectangle is filled where it stands and nowhere else", "[ui]") {
    Sheet sheet;
    sheet.draw([](ImDrawList& list) {
        list.AddRectFilled({4, 5}, {10, 12}, IM_COL32(0x11, 0x22, 0x33, 255));
    });
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            INFO(x << ", " << y);
            bool const inside = x >= 4 && x < 10 && y >= 5 && y < 12;
            REQUIRE(sheet.at(x, y) == (inside ? 0x112233 : white));
        }
}

TEST_CASE("what lies under a translucent rectangle shines through", "[ui]") {
    Sheet sheet;
    sheet.draw([](ImDrawList& list) {
        list.AddRectFilled({0, 0}, {10, 10}, IM_COL32(0, 0, 0, 255));
        list.AddRectFilled({0, 0}, {20, 10}, IM_COL32(255, 0, 0, 128));
    });
    CHECK((sheet.at(5, 5) >> 16U) == Approx(128).margin(1));
    CHECK((sheet.at(5, 5) & 0xFFFFU) == 0);
    CHECK((sheet.at(15, 5) >> 16U) == 255);
    CHECK((sheet.at(15, 5) & 0xFFU) == Approx(127).margin(1));
    CHECK(sheet.at(15, 15) == white);
}

TEST_CASE("of a picture the part that is named is drawn, tinted and cut to the clip", "[ui]") {
    Sheet sheet;
    // Opaque on the left, transparent on the right.
    std::array<std::uint32_t, 4> const pixels{0xFFFFFFFF, 0x00FFFFFF, 0xFFFFFFFF, 0x00FFFFFF};
    std::unique_ptr<SDL_Texture, decltype(&SDL_DestroyTexture)> const texture{
        SDL_CreateTexture(sheet.renderer(), SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC, 2,
                          2),
        &SDL_DestroyTexture};
    SDL_SetTextureBlendMode(texture.get(), SDL_BLENDMODE_BLEND);
    SDL_UpdateTexture(texture.get(), nullptr, pixels.data(), 8);
    auto const blue = IM_COL32(0, 0, 255, 255);
    sheet.draw([&](ImDrawList& list) {
        list.AddImage(texture.get(), {2, 2}, {4, 4}, {0, 0}, {1, 1}, blue);
        list.AddImage(texture.get(), {10, 2}, {11, 3}, {0.5F, 0}, {1, 0.5F}, blue);
        list.AddImage(texture.get(), {12, 2}, {13, 3}, {0, 0}, {0.5F, 0.5F}, blue);
        list.PushClipRect({2, 10}, {20, 11});
        list.AddImage(texture.get(), {2, 10}, {4, 12}, {0, 0}, {1, 1}, blue);
        list.PopClipRect();
        list.AddRectFilled({18, 18}, {20, 20}, blue);
    });
    CHECK(sheet.at(2, 3) == 0x0000FF);
    CHECK(sheet.at(3, 3) == white);
    CHECK(sheet.at(10, 2) == white);
    CHECK(sheet.at(12, 2) == 0x0000FF);
    CHECK(sheet.at(2, 10) == 0x0000FF);
    CHECK(sheet.at(2, 11) == white);
    CHECK(sheet.at(19, 19) == 0x0000FF);
}

TEST_CASE("more rectangles are drawn than one index can count", "[ui]") {
    Sheet sheet;
    sheet.draw([](ImDrawList& list) {
        for (int i = 0; i < 20000; ++i)
            list.AddRectFilled({0, 0}, {2, 2}, IM_COL32(255, 0, 0, 255));
        list.AddRectFilled({10, 10}, {12, 12}, IM_COL32(0, 255, 0, 255));
    });
    CHECK(sheet.at(1, 1) == 0xFF0000);
    CHECK(sheet.at(11, 11) == 0x00FF00);
    CHECK(sheet.at(15, 15) == white);
}
