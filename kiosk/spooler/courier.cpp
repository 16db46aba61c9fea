#include "kiosk/spooler/courier.hpp"

#include "kiosk/crypto/base64.hpp"

#include <cerrno>

#include <curl/curl.h>

namespace spooler {
namespace {

using base::Errc;
using base::failure;

constexpr long connect_seconds = 15;
constexpr long whole_seconds = 60;
// So that a new certificate is taken up, and a revoked one noticed, also by a queue that never
// rests.
constexpr long longest_connection_seconds = 3600;
constexpr std::size_t longest_answer = 16 * 1024;  // a receipt has about 500 bytes

// libcurl calls two of its types void: each needs its own way of letting go.
template <auto let_go>
struct LetGo {
    template <class T>
    void operator()(T* handle) const {
        let_go(handle);
    }
};
using Easy = std::unique_ptr<CURL, LetGo<&curl_easy_cleanup>>;
using Multi = std::unique_ptr<CURLM, LetGo<&curl_multi_cleanup>>;
using Headers = std::unique_ptr<curl_slist, LetGo<&curl_slist_free_all>>;

std::size_t take_answer(char* data, std::size_t one, std::size_t count, void* target) {
    auto& answer = *static_cast<std::string*>(target);
    if (answer.size() + one * count > longest_answer) return 0;  // ends the transfer
    answer.append(data, one * count);
    return one * count;
}

bool start_libcurl() {
    static bool const started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return started;
}

// The alerts by which the other end turns a client certificate away (RFC 8446, 6.2), in OpenSSL's
// words; TLS 1.3 brings them only after our side of the handshake was done.
bool concerns_our_certificate(std::string_view reason) {
    for (std::string_view alert :
         {"alert bad certificate", "alert unsupported certificate", "alert certificate revoked",
          "alert certificate expired", "alert certificate unknown", "alert unknown ca",
          "alert access denied", "alert certificate required"})
        if (reason.find(alert) != std::string_view::npos) return true;
    return false;
}

bool concerns_a_date(std::string_view reason) {
    return reason.find("not yet valid") != std::string_view::npos ||
           reason.find("has expired") != std::string_view::npos;
}

// A portal that answers in plain HTTP where TLS was spoken to it.
bool speaks_no_tls(std::string_view reason) {
    return reason.find("wrong version number") != std::string_view::npos ||
           reason.find("packet length too long") != std::string_view::npos;
}

bool is_a_stranger(CURLcode code, std::string_view reason) {
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return true;
    case CURLE_SSL_CONNECT_ERROR: return speaks_no_tls(reason);
    default: return false;  // a foreign enumeration: all other codes share one road
    }
}

Cause cause_of_failure(CURLcode code, std::string_view reason, long system_error) {
    if (is_a_stranger(code, reason))
        return concerns_a_date(reason) ? Cause::clock : Cause::stranger;
    if (code == CURLE_COULDNT_RESOLVE_HOST) return Cause::name_not_found;
    if (code == CURLE_SSL_CERTPROBLEM) return Cause::certificate;
    if (reason.find("alert certificate expired") != std::string_view::npos) return Cause::clock;
    if (concerns_our_certificate(reason)) return Cause::refused;
    switch (system_error) {
    case ENETUNREACH:
    case ENETDOWN:
    case EHOSTUNREACH: return Cause::no_link;
    default: return Cause::no_answer;
    }
}

Delivery::Result result_of_failure(CURLcode code, std::string_view reason, bool sent) {
    if (is_a_stranger(code, reason)) return Delivery::Result::stranger;
    if (concerns_our_certificate(reason)) return Delivery::Result::refused;
    return sent ? Delivery::Result::failed : Delivery::Result::unreachable;
}

}  // namespace

struct Courier::Connection {
    std::string url;
    ReceiptVerifier verifier;
    Multi multi;
    Easy easy;
    std::atomic<bool> interrupted = false;
    std::array<char, CURL_ERROR_SIZE> reason{};
    std::string answer = {};

    std::string reason_of(CURLcode code) const {
        return reason[0] != '\0' ? reason.data() : curl_easy_strerror(code);
    }
    long status() {
        long status = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
        return status;
    }

    base::Result<void> prepare(Intake const& intake);
    std::optional<CURLcode> transfer(std::string const& url, Headers const& headers);
    Delivery judge(Parcel const& parcel);
};

Courier::Courier(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Courier::Courier(Courier&&) noexcept = default;
Courier& Courier::operator=(Courier&&) noexcept = default;
Courier::~Courier() = default;

base::Result<Courier> Courier::open(Intake const& intake, ReceiptVerifier verifier) {
    if (!start_libcurl()) return failure(Errc::system_failed, "libcurl does not start");
    std::unique_ptr<Connection> connection{new Connection{
        intake.url, std::move(verifier), Multi{curl_multi_init()}, Easy{curl_easy_init()}}};
    if (!connection->multi || !connection->easy)
        return failure(Errc::system_failed, "libcurl does not start");
    if (auto prepared = connection->prepare(intake); !prepared) return failure(prepared.error());
    return Courier{std::move(connection)};
}

base::Result<void> Courier::Connection::prepare(Intake const& intake) {
    auto* handle = easy.get();
    CURLcode problem = CURLE_OK;
    auto const set = [&](CURLoption option, auto value) {
        if (problem == CURLE_OK) problem = curl_easy_setopt(handle, option, value);
    };
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    // Our own authority and no other: not even those of the system.
    set(CURLOPT_CAINFO, intake.ca_certificate.c_str());
    set(CURLOPT_CAPATH, static_cast<char const*>(nullptr));
    // Both are read anew for each connection: so a renewed pair is taken up without a restart.
    set(CURLOPT_SSLKEY, intake.client_key.c_str());
    set(CURLOPT_SSLCERT, intake.client_certificate.c_str());
    // Each new connection shakes hands in full: one is kept anyway, and servers that check client
    // certificates without a session id context break off on every resumption.
    set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");  // nor one from the environment
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a name that is being resolved must not hold up the end
    set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
    set(CURLOPT_TIMEOUT, whole_seconds);
    set(CURLOPT_MAXLIFETIME_CONN, longest_connection_seconds);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_TCP_NODELAY, 1L);
    set(CURLOPT_ERRORBUFFER, reason.data());
    set(CURLOPT_WRITEFUNCTION, &take_answer);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&answer));
    curl_multi_setopt(multi.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, 1L);
    curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, 1L);
    if (problem != CURLE_OK) return failure(Errc::system_failed, curl_easy_strerror(problem));
    return {};
}

// Nothing when it was interrupted.
std::optional<CURLcode> Courier::Connection::transfer(std::string const& address,
                                                      Headers const& headers) {
    std::optional<CURLcode> ended;
    curl_easy_setopt(easy.get(), CURLOPT_URL, address.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
    answer.clear();
    reason[0] = '\0';
    curl_multi_add_handle(multi.get(), easy.get());
    for (int running = 1; !ended && !interrupted;) {
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK) {
            ended = CURLE_FAILED_INIT;
            break;
        }
        int left = 0;
        while (auto const* message = curl_multi_info_read(multi.get(), &left))
            if (message->msg == CURLMSG_DONE) ended = message->data.result;
        if (!ended) curl_multi_poll(multi.get(), nullptr, 0, 1000, nullptr);
    }
    curl_multi_remove_handle(multi.get(), easy.get());
    return ended;
}

Delivery Courier::deliver(Parcel const& parcel) {
    auto& connection = *connection_;
    auto* handle = connection.easy.get();
    auto const url = connection.url + "/v1/requests/" + parcel.id.text();
    auto const digest = "Content-Digest: sha-256=:" + crypto::to_base64(parcel.sha256) + ":";
    Headers headers;
    for (auto const* line :
         {"Content-Type: application/cms", digest.c_str(), "Accept: application/jose", "Expect:"})
        headers.reset(curl_slist_append(headers.release(), line));
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "PUT");
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, parcel.sealed.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(parcel.sealed.size()));
    bool const begun = !connection.interrupted;
    auto const code = connection.transfer(url, headers);
    long sent_bytes = 0;  // of the last transfer that was begun
    curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &sent_bytes);
    if (!code)
        return {parcel.id,
                begun && sent_bytes > 0 ? Delivery::Result::failed : Delivery::Result::not_sent};
    if (*code == CURLE_OK) return connection.judge(parcel);
    auto const reason = connection.reason_of(*code);
    long system_error = 0;
    curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &system_error);
    return {.id = parcel.id,
            .result = result_of_failure(*code, reason, sent_bytes > 0),
            .detail = reason,
            .cause = cause_of_failure(*code, reason, system_error)};
}

Delivery Courier::Connection::judge(Parcel const& parcel) {
    auto const status = this->status();
    Delivery delivery{.id = parcel.id,
                      .result = Delivery::Result::failed,
                      .status = static_cast<int>(status),
                      .detail = "HTTP " + std::to_string(status),
                      .cause = Cause::broken};
    if (status == 200 || status == 201) {
        auto const verified = verifier.verify(answer, parcel.id, parcel.sha256);
        delivery.result = verified ? Delivery::Result::delivered : Delivery::Result::unproven;
        delivery.cause = verified ? std::nullopt : std::optional{Cause::stranger};
        if (verified)
            delivery.receipt = answer;
        else
            delivery.detail += " without a valid receipt (" + verified.error().detail + ")";
    } else if (status >= 200 && status < 400) {
        delivery.result = Delivery::Result::unproven;
        delivery.cause = Cause::stranger;
        delivery.detail += " without a receipt";
    } else if (status == 409) {
        delivery.result = Delivery::Result::conflict;
        delivery.cause = Cause::rejected;
    } else if (status == 400 || status == 413 || status == 422) {
        delivery.result = Delivery::Result::rejected;
        delivery.cause = Cause::rejected;
    } else if (status == 401 || status == 403) {
        delivery.result = Delivery::Result::refused;
        delivery.cause = Cause::refused;
    } else if (status == 429 || status == 503) {
        delivery.result = Delivery::Result::overloaded;
        delivery.cause = Cause::busy;
        curl_off_t seconds = 0;  // from either form of the header, a number or a date
        curl_easy_getinfo(easy.get(), CURLINFO_RETRY_AFTER, &seconds);
        if (seconds > 0) delivery.retry_after = std::chrono::seconds{seconds};
    }
    return delivery;
}

base::Result<OutcomePage> Courier::ask_outcomes(std::int64_t after) {
    auto& connection = *connection_;
    auto const url = connection.url + "/v1/outcomes?after=" + std::to_string(after);
    Headers const headers{curl_slist_append(nullptr, "Accept: application/jose")};
    curl_easy_setopt(connection.easy.get(), CURLOPT_CUSTOMREQUEST,
                     static_cast<char const*>(nullptr));
    curl_easy_setopt(connection.easy.get(), CURLOPT_HTTPGET, 1L);
    auto const code = connection.transfer(url, headers);
    if (!code) return failure(Errc::connection_lost, "the spooler ends");
    if (*code != CURLE_OK) return failure(Errc::connection_lost, connection.reason_of(*code));
    if (auto const status = connection.status(); status != 200)
        return failure(Errc::refused, "HTTP " + std::to_string(status));
    return connection.verifier.outcomes(connection.answer, after);
}

void Courier::interrupt() {
    connection_->interrupted = true;
    curl_multi_wakeup(connection_->multi.get());
}

}  // namespace spooler
