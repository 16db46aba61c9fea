// Where the receiver is, as it may stand in the configuration.
#pragma once

#include "drivers/base/result.hpp"

#include <string>

namespace spooler {

// The address in its normal form; Errc::malformed with the reason: not https, a user, a query...
base::Result<std::string> check_intake_url(std::string const& url);

// Where such an address leads, for the firewall: "intake.example.org 443", "2001:db8::1 8443".
base::Result<std::string> intake_host_and_port(std::string const& url);

}  // namespace spooler
