// "I have changed my mind", for a request that has left the kiosk or may have: signed and sealed
// like the request itself, and as silent about the person.
#pragma once

#include "kiosk/dmp/creation_request.hpp"

namespace dmp {

struct Withdrawal {
    crypto::Uuid id;         // its own: id_of_withdrawal(withdraws)
    crypto::Uuid withdraws;  // the request
    Time asked_at;
    bool clock_trusted;
};

// The same for the same request, whoever asks and how often: a withdrawal asked for twice is one.
crypto::Uuid id_of_withdrawal(crypto::Uuid const& request);

}  // namespace dmp
