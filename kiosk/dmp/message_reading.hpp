// What a receiver may want to know of a message before it is sent, read from the message itself.
#pragma once

#include "kiosk/dmp/creation_request.hpp"

#include <string_view>

namespace dmp {

// The day of the consent where the kiosk stood, "20190618"; none when the message has not that one.
std::optional<std::string> consent_day_of_message(std::string_view xml);

// As typed at the kiosk: the person's or, in a minor's request, the representative's.
Contact contact_of_message(std::string_view xml);

}  // namespace dmp
