// The reader's slot: whether a card is in it, which, which way up, and what goes wrong with it. It
// puts a VirtualCard into a Reader and answers it.
#pragma once

#include "drivers/simulator/fault.hpp"
#include "drivers/simulator/reader.hpp"
#include "drivers/simulator/virtual_card.hpp"

#include <memory>

namespace simulator {

class Slot {
  public:
    using Clock = Reader::Clock;

    // What is in the slot; the counts stay after a removal, until the next card.
    struct State {
        bool inserted = false;
        std::string profile;
        bool turned = false;
        bool connected = false;  // the reader's driver has the card
        std::uint64_t apdus = 0;
        std::uint64_t resets = 0;  // power-ups and resets
    };

    explicit Slot(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}

    // Replaces a card that is in.
    void insert(Profile const& profile, Clock::time_point now);
    void remove(Clock::time_point now);
    void turn(Clock::time_point now);  // a card must be in

    // The fault comes before those of the card's profile; nothing makes the card well.
    void order(std::optional<Fault> fault);

    State state() const;
    bool inserted() const { return card_.has_value(); }

    // For the owner's poll(): the descriptor, and when to call serve() at the latest.
    void add_to(std::vector<pollfd>& polled) const;
    std::optional<Clock::time_point> deadline() const;
    void serve(Clock::time_point now);

  private:
    struct Card {
        Profile profile;
        VirtualCard virtual_card;
        FaultPlan faults;  // those of its profile, from this insertion on
        bool turned = false;
    };
    struct Later {
        Clock::time_point when;
        std::optional<base::Bytes> answer;  // nothing: the reader gives up
    };

    void empty(Clock::time_point now);
    void handle(Reader::Event const& event, Clock::time_point now);
    void command(base::Bytes const& apdu, Clock::time_point now);

    std::unique_ptr<Reader> reader_;
    std::optional<Card> card_;
    std::optional<Clock::time_point> put_in_at_;
    Clock::time_point emptied_ = Clock::time_point::min();
    std::optional<Later> later_;
    FaultPlan faults_;
    State state_;
};

}  // namespace simulator
