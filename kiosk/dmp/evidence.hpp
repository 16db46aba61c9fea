// The two documents that travel beside the message.
#pragma once

#include "kiosk/dmp/creation_request.hpp"
#include "kiosk/dmp/json.hpp"

namespace dmp {

// What the card said about the insured person and the person enrolled, in the bytes of the card
// (hexadecimal), for the receiver to certify the identity from. Nobody else on the card.
Json card_reading(CreationRequest const& request);

// What the consent was given to, when, how, and how the person was checked.
Json consent_evidence(CreationRequest const& request, std::string_view kiosk);

}  // namespace dmp
