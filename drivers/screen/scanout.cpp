#include "drivers/screen/scanout.hpp"

#include "drivers/screen/drm_types.hpp"

#include <cerrno>

namespace screen {

using base::Errc;
using base::failure;
using base::Result;

namespace {

// The part of the card that can feed this connector: the one that does already, so that a picture
// left by another program is replaced without a flicker, else the first that can.
std::optional<std::uint32_t> crtc_for(int card, drmModeConnector const& connector) {
    drm::Resources const resources{drmModeGetResources(card)};
    if (!resources) return std::nullopt;
    if (drm::Encoder const now{drmModeGetEncoder(card, connector.encoder_id)};
        now && now->crtc_id != 0)
        return now->crtc_id;
    for (int i = 0; i < connector.count_encoders; ++i) {
        drm::Encoder const encoder{drmModeGetEncoder(card, connector.encoders[i])};
        if (!encoder) continue;
        for (int k = 0; k < resources->count_crtcs; ++k)
            if ((encoder->possible_crtcs & (1U << static_cast<unsigned>(k))) != 0)
                return resources->crtcs[k];
    }
    return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<Scanout>> Scanout::open(Card card, Connector connector, std::size_t mode) {
    auto const file = card.descriptor();
    drm::Connector const found{drmModeGetConnectorCurrent(file, connector.id)};
    if (!found) return failure(base::system_error(connector.name, Errc::connection_lost));
    auto const crtc = crtc_for(file, *found);
    if (!crtc) return failure(Errc::system_failed, connector.name + ": nothing can feed it");
    auto one = DumbBuffer::make(file, connector.modes[mode].size);
    if (!one) return failure(one.error());
    auto other = DumbBuffer::make(file, connector.modes[mode].size);
    if (!other) return failure(other.error());
    return std::unique_ptr<Scanout>{new Scanout{
        std::move(card), std::move(connector), mode, *crtc, {std::move(*one), std::move(*other)}}};
}

Result<void> Scanout::light() {
    drm::Connector const found{drmModeGetConnectorCurrent(card_.descriptor(), connector_.id)};
    if (!found || mode_ >= static_cast<std::size_t>(found->count_modes) ||
        found->modes[mode_].hdisplay != mode().size.width ||
        found->modes[mode_].vdisplay != mode().size.height)
        return failure(Errc::connection_lost, connector_.name + ": the panel is gone");
    auto id = connector_.id;
    if (drmModeSetCrtc(card_.descriptor(), crtc_, back().framebuffer(), 0, 0, &id, 1,
                       &found->modes[mode_]) != 0)
        return failure(base::system_error(connector_.name + ": setting the mode"));
    lit_ = true;
    return {};
}

Result<void> Scanout::show() {
    if (!lit_) {
        if (auto lit = light(); !lit) return lit;
    } else {
        // Not waited for: the UI thread goes on, and the event says when the other buffer is free.
        if (drmModePageFlip(card_.descriptor(), crtc_, back().framebuffer(),
                            DRM_MODE_PAGE_FLIP_EVENT, this) != 0)
            return failure(base::system_error(connector_.name + ": showing a frame"));
        flipping_ = true;
    }
    shown_ = shown_ == 0 ? 1 : 0;
    return {};
}

void Scanout::take_events() {
    drmEventContext context{};
    context.version = 2;
    context.page_flip_handler = [](int, unsigned, unsigned, unsigned, void* scanout) {
        static_cast<Scanout*>(scanout)->flipping_ = false;
    };
    drmHandleEvent(card_.descriptor(), &context);
}

bool Scanout::on_panel() const {
    drm::Crtc const crtc{drmModeGetCrtc(card_.descriptor(), crtc_)};
    return crtc && crtc->buffer_id == buffers_[shown_].framebuffer();
}

}  // namespace screen
