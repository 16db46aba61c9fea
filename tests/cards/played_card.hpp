// A card of the simulator in front of the reader, without socket or clock: what goes wrong with it
// strikes at once.
#pragma once

#include "drivers/iso7816/apdu.hpp"
#include "drivers/simulator/virtual_card.hpp"

#include <vector>

namespace test_cards {

// A shipped profile, as it is on 17 June 2019.
simulator::Profile shipped_profile(std::string_view id);
std::vector<simulator::Profile> shipped_profiles();

class PlayedCard {
  public:
    explicit PlayedCard(simulator::Profile const& profile);

    base::Bytes atr;
    simulator::FaultPlan faults;  // of the profile, until another is ordered

    std::vector<base::Bytes> log;  // every command

    // Errc::card_removed from a pull on, transmission_failed for a silence; a delay is none.
    iso7816::Transmit transmit();

  private:
    base::Result<base::Bytes> exchange(base::Bytes const& command);

    simulator::VirtualCard card_;
    bool removed_ = false;
};

}  // namespace test_cards
