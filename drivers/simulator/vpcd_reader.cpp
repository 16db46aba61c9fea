#include "drivers/simulator/vpcd_reader.hpp"

#include <utility>

namespace simulator {

void VpcdReader::insert(Contact contact, Clock::time_point now) {
    contact_ = std::move(contact);
    connect(now);
}

void VpcdReader::remove() {
    link_.reset();
    connect_at_.reset();
}

void VpcdReader::connect(Clock::time_point now) {
    // The new link waits at pcscd's door before the old one goes: were there a gap between them,
    // pcscd might reset the card just then and would lose it for good.
    auto connection = Connection::open(address_);
    link_.reset();
    connect_at_.reset();
    just_reset_ = false;
    if (connection)
        link_.emplace(std::move(*connection));
    else
        connect_at_ = now + retry_interval;
}

void VpcdReader::add_to(std::vector<pollfd>& polled) const {
    if (link_) polled.push_back(link_->polled());
}

void VpcdReader::serve(Clock::time_point now) {
    if (connect_at_ && now >= *connect_at_) connect(now);
    if (link_) link_->serve();
}

std::optional<Reader::Event> VpcdReader::next(Clock::time_point now) {
    while (link_) {
        auto message = link_->next();
        if (!message) break;
        if (message->size() > 1) return Event{Event::Kind::command, std::move(*message)};
        if (auto event = control(static_cast<VpcdControl>(message->front()), now)) return event;
    }
    if (!link_ || !link_->lost()) return std::nullopt;
    link_.reset();
    connect_at_ = now + retry_interval;
    return Event{Event::Kind::powered_off};
}

std::optional<Reader::Event> VpcdReader::control(VpcdControl code, Clock::time_point now) {
    switch (code) {
    case VpcdControl::power_on:
    case VpcdControl::reset:
        just_reset_ = true;
        return Event{Event::Kind::powered_up};  // an answer here would be taken for the next one's
    case VpcdControl::power_off: just_reset_ = false; return Event{Event::Kind::powered_off};
    case VpcdControl::get_atr:
        // Mute is present but without an answer to reset: the poll for presence is answered, the
        // question after a reset is not, and the lost connection is how the driver learns it.
        if (std::exchange(just_reset_, false) && contact_.mute)
            connect(now);
        else
            link_->send(contact_.atr);
        break;
    }
    return std::nullopt;
}

void VpcdReader::answer(base::ByteView response) {
    if (link_) link_->send(response);
}

}  // namespace simulator
