#include "kiosk/spooler/delivery.hpp"

namespace spooler {

bool Delivery::stayed() const {
    return result == Result::unreachable || result == Result::stranger ||
           result == Result::not_sent;
}

bool Delivery::stops_queue() const {
    switch (result) {
    case Result::delivered:
    case Result::conflict:
    case Result::rejected: return false;
    case Result::refused:
    case Result::overloaded:
    case Result::unproven:
    case Result::stranger:
    case Result::unreachable:
    case Result::failed:
    case Result::not_sent: return true;
    }
    return true;
}

}  // namespace spooler
