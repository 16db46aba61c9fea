// dmp-kiosk has no network, whoever starts it: on the appliance systemd's sandbox says so too, on a
// desk nothing else does.
#pragma once

#include "drivers/base/result.hpp"

#include <functional>

namespace sandbox {

// From now on, in every thread and for good, a socket is either a Unix socket or the netlink socket
// on which udev tells of devices (SDL opens it anew when touch was lost). Any other fails with
// EAFNOSUPPORT, as on a machine without that family, and its family is told to `refused`, on a
// thread of its own: it must not wait for whoever may ask for a socket. Nothing started later can
// gain rights (no_new_privs). Needs Linux 5.7.
base::Result<void> filter_sockets(std::function<void(int family)> refused);

}  // namespace sandbox
