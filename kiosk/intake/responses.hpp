// The answers in their HTTP form.
#pragma once

#include "kiosk/intake/rules.hpp"

#include <chrono>
#include <string>

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

namespace intake {

using Response = boost::beast::http::response<boost::beast::http::string_body>;

// A signed word, application/jose.
Response signed_response(boost::beast::http::status status, std::string jws);

Response refused(Refusal const& refusal);
Response not_allowed(char const* allowed);
Response unavailable();
Response too_many(std::chrono::seconds wait);
Response healthy(std::string const& node);

}  // namespace intake
