#include "drivers/supervisor/board.hpp"

namespace supervisor {

using base::Errc;
using base::failure;
using base::Result;

namespace {

base::Error too_short(std::string_view what) {
    return {Errc::protocol_violated, std::string{what} + " of the supervision board is too short"};
}

std::uint8_t byte_of(std::uint32_t value, int index) {
    return static_cast<std::uint8_t>(value >> 8 * index);
}

}  // namespace

Result<Board> Board::open(std::filesystem::path const& path, std::uint32_t boot_id) {
    auto port = SerialPort::open(path);
    if (!port) return failure(port.error());
    Board board{Link{std::move(*port)}, boot_id};
    if (auto greeted = board.greet(); !greeted) return failure(greeted.error());
    return board;
}

Result<void> Board::greet() {
    std::array const hello{protocol_version, byte_of(boot_id_, 0), byte_of(boot_id_, 1),
                           byte_of(boot_id_, 2), byte_of(boot_id_, 3)};
    auto answer = link_.ask(Request::hello, hello);
    if (!answer) return failure(answer.error());
    if (!read(*answer, greeting_)) return failure(too_short("the greeting"));
    return {};
}

Result<void> Board::disarm(Leaving leaving) {
    return done(link_.ask(Request::disarm, std::array{static_cast<std::uint8_t>(leaving)}));
}

Result<void> Board::show(SlotLight slot, StatusLight status) {
    return done(link_.ask(Request::lights, std::array{static_cast<std::uint8_t>(slot),
                                                      static_cast<std::uint8_t>(status)}));
}

Result<void> Board::dim(int percent) {
    return done(link_.ask(Request::backlight, std::array{static_cast<std::uint8_t>(percent)}));
}

Result<CounterValues> Board::counters() {
    auto answer = link_.ask(Request::counters);
    if (!answer) return failure(answer.error());
    if (answer->size < counters_size) return failure(too_short("the table of counters"));
    CounterValues values{};
    PayloadReader in{*answer};
    for (auto& value : values)
        value = in.u32();
    return values;
}

Result<std::vector<EventRecord>> Board::events(std::uint32_t first) {
    std::vector<EventRecord> events;
    for (;;) {
        auto answer = link_.ask(Request::events, std::array{byte_of(first, 0), byte_of(first, 1),
                                                            byte_of(first, 2), byte_of(first, 3)});
        if (!answer) return failure(answer.error());
        PayloadReader in{*answer};
        int const count = in.u8();
        if (answer->size < 1 + count * event_size) return failure(too_short("a list of events"));
        if (count == 0) return events;
        for (int i = 0; i < count; ++i) {
            auto const event = read_event(in);
            // A board that gives the same again would keep us asking for ever.
            if (event.sequence < first)
                return failure(Errc::protocol_violated, "events that go back");
            events.push_back(event);
            first = event.sequence + 1;
        }
    }
}

Result<void> Board::done(Result<Frame> const& answer) {
    if (!answer) return failure(answer.error());
    return {};
}

Result<Status> Board::status_by(Request request) {
    auto answer = link_.ask(request);
    if (!answer) return failure(answer.error());
    Status status{};
    if (!read(*answer, status)) return failure(too_short("the status"));
    return status;
}

}  // namespace supervisor
