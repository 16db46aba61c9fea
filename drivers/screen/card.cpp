#include "drivers/screen/card.hpp"

#include "drivers/screen/drm_types.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <fcntl.h>

namespace screen {

using base::Errc;
using base::failure;
using base::Result;

namespace {

// A thousandth of a hertz, from pixels in kHz.
std::uint32_t refresh_of(drmModeModeInfo const& mode) {
    auto const pixels = static_cast<std::uint64_t>(mode.htotal) * mode.vtotal;
    return pixels == 0 ? 0 : static_cast<std::uint32_t>(mode.clock * 1'000'000ULL / pixels);
}

bool link_is_bad(int card, drmModeConnector const& connector) {
    for (int i = 0; i < connector.count_props; ++i) {
        drm::Property const property{drmModeGetProperty(card, connector.props[i])};
        if (property && std::string_view{property->name} == "link-status")
            return connector.prop_values[i] == DRM_MODE_LINK_STATUS_BAD;
    }
    return false;
}

std::optional<Connector> look_at(int card, std::uint32_t id) {
    drm::Connector const found{drmModeGetConnector(card, id)};
    if (!found || found->connection != DRM_MODE_CONNECTED || found->count_modes == 0)
        return std::nullopt;
    auto const* const kind = drmModeGetConnectorTypeName(found->connector_type);
    Connector connector{id,
                        std::string{kind == nullptr ? "Unknown" : kind} + "-" +
                            std::to_string(found->connector_type_id),
                        {},
                        link_is_bad(card, *found)};
    for (int i = 0; i < found->count_modes; ++i) {
        auto const& mode = found->modes[i];
        connector.modes.push_back({{mode.hdisplay, mode.vdisplay},
                                   refresh_of(mode),
                                   (mode.type & DRM_MODE_TYPE_PREFERRED) != 0,
                                   (mode.flags & DRM_MODE_FLAG_INTERLACE) != 0});
    }
    return connector;
}

std::optional<int> number_of(std::filesystem::path const& path) {
    auto const name = path.filename().native();
    constexpr std::string_view kind = "card";
    int number = 0;
    if (!name.starts_with(kind)) return std::nullopt;
    auto const* const end = name.data() + name.size();
    auto const read = std::from_chars(name.data() + kind.size(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional{number} : std::nullopt;
}

}  // namespace

Result<Card> Card::open(std::filesystem::path const& path) {
    base::Descriptor file{::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)};
    if (!file) return failure(base::system_error(path.native(), Errc::connection_lost));
    drm::Resources const resources{drmModeGetResources(file.number())};
    if (!resources || resources->count_connectors == 0 || resources->count_crtcs == 0)
        return failure(Errc::connection_lost, path.native() + ": it has no sockets for panels");
    if (drmIsMaster(file.number()) == 0)
        return failure(Errc::conflict, path.native() + ": another program decides what it shows");
    return Card{path, std::move(file)};
}

std::optional<Connector> Card::find_panel() const {
    drm::Resources const resources{drmModeGetResources(descriptor())};
    if (!resources) return std::nullopt;
    for (int i = 0; i < resources->count_connectors; ++i)
        if (auto found = look_at(descriptor(), resources->connectors[i])) return found;
    return std::nullopt;
}

std::optional<Connector> Card::find_panel(std::uint32_t connector) const {
    return look_at(descriptor(), connector);
}

void Card::yield() { drmDropMaster(descriptor()); }

std::vector<std::filesystem::path> list_cards(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> cards;
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator{folder, none})
        if (number_of(entry.path())) cards.push_back(entry.path());
    std::ranges::sort(cards, {}, [](auto const& path) { return *number_of(path); });
    return cards;
}

}  // namespace screen
