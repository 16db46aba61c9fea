#include "drivers/simulator/slot.hpp"

#include <algorithm>
#include <utility>

namespace simulator {
namespace {

using base::Bytes;

// How often a card in the slot looks whether the reader's driver is back.
constexpr std::chrono::milliseconds retry_interval{50};

// A hand is never quicker, and pcscd, which looks each 400 ms, loses the card for good when one
// that it missed in a command is back before it looked.
constexpr std::chrono::milliseconds shortest_gap{600};

}  // namespace

void Slot::insert(Profile const& profile, Clock::time_point now) {
    if (card_) empty(now);
    card_.emplace(Card{profile, VirtualCard{profile}, FaultPlan{profile.faults}});
    state_ = State{.inserted = true, .profile = profile.id};
    connect_at_ = std::max(now, emptied_ + shortest_gap);
}

void Slot::remove(Clock::time_point now) {
    empty(now);
    card_.reset();
    state_.inserted = false;
    state_.turned = false;
}

void Slot::turn(Clock::time_point now) {
    empty(now);
    card_->turned = !card_->turned;
    state_.turned = card_->turned;
    connect_at_ = emptied_ + shortest_gap;
}

void Slot::empty(Clock::time_point now) {
    link_.reset();
    later_.reset();
    connect_at_.reset();
    emptied_ = now;
}

void Slot::order(std::optional<Fault> fault) {
    faults_.order(fault);
    if (fault) return;
    if (card_) card_->faults.order(std::nullopt);
    // A card ordered to be well again does not stay silent for ever.
    if (later_) later_->when = Clock::time_point::min();
}

Slot::State Slot::state() const {
    auto state = state_;
    state.connected = link_ && link_->connected();
    return state;
}

void Slot::connect(Clock::time_point now) {
    // The new link waits at pcscd's door before the old one goes: were there a gap between them,
    // pcscd might reset the card just then and would lose it for good.
    auto link = VpcdLink::open(address_);
    link_.reset();
    later_.reset();
    connect_at_.reset();
    just_reset_ = false;
    card_->virtual_card.reset();
    if (link)
        link_ = std::move(*link);
    else
        connect_at_ = now + retry_interval;
}

void Slot::add_to(std::vector<pollfd>& polled) const {
    if (link_) polled.push_back(link_->polled());
}

std::optional<Slot::Clock::time_point> Slot::deadline() const {
    if (connect_at_) return connect_at_;
    if (later_) return later_->when;
    return std::nullopt;
}

void Slot::serve(Clock::time_point now) {
    if (connect_at_ && now >= *connect_at_) connect(now);
    if (later_ && now >= later_->when) {
        auto const later = std::exchange(later_, std::nullopt);
        if (later->answer)
            link_->send(*later->answer);
        else
            connect(now);
    }
    if (!link_) return;
    link_->serve();
    while (link_) {
        auto const message = link_->next();
        if (!message) break;
        handle(*message, now);
    }
    if (link_ && link_->lost()) {
        link_.reset();
        later_.reset();
        connect_at_ = now + retry_interval;
    }
}

void Slot::handle(Bytes const& message, Clock::time_point now) {
    if (message.size() == 1)
        control(static_cast<VpcdControl>(message.front()), now);
    else
        command(message, now);
}

void Slot::control(VpcdControl code, Clock::time_point now) {
    switch (code) {
    case VpcdControl::power_on:
    case VpcdControl::reset:
        ++state_.resets;
        just_reset_ = true;
        card_->virtual_card.reset();
        return;  // an answer here would be taken for that of the next request
    case VpcdControl::power_off:
        just_reset_ = false;
        card_->virtual_card.reset();
        return;
    case VpcdControl::get_atr:
        // Mute is present but without an answer to reset: the poll for presence is answered, the
        // question after a reset is not, and the lost connection is how the driver learns it.
        if (std::exchange(just_reset_, false) && (card_->turned || card_->profile.mute))
            connect(now);
        else
            link_->send(card_->profile.atr);
        return;
    }
}

void Slot::command(Bytes const& apdu, Clock::time_point now) {
    auto const own = card_->faults.strike();
    auto const ordered = faults_.strike();
    auto const& fault = ordered ? ordered : own;
    ++state_.apdus;
    auto const after = [&](std::uint32_t ms) { return now + std::chrono::milliseconds{ms}; };
    if (!fault) {
        link_->send(card_->virtual_card.answer(apdu).bytes());
        return;
    }
    switch (fault->kind) {
    case Fault::Kind::remove: remove(now); return;
    case Fault::Kind::status:
        link_->send(Response{{}, static_cast<Status>(fault->value)}.bytes());
        return;
    case Fault::Kind::delay:
        later_ = Later{after(fault->value), card_->virtual_card.answer(apdu).bytes()};
        return;
    case Fault::Kind::silence:
        later_ = Later{fault->value == 0 ? Clock::time_point::max() : after(fault->value), {}};
        return;
    case Fault::Kind::garbage:
        link_->send(garbled(card_->virtual_card.answer(apdu).bytes()));
        return;
    case Fault::Kind::truncate: {
        auto answer = card_->virtual_card.answer(apdu).bytes();
        answer.resize(std::clamp<std::size_t>(fault->value, 1, answer.size()));
        link_->send(answer);
        return;
    }
    }
}

}  // namespace simulator
