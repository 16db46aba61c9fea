#include "kiosk/ui/text.hpp"

#include "kiosk/journey/private_text.hpp"

#include <cmath>

namespace ui {
namespace {

std::string key_of(TextRequest const& request) {
    std::string key;
    key.reserve(request.text.size() + 32);  // growing would leave a copy behind
    key += request.text;
    key += '\0';
    key += static_cast<char>(request.type);
    key += static_cast<char>(request.align);
    key += static_cast<char>(request.marked);
    key += static_cast<char>(request.lines);
    key += static_cast<char>(request.size);
    key += static_cast<char>(request.mirrored);
    for (auto const part : {request.colour.red, request.colour.green, request.colour.blue})
        key += static_cast<char>(part);
    key += std::to_string(std::lround(request.width));
    return key;
}

}  // namespace

TextRenderer::TextRenderer(SDL_Renderer* renderer, Typesetter typesetter)
    : renderer_(renderer), typesetter_(std::move(typesetter)) {}

TextRenderer::~TextRenderer() { wipe(); }

base::Result<std::unique_ptr<TextRenderer>> TextRenderer::open(SDL_Renderer* renderer,
                                                               Theme const& theme) {
    auto typesetter = Typesetter::open(theme);
    if (!typesetter) return base::failure(typesetter.error());
    return std::unique_ptr<TextRenderer>{new TextRenderer{renderer, std::move(*typesetter)}};
}

TextBlock TextRenderer::render(TextRequest const& request, Use use) const {
    auto const set = typesetter_.set(request, use);
    TextBlock block;
    block.ink = set.ink;
    block.width = request.width;
    block.height = set.height;
    block.widest_line = set.widest_line;
    block.lines = set.lines;
    if (set.coverage.empty()) return block;

    std::vector<std::uint32_t> picture;
    picture.reserve(set.coverage.size());
    // SDL draws a picture as it is in a third of the time in which it tints one.
    auto const& colour = request.colour;
    std::uint32_t const ink = static_cast<std::uint32_t>(colour.red) << 16U |
                              static_cast<std::uint32_t>(colour.green) << 8U | colour.blue;
    for (auto const alpha : set.coverage)
        picture.push_back(ink | (std::uint32_t{alpha} << 24U));
    if (auto texture = Texture::make(renderer_, static_cast<int>(set.ink.width),
                                     static_cast<int>(set.ink.height), picture))
        block.texture = std::move(*texture);
    journey::cleanse(picture.data(), 4 * picture.size());
    return block;
}

TextBlock const& TextRenderer::block(TextRequest const& request, Use use) {
    auto key = key_of(request);
    auto found = cache_.find(key);
    if (found == cache_.end()) {
        found = cache_.emplace(std::move(key), Entry{render(request, use), use, {}}).first;
        bytes_ += found->second.block.texture.bytes();
        used_.push_front(&found->first);
        found->second.used = used_.begin();
        return found->second.block;
    }
    journey::cleanse(key.data(), key.size());
    auto& entry = found->second;
    used_.splice(used_.begin(), used_, entry.used);
    if (use == Use::painted && entry.use == Use::measured) {
        entry.use = use;
        entry.block.texture = render(request, use).texture;
        bytes_ += entry.block.texture.bytes();
    }
    return entry.block;
}

void TextRenderer::forget(Cache::iterator entry) {
    bytes_ -= entry->second.block.texture.bytes();
    used_.erase(entry->second.used);
    auto node = cache_.extract(entry);
    journey::cleanse(node.key().data(), node.key().size());
}

void TextRenderer::trim() {
    while (cache_.size() > most_entries)
        forget(cache_.find(*used_.back()));
    // Only pictures are large. What was measured stays: each frame finds its page by it.
    for (auto text = used_.rbegin(); bytes_ > most_bytes && text != used_.rend(); ++text) {
        auto& entry = cache_.find(**text)->second;
        bytes_ -= entry.block.texture.bytes();
        entry.block.texture = {};
        entry.use = Use::measured;
    }
}

void TextRenderer::wipe() {
    while (!cache_.empty())
        forget(cache_.begin());
    // Pango remembers nothing of a text, but the glyphs of a name are in its font caches: letters
    // without order, shared by all that was ever shown.
}

}  // namespace ui
