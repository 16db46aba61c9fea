#include "kiosk/spooler/intake_url.hpp"

#include <memory>

#include <curl/curl.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;
using Text = std::unique_ptr<char, decltype(&curl_free)>;

}  // namespace

base::Result<std::string> check_intake_url(std::string const& url) {
    Url const parsed{curl_url(), &curl_url_cleanup};
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return failure(Errc::malformed, "not an address such as https://intake.example.org");
    auto const part = [&](CURLUPart wanted) {
        char* text = nullptr;
        curl_url_get(parsed.get(), wanted, &text, 0);
        Text const owned{text, &curl_free};
        return std::string{text == nullptr ? "" : text};
    };
    if (part(CURLUPART_SCHEME) != "https") return failure(Errc::malformed, "only https is allowed");
    for (auto unwanted : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT})
        if (!part(unwanted).empty())
            return failure(Errc::malformed, "must hold no user, query or fragment");
    auto normal = part(CURLUPART_URL);
    while (normal.ends_with('/'))
        normal.pop_back();
    return normal;
}

}  // namespace spooler
