#include "tests/kiosk/intake/client.hpp"

#include "kiosk/crypto/base64.hpp"
#include "kiosk/crypto/digest.hpp"

#include <algorithm>
#include <cstring>

#include <curl/curl.h>
#include <sys/random.h>

namespace intake_tests {
namespace {

std::size_t keep(char* data, std::size_t size, std::size_t count, void* text) {
    static_cast<std::string*>(text)->append(data, size * count);
    return size * count;
}

}  // namespace

Client::Client(std::uint16_t port, std::filesystem::path const& server_ca,
               std::optional<Identity> const& identity)
    : curl_(curl_easy_init(), curl_easy_cleanup),
      address_("https://127.0.0.1:" + std::to_string(port)) {
    auto* curl = curl_.get();
    curl_easy_setopt(curl, CURLOPT_CAINFO, server_ca.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    if (!identity) return;
    curl_easy_setopt(curl, CURLOPT_SSLCERT, identity->certificate.c_str());
    curl_easy_setopt(curl, CURLOPT_SSLKEY, identity->key.c_str());
}

Reply Client::send(std::string const& method, std::string const& path, base::Bytes const& body,
                   Headers const& headers) {
    auto* curl = curl_.get();
    Reply reply;
    std::string received;
    curl_slist* list = nullptr;
    for (auto const& header : headers)
        list = curl_slist_append(list, header.c_str());
    curl_easy_setopt(curl, CURLOPT_URL, (address_ + path).c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &received);
    if (method == "GET") {
        curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    } else {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, reinterpret_cast<char const*>(body.data()));
    }
    auto const code = curl_easy_perform(curl);
    curl_slist_free_all(list);
    if (code != CURLE_OK) reply.problem = curl_easy_strerror(code);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &reply.new_connections);
    char const* type = nullptr;
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    if (type != nullptr) reply.content_type = type;
    constexpr std::string_view retry = "Retry-After: ";
    if (auto const found = received.find(retry); found != std::string::npos)
        reply.retry_after = received.substr(found + retry.size(),
                                            received.find('\r', found) - found - retry.size());
    return reply;
}

Reply Client::put(crypto::Uuid const& id, base::Bytes const& body) {
    return send("PUT", "/v1/requests/" + id.text(), body,
                {"Content-Type: application/cms", "Content-Digest: " + content_digest(body)});
}

std::string content_digest(base::Bytes const& body) {
    return "sha-256=:" + crypto::to_base64(crypto::sha256(body)) + ":";
}

base::Bytes random_body(std::size_t size) {
    base::Bytes body(size);
    for (std::size_t done = 0; done < size; done += 256)
        if (::getrandom(body.data() + done, std::min<std::size_t>(256, size - done), 0) < 0)
            std::abort();
    return body;
}

}  // namespace intake_tests
