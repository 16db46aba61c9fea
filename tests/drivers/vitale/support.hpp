// What the tests of the reader share: one call to read a card, and the two files of the model card.
#pragma once

#include "drivers/vitale/read_card.hpp"
#include "tests/cards/vitale_cards.hpp"
#include "tests/catch.hpp"

namespace vitale_tests {

using namespace test_cards;
using base::Errc;
using vitale::Configuration;
using vitale::NumberFile;

// Of a ModelCard or a PlayedCard.
template <class Card>
base::Result<vitale::VitaleCard> read(Card& card, Configuration const& configuration = {}) {
    return vitale::read_card(card.transmit(), configuration, card.atr);
}

inline Errc code_of(base::Result<vitale::VitaleCard> const& result) {
    REQUIRE_FALSE(result);
    return result.error().code;
}

inline base::Bytes& identity_file(ModelCard& card) { return card.root.at(2).content; }
inline File& number_file(ModelCard& card) { return card.applications.begin()->second.at(2); }

}  // namespace vitale_tests
