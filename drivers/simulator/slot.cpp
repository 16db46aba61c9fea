#include "drivers/simulator/slot.hpp"

#include <algorithm>
#include <utility>

namespace simulator {
namespace {

using base::Bytes;

// A hand is never quicker, and pcscd, which looks each 400 ms, loses the card for good when one
// that it missed in a command is back before it looked.
constexpr std::chrono::milliseconds shortest_gap{600};

}  // namespace

void Slot::insert(Profile const& profile, Clock::time_point now) {
    if (card_) empty(now);
    card_.emplace(Card{profile, VirtualCard{profile}, FaultPlan{profile.faults}});
    state_ = State{.inserted = true, .profile = profile.id};
    put_in_at_ = std::max(now, emptied_ + shortest_gap);
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
    put_in_at_ = emptied_ + shortest_gap;
}

void Slot::empty(Clock::time_point now) {
    reader_->remove();
    later_.reset();
    put_in_at_.reset();
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
    state.connected = reader_->connected();
    return state;
}

void Slot::add_to(std::vector<pollfd>& polled) const { reader_->add_to(polled); }

std::optional<Slot::Clock::time_point> Slot::deadline() const {
    std::optional<Clock::time_point> first = reader_->deadline();
    auto const consider = [&](Clock::time_point when) {
        first = first ? std::min(*first, when) : when;
    };
    if (put_in_at_) consider(*put_in_at_);
    if (later_) consider(later_->when);
    return first;
}

void Slot::serve(Clock::time_point now) {
    if (put_in_at_ && now >= *put_in_at_) {
        put_in_at_.reset();
        card_->virtual_card.reset();
        reader_->insert({card_->profile.atr, card_->turned || card_->profile.mute}, now);
    }
    if (later_ && now >= later_->when) {
        auto const later = std::exchange(later_, std::nullopt);
        if (later->answer) {
            reader_->answer(*later->answer);
        } else {
            card_->virtual_card.reset();
            reader_->give_up(now);
        }
    }
    reader_->serve(now);
    while (auto const event = reader_->next(now))
        handle(*event, now);
}

void Slot::handle(Reader::Event const& event, Clock::time_point now) {
    switch (event.kind) {
    case Reader::Event::Kind::command: command(event.apdu, now); return;
    case Reader::Event::Kind::powered_up: ++state_.resets; break;
    case Reader::Event::Kind::powered_off: break;
    }
    later_.reset();
    if (card_) card_->virtual_card.reset();
}

void Slot::command(Bytes const& apdu, Clock::time_point now) {
    later_.reset();  // a reader that asks anew waits for nothing older
    auto const own = card_->faults.strike();
    auto const ordered = faults_.strike();
    auto const& fault = ordered ? ordered : own;
    ++state_.apdus;
    auto const after = [&](std::uint32_t ms) { return now + std::chrono::milliseconds{ms}; };
    if (!fault) {
        reader_->answer(card_->virtual_card.answer(apdu).bytes());
        return;
    }
    switch (fault->kind) {
    case Fault::Kind::remove: remove(now); return;
    case Fault::Kind::status:
        reader_->answer(Response{{}, static_cast<Status>(fault->value)}.bytes());
        return;
    case Fault::Kind::delay:
        later_ = Later{after(fault->value), card_->virtual_card.answer(apdu).bytes()};
        return;
    case Fault::Kind::silence:
        later_ = Later{fault->value == 0 ? Clock::time_point::max() : after(fault->value), {}};
        return;
    case Fault::Kind::garbage:
        reader_->answer(garbled(card_->virtual_card.answer(apdu).bytes()));
        return;
    case Fault::Kind::truncate: {
        auto answer = card_->virtual_card.answer(apdu).bytes();
        answer.resize(std::clamp<std::size_t>(fault->value, 1, answer.size()));
        reader_->answer(answer);
        return;
    }
    }
}

}  // namespace simulator
