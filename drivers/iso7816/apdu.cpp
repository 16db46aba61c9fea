#include "drivers/iso7816/apdu.hpp"

#include <cassert>

namespace iso7816 {

std::string to_string(StatusWord sw) {
    std::uint8_t const bytes[] = {sw.sw1(), sw.sw2()};
    return base::to_hex(bytes);
}

base::Bytes CommandApdu::bytes() const {
    assert(data.size() <= longest_command_data);
    assert(!le || (*le >= 1 && *le <= longest_response_data));
    base::Bytes out{cla, ins, p1, p2};
    if (!data.empty()) {
        out.push_back(static_cast<std::uint8_t>(data.size()));
        out.insert(out.end(), data.begin(), data.end());
    }
    // 256 is written 00.
    if (le) out.push_back(static_cast<std::uint8_t>(*le & 0xFF));
    return out;
}

base::Result<ResponseApdu> ResponseApdu::parse(base::ByteView bytes) {
    if (bytes.size() < 2 || bytes.size() > longest_response_data + 2)
        return base::failure(base::Errc::malformed,
                             "a response APDU of " + std::to_string(bytes.size()) + " bytes");
    auto const data = bytes.first(bytes.size() - 2);
    auto const sw = bytes.last(2);
    return ResponseApdu{{data.begin(), data.end()},
                        StatusWord{static_cast<std::uint16_t>(sw[0] << 8 | sw[1])}};
}

}  // namespace iso7816
