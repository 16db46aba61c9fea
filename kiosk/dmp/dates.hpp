// Points in time as the message and the evidence write them.
#pragma once

#include "kiosk/dmp/creation_request.hpp"

#include <string_view>

namespace dmp {

std::string hl7_time(Time time);                           // "20190617093015", UTC
std::string hl7_date(std::chrono::year_month_day date);    // "20190617"
std::string iso_time(Time time);                           // "2019-06-17T09:30:15Z"
std::optional<Time> from_iso_time(std::string_view text);  // that form only

// The calendar day at this moment where the kiosk stands (its configured time zone).
std::chrono::year_month_day local_date(Time time);

}  // namespace dmp
