#include "drivers/simulator/vscard_reader.hpp"

#include <utility>

namespace simulator {

void VscardReader::insert(Contact contact, Clock::time_point) {
    contact_ = std::move(contact);
    if (link_) link_->insert(contact_->atr);
}

void VscardReader::remove() {
    contact_.reset();
    if (link_) link_->remove();
}

void VscardReader::connect(Clock::time_point now) {
    connect_at_.reset();
    auto connection = Connection::open(address_);
    if (!connection) {
        connect_at_ = now + retry_interval;
        return;
    }
    link_.emplace(std::move(*connection));
    if (contact_) link_->insert(contact_->atr);
}

void VscardReader::add_to(std::vector<pollfd>& polled) const {
    if (link_) polled.push_back(link_->polled());
}

void VscardReader::serve(Clock::time_point now) {
    if (connect_at_ && now >= *connect_at_) connect(now);
    if (link_) link_->serve();
}

std::optional<Reader::Event> VscardReader::next(Clock::time_point now) {
    while (link_) {
        auto apdu = link_->next();
        if (!apdu) break;
        if (contact_ && !contact_->mute) return Event{Event::Kind::command, std::move(*apdu)};
        link_->fail();
    }
    if (!link_ || !link_->lost()) return std::nullopt;
    link_.reset();
    connect_at_ = now + retry_interval;
    return Event{Event::Kind::powered_off};
}

void VscardReader::answer(base::ByteView response) {
    if (link_) link_->answer(response);
}

void VscardReader::give_up(Clock::time_point) {
    if (link_) link_->fail();
}

}  // namespace simulator
