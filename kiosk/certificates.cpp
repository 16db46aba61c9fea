#include "kiosk/certificates.hpp"

#include <filesystem>

#include <spdlog/spdlog.h>

namespace kiosk {

using base::failure;

base::Result<std::optional<dmp::Sealer>> open_sealer(Settings const& settings) {
    for (auto const& file : {settings.signing_certificate, settings.receiver_certificate}) {
        std::error_code ignored;
        if (std::filesystem::exists(file, ignored)) continue;
        // A key that others may read must never get a certificate.
        if (std::filesystem::exists(settings.signing_key, ignored))
            if (auto const key = crypto::PrivateKey::read(settings.signing_key); !key)
                return failure(key.error());
        spdlog::error("certificate: {} is not there; nothing can be recorded until it is",
                      file.native());
        return std::optional<dmp::Sealer>{};
    }
    auto sealer = dmp::Sealer::open(settings.signing_key, settings.signing_certificate,
                                    settings.receiver_certificate);
    if (!sealer) return failure(sealer.error());
    if (sealer->kiosk() != settings.id)
        return failure(base::Errc::configuration_invalid,
                       settings.signing_certificate.native() + ": names \"" + sealer->kiosk() +
                           "\", but kiosk.id is \"" + settings.id + "\"");
    for (auto const& alarm : sealer->alarms(std::chrono::system_clock::now()))
        spdlog::warn("certificate: {}", alarm);
    return std::optional{std::move(*sealer)};
}

}  // namespace kiosk
