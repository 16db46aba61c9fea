// The HL7 v3 message of a creation (TD1.1), as the DMP will receive it.
#pragma once

#include "kiosk/dmp/creation_request.hpp"

#include <optional>
#include <string_view>

namespace dmp {

// PRPA_IN201311UV02 in UTF-8, valid against its schema (HL7 v3 Normative Edition 2009) for every
// request that check() accepts.
crypto::SecretString to_hl7(CreationRequest const& request);

// The UUID under which a message says it was sent; none when it is no message of ours.
std::optional<crypto::Uuid> id_of_message(std::string_view xml);

}  // namespace dmp
