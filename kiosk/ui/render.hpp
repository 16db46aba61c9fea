// From Dear ImGui's list to SDL's software renderer.
#pragma once

struct ImDrawData;
struct SDL_Renderer;

namespace ui {

// The painter emits nothing but upright rectangles, of one colour or with a picture. Drawn as such
// they cost a half of what they cost as triangles: SDL fills without blending where nothing shines
// through, and does not look at the vertices of the whole frame again for each picture.
void render(ImDrawData const& data, SDL_Renderer* renderer);

}  // namespace ui
