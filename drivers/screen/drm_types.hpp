// What libdrm gives, owned. For the sources of this folder alone.
#pragma once

#include <memory>

#include <xf86drm.h>
#include <xf86drmMode.h>

namespace screen::drm {

template <auto release>
struct Release {
    template <class T>
    void operator()(T* owned) const {
        release(owned);
    }
};

using Resources = std::unique_ptr<drmModeRes, Release<drmModeFreeResources>>;
using Connector = std::unique_ptr<drmModeConnector, Release<drmModeFreeConnector>>;
using Encoder = std::unique_ptr<drmModeEncoder, Release<drmModeFreeEncoder>>;
using Crtc = std::unique_ptr<drmModeCrtc, Release<drmModeFreeCrtc>>;
using Property = std::unique_ptr<drmModePropertyRes, Release<drmModeFreeProperty>>;

}  // namespace screen::drm
