// From the session at its end to the request that leaves the kiosk.
#pragma once

#include "kiosk/clock.hpp"
#include "kiosk/dmp/creation_request.hpp"
#include "kiosk/journey/session.hpp"
#include "kiosk/settings.hpp"

namespace kiosk {

// Which consent text was shown.
struct ConsentReference {
    std::string language;
    std::string id;
    std::string version;
    crypto::Sha256 digest;
};

// For a session that went through consent and review, with the author who answers for it: who
// opened the day, or who saw the identity document.
dmp::CreationRequest make_creation_request(journey::Session const& session,
                                           Settings const& settings,
                                           ConsentReference const& consent,
                                           config::Author const& author, crypto::Uuid const& id,
                                           Clock const& clock);

}  // namespace kiosk
