#include "drivers/simulator/vscard_link.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace simulator {
namespace {

// Numbers, not an enumeration: what comes may be any of 2^32.
constexpr std::uint32_t type_init = 1;
constexpr std::uint32_t type_error = 2;  // the good answer too, with the code 0
constexpr std::uint32_t type_reader_add = 3;
constexpr std::uint32_t type_reader_remove = 4;
constexpr std::uint32_t type_atr = 5;
constexpr std::uint32_t type_card_remove = 6;
constexpr std::uint32_t type_apdu = 7;
constexpr std::uint32_t type_flush = 8;
constexpr std::uint32_t type_flush_complete = 9;

constexpr std::uint32_t only_reader = 0;
constexpr std::uint32_t undefined_reader = 0xFFFFFFFF;
constexpr std::uint32_t general_error = 1;

// "VSCD", never swapped; version 0.0.2; no capabilities.
constexpr std::array<std::uint8_t, 12> greeting{0x56, 0x53, 0x43, 0x44, 0, 0, 0, 2, 0, 0, 0, 0};
constexpr std::size_t magic_size = 4;

constexpr std::size_t header_size = 12;
// QEMU's own limit; a short APDU has 261 bytes.
constexpr std::size_t longest_payload = 65536;

std::uint32_t number_at(base::ByteView bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 24 |
           static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 8 | bytes[at + 3];
}

void append(base::Bytes& bytes, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(number >> shift));
}

void send(Connection& connection, std::uint32_t type, std::uint32_t reader,
          base::ByteView payload = {}) {
    base::Bytes message;
    append(message, type);
    append(message, reader);
    append(message, static_cast<std::uint32_t>(payload.size()));
    message.insert(message.end(), payload.begin(), payload.end());
    connection.send(message);
}

}  // namespace

struct VscardLink::Message {
    std::uint32_t type;
    base::Bytes payload;
};

VscardLink::VscardLink(Connection connection) : connection_(std::move(connection)) {
    send(connection_, type_init, undefined_reader, greeting);
}

void VscardLink::insert(base::Bytes atr) {
    atr_ = std::move(atr);
    ++wish_;
    pursue();
}

void VscardLink::remove() {
    atr_.clear();
    ++wish_;
    pursue();
}

void VscardLink::ask(State state, std::uint32_t type, std::uint32_t reader,
                     base::ByteView payload) {
    state_ = state;
    send(connection_, type, reader, payload);
}

void VscardLink::pursue() {
    if (pursued_ == wish_) return;
    if (state_ == State::holding) {
        ask(State::removing, type_card_remove, only_reader);
    } else if (state_ == State::empty) {
        pursued_ = wish_;
        if (!atr_.empty()) ask(State::inserting, type_atr, only_reader, atr_);
    }
}

void VscardLink::confirmed(bool done) {
    switch (state_) {
    case State::greeting: return;
    case State::clearing: ask(State::adding, type_reader_add, undefined_reader); return;
    case State::adding:
        if (!done) return connection_.give_up();
        state_ = State::empty;
        break;
    case State::inserting: state_ = done ? State::holding : State::empty; break;
    case State::removing: state_ = State::empty; break;
    case State::empty:
    case State::holding: return;  // to an answer that it did not wait for any more
    }
    pursue();
}

std::optional<VscardLink::Message> VscardLink::take() {
    auto& received = connection_.received();
    if (lost() || received.size() < header_size) return std::nullopt;
    auto const length = number_at(received, 8);
    if (length > longest_payload) {
        connection_.give_up();
        return std::nullopt;
    }
    if (received.size() < header_size + length) return std::nullopt;
    auto const begin = received.begin() + static_cast<std::ptrdiff_t>(header_size);
    auto const end = begin + static_cast<std::ptrdiff_t>(length);
    Message message{number_at(received, 0), base::Bytes(begin, end)};
    received.erase(received.begin(), end);
    return message;
}

std::optional<base::Bytes> VscardLink::next() {
    while (auto message = take()) {
        auto& payload = message->payload;
        switch (message->type) {
        case type_init:
            if (payload.size() < greeting.size() ||
                !std::equal(greeting.begin(), greeting.begin() + magic_size, payload.begin())) {
                connection_.give_up();
                return std::nullopt;
            }
            // Also from a reader that was unplugged and is back: it knows of no card. One that is
            // left over from a client before us goes first.
            pursued_ = 0;
            ask(State::clearing, type_reader_remove, only_reader);
            break;
        case type_error: confirmed(payload.size() == 4 && number_at(payload, 0) == 0); break;
        case type_apdu:
            if (state_ == State::holding && !payload.empty()) return std::move(payload);
            fail();
            break;
        case type_flush: send(connection_, type_flush_complete, only_reader); break;
        default: break;  // what a later version may say
        }
    }
    return std::nullopt;
}

void VscardLink::answer(base::ByteView response) {
    assert(!response.empty() && response.size() <= longest_payload);
    send(connection_, type_apdu, only_reader, response);
}

void VscardLink::fail() {
    base::Bytes code;
    append(code, general_error);
    send(connection_, type_error, only_reader, code);
}

}  // namespace simulator
