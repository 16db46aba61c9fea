// The card's end of the VSCARD protocol (libcacard's vscard_common.h), by which QEMU's
// ccid-card-passthru puts a card into the virtual machine's USB reader. Each message is a header of
// three big-endian numbers of 32 bits (type, reader, length) and that many bytes. Being connected
// is having a reader; the card is put into it and taken out by messages.
#pragma once

#include "drivers/simulator/connection.hpp"

#include <optional>

namespace simulator {

class VscardLink {
  public:
    // Greets at once and asks for the reader by itself.
    explicit VscardLink(Connection connection);

    pollfd polled() const { return connection_.polled(); }
    void serve() { connection_.serve(); }

    // Wishes: fulfilled in order as the reader confirms what was asked before; a card that is in
    // when another is wished for is taken out first. An answer to reset that QEMU refuses (mute,
    // longer than 40 bytes) leaves the reader empty.
    void insert(base::Bytes atr);
    void remove();

    // The next command for the card that is in. Call until there is none: that is also what makes
    // the link go on. Power and reset never come: QEMU keeps the answer to reset itself.
    std::optional<base::Bytes> next();

    // To the command that came last.
    void answer(base::ByteView response);
    void fail();  // the virtual machine's reader reports a failed transfer

    bool holds_card() const { return state_ == State::holding && !lost(); }
    bool lost() const { return connection_.lost(); }

  private:
    struct Message;
    // How far the reader is: one thing is asked of it at a time.
    enum class State : std::uint8_t {
        greeting,
        clearing,
        adding,
        empty,
        inserting,
        holding,
        removing,
    };

    std::optional<Message> take();
    void confirmed(bool done);
    void pursue();
    void ask(State state, std::uint32_t type, std::uint32_t reader, base::ByteView payload = {});

    Connection connection_;
    State state_ = State::greeting;
    base::Bytes atr_;  // of the card wished for; empty: none
    // Wishes are counted, so that the same card once more is not taken for the one that is in.
    std::uint64_t wish_ = 0;
    std::uint64_t pursued_ = 0;  // the wish last asked of the reader
};

}  // namespace simulator
