#include "drivers/simulator/vscard_link.hpp"
#include "tests/fuzz/targets.hpp"

#include <array>

#include <sys/socket.h>

namespace fuzz {
namespace {

constexpr std::size_t header_size = 12;

// What the link said: whole messages of known types, as QEMU expects them.
void check_messages(int descriptor) {
    base::Bytes said(1 << 18);
    auto const count = ::recv(descriptor, said.data(), said.size(), MSG_DONTWAIT);
    promise(count >= static_cast<ssize_t>(header_size), "the link greets");
    said.resize(static_cast<std::size_t>(count));
    for (std::size_t at = 0; at < said.size();) {
        promise(at + header_size <= said.size(), "a header is whole");
        auto const* header = said.data() + at;
        promise(header[0] == 0 && header[1] == 0 && header[2] == 0 && header[3] >= 1 &&
                    header[3] <= 9,
                "a type is one of the protocol's");
        promise(header[8] == 0 && header[9] == 0, "a message is short");
        at += header_size + static_cast<std::size_t>(header[10] << 8 | header[11]);
        promise(at <= said.size(), "a message is whole");
    }
}

}  // namespace

bool read_vscard(base::ByteView input) {
    // A sixteenth of what QEMU may send before the link must answer, so that no buffer fills.
    auto const part = input.first(std::min<std::size_t>(input.size(), 4096));
    std::array<int, 2> pair{};
    promise(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair.data()) == 0, "a pair");
    base::Descriptor const qemu{pair[0]};
    simulator::VscardLink link{simulator::Connection{base::Descriptor{pair[1]}}};
    link.insert({0x3B, 0x75, 0x13, 0x00, 0x00, 0x4B, 0x09, 0xEA, 0x90, 0x00});
    if (!part.empty()) {
        auto const sent = ::send(qemu.number(), part.data(), part.size(), MSG_NOSIGNAL);
        promise(sent == static_cast<ssize_t>(part.size()), "the input fits");
    }
    link.serve();
    bool answered = false;
    while (auto const command = link.next()) {
        promise(!command->empty() && command->size() <= part.size(), "a command is what came");
        promise(link.holds_card(), "only a card that is in is asked");
        link.answer(base::Bytes{0x90, 0x00});
        answered = true;
    }
    check_messages(qemu.number());
    return answered;
}

}  // namespace fuzz
