// Reading a carte Vitale 2, without a professional's card and without PIN: by short file
// identifiers, and by the card's own list of files where these are refused.
#pragma once

#include "drivers/iso7816/apdu.hpp"
#include "drivers/vitale/card.hpp"
#include "drivers/vitale/configuration.hpp"

namespace vitale {

// Within one PC/SC transaction, from a card just reset. The ATR is a hint, used only to name a card
// that has no application VITALE:
//   card_vitale_1      an old Bull CP8 card, whose layout nobody published
//   card_professional  CPS and its kin
//   card_unknown       any other card
//   file_missing, access_denied  a carte Vitale whose application or persons cannot be read
//   malformed          damaged or contradictory data; nothing of them is handed out
// and whatever transmit fails with. A number file that cannot be read is no error: NumberFile.
base::Result<VitaleCard> read_card(iso7816::Transmit const& transmit,
                                   Configuration const& configuration, base::ByteView atr);

}  // namespace vitale
