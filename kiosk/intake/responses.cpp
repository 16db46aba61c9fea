#include "kiosk/intake/responses.hpp"

#include <nlohmann/json.hpp>

namespace intake {

namespace http = boost::beast::http;

namespace {

// A floor for the kiosks, which add their own jitter.
constexpr char retry_after_seconds[] = "120";

Response text_response(http::status status, char const* content_type, std::string body) {
    Response response{status, 11};
    response.set(http::field::content_type, content_type);
    response.body() = std::move(body);
    return response;
}

}  // namespace

Response signed_response(http::status status, std::string jws) {
    return text_response(status, "application/jose", std::move(jws));
}

Response refused(Refusal const& refusal) {
    nlohmann::ordered_json const body{{"error", refusal.error}, {"detail", refusal.detail}};
    return text_response(http::int_to_status(refusal.status), "application/json", body.dump());
}

Response not_allowed(char const* allowed) {
    auto response = refused({405, "method_not_allowed", "see the Allow header"});
    response.set(http::field::allow, allowed);
    return response;
}

Response unavailable() {
    auto response = refused({503, "unavailable", "the request was not stored; come back later"});
    response.set(http::field::retry_after, retry_after_seconds);
    return response;
}

Response too_many(std::chrono::seconds wait) {
    auto response = refused({429, "too_many", "this kiosk brings more than its share"});
    response.set(http::field::retry_after, std::to_string(wait.count()));
    return response;
}

Response healthy(std::string const& node) {
    nlohmann::ordered_json const body{{"v", 1}, {"node", node}};
    return text_response(http::status::ok, "application/json", body.dump());
}

}  // namespace intake
