#include "kiosk/ui/qr_code.hpp"

#include <memory>
#include <string>

#include <qrencode.h>

namespace ui {

base::Result<QrCode> QrCode::encode(std::string_view text) {
    std::string const terminated{text};
    std::unique_ptr<QRcode, decltype(&QRcode_free)> const code{
        QRcode_encodeString8bit(terminated.c_str(), 0, QR_ECLEVEL_M), &QRcode_free};
    if (!code) return base::failure(base::Errc::malformed, "no QR code can hold this text");
    auto const count =
        static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    std::vector<bool> modules(count);
    for (std::size_t i = 0; i < count; ++i)
        modules[i] = (code->data[i] & 1U) != 0;
    return QrCode{code->width, std::move(modules)};
}

}  // namespace ui
