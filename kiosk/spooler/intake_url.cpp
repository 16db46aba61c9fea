#include "kiosk/spooler/intake_url.hpp"

#include <memory>

#include <curl/curl.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;
using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;
using Text = std::unique_ptr<char, decltype(&curl_free)>;

Url parse(std::string const& url) {
    Url parsed{curl_url(), &curl_url_cleanup};
    if (parsed && curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        parsed.reset();
    return parsed;
}

std::string part_of(Url const& parsed, CURLUPart wanted, unsigned flags = 0) {
    char* text = nullptr;
    curl_url_get(parsed.get(), wanted, &text, flags);
    Text const owned{text, &curl_free};
    return text == nullptr ? "" : text;
}

}  // namespace

base::Result<std::string> check_intake_url(std::string const& url) {
    auto const parsed = parse(url);
    if (!parsed)
        return failure(Errc::malformed, "not an address such as https://intake.example.org");
    if (part_of(parsed, CURLUPART_SCHEME) != "https")
        return failure(Errc::malformed, "only https is allowed");
    for (auto unwanted : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT})
        if (!part_of(parsed, unwanted).empty())
            return failure(Errc::malformed, "must hold no user, query or fragment");
    auto normal = part_of(parsed, CURLUPART_URL);
    while (normal.ends_with('/'))
        normal.pop_back();
    return normal;
}

base::Result<std::string> intake_host_and_port(std::string const& url) {
    auto const checked = check_intake_url(url);
    if (!checked) return checked;
    auto const parsed = parse(*checked);
    auto host = part_of(parsed, CURLUPART_HOST);
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    return host + ' ' + part_of(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

}  // namespace spooler
