#include "drivers/iso7816/continuation.hpp"

#include "drivers/iso7816/commands.hpp"

#include <utility>

namespace iso7816 {
namespace {

// In SW2 and in Le alike, 00 stands for 256.
std::size_t length_of(std::uint8_t sw2) { return sw2 == 0 ? longest_response_data : sw2; }

base::Result<ResponseApdu> exchange(Transmit const& transmit, CommandApdu command) {
    base::Bytes received;
    bool corrected = false;
    for (int i = 0; i < longest_continuation; ++i) {
        auto response = transmit(command);
        if (!response) return response;
        auto const sw = response->sw;
        // One correction for each command: a card that corrects its own correction never ends.
        if (sw.wrong_le() && !corrected) {
            command.le = length_of(sw.sw2());
            corrected = true;
            continue;
        }
        if (!sw.more_data() && received.empty()) return response;
        received.insert(received.end(), response->data.begin(), response->data.end());
        base::wipe(response->data);
        if (!sw.more_data()) return ResponseApdu{std::move(received), sw};
        command = get_response(command.cla, length_of(sw.sw2()));
        corrected = false;
    }
    return base::failure(base::Errc::malformed, "an answer without end");
}

}  // namespace

Transmit with_continuation(Transmit transmit) {
    return [transmit = std::move(transmit)](CommandApdu const& command) {
        return exchange(transmit, command);
    };
}

}  // namespace iso7816
