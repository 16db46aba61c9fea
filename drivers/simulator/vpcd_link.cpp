#include "drivers/simulator/vpcd_link.hpp"

#include <cassert>

namespace simulator {

std::optional<base::Bytes> VpcdLink::next() {
    auto& received = connection_.received();
    while (received.size() >= 2) {
        std::size_t const length = static_cast<std::size_t>(received[0]) << 8 | received[1];
        if (received.size() < 2 + length) return std::nullopt;
        auto const begin = received.begin() + 2;
        auto const end = begin + static_cast<std::ptrdiff_t>(length);
        base::Bytes message(begin, end);
        received.erase(received.begin(), end);
        if (!message.empty()) return message;
    }
    return std::nullopt;
}

void VpcdLink::send(base::ByteView message) {
    assert(!message.empty() && message.size() <= 0xFFFF);
    base::Bytes framed{static_cast<std::uint8_t>(message.size() >> 8),
                       static_cast<std::uint8_t>(message.size())};
    framed.insert(framed.end(), message.begin(), message.end());
    connection_.send(framed);
}

}  // namespace simulator
