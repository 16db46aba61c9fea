#include "tests/firmware/boot/programmer.hpp"

#include <algorithm>

namespace supervisor_tests {

using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t in_sync = 0x14, ok = 0x10, end_of_command = 0x20;

}  // namespace

base::Bytes Programmer::hear(std::size_t size, fake::Span limit) {
    board_.run_until(
        [&] {
            if (while_waiting) while_waiting();
            return board_.received().size() >= size;
        },
        limit);
    return board_.take_received();
}

bool Programmer::sync(fake::Span limit) {
    board_.take_received();
    for (auto const end = board_.now() + limit; board_.now() < end;) {
        board_.send(base::Bytes{0x30, end_of_command});
        if (hear(2, 50ms) == base::Bytes{in_sync, ok}) return true;
    }
    return false;
}

std::optional<base::Bytes> Programmer::ask(base::Bytes const& command, std::size_t size) {
    board_.send(command);
    board_.send(base::Bytes{end_of_command});
    auto answer = hear(size + 2, 200ms);
    if (answer.size() != size + 2 || answer.front() != in_sync || answer.back() != ok)
        return std::nullopt;
    return base::Bytes{answer.begin() + 1, answer.end() - 1};
}

bool Programmer::load_address(std::uint32_t address) {
    auto const word = address / 2;
    return ask({0x55, static_cast<std::uint8_t>(word), static_cast<std::uint8_t>(word >> 8)})
        .has_value();
}

bool Programmer::program(std::uint32_t address, fake::Page const& page) {
    base::Bytes command{0x64, 0x01, 0x00, 'F'};  // 256 bytes
    command.insert(command.end(), page.begin(), page.end());
    return load_address(address) && ask(command);
}

std::optional<base::Bytes> Programmer::read(std::uint32_t address, std::size_t size) {
    if (!load_address(address)) return std::nullopt;
    return ask({0x74, static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size), 'F'},
               size);
}

bool Programmer::update(fake::Image const& image) {
    if (!sync() || !enter()) return false;
    for (auto const& [address, page] : image)
        if (!program(address, page)) return false;
    for (auto const& [address, page] : image) {
        auto const found = read(address, page.size());
        if (!found || !std::ranges::equal(*found, page)) return false;
    }
    return leave();
}

}  // namespace supervisor_tests
