#include "tests/kiosk/intake/raw_client.hpp"

#include <stdexcept>

#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace intake_tests {
namespace {

constexpr timeval patience{10, 0};

BIO* bio(std::shared_ptr<void> const& tls) { return static_cast<BIO*>(tls.get()); }

}  // namespace

RawClient::RawClient(std::uint16_t port, Identity const& identity) {
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> const context{
        SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
    SSL_CTX_use_certificate_file(context.get(), identity.certificate.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context.get(), identity.key.c_str(), SSL_FILETYPE_PEM);
    tls_ = {BIO_new_ssl_connect(context.get()),
            [](void* p) { BIO_free_all(static_cast<BIO*>(p)); }};
    BIO_set_conn_hostname(bio(tls_), ("127.0.0.1:" + std::to_string(port)).c_str());
    if (BIO_do_connect(bio(tls_)) != 1) throw std::runtime_error("no connection");
    int descriptor = -1;
    BIO_get_fd(bio(tls_), &descriptor);
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
}

void RawClient::write(std::string_view text) {
    BIO_write(bio(tls_), text.data(), static_cast<int>(text.size()));
}

std::string const& RawClient::read_until(std::string_view end) {
    while (received_.find(end) == std::string::npos) {
        char chunk[4096];
        auto const count = BIO_read(bio(tls_), chunk, sizeof(chunk));
        if (count <= 0) break;
        received_.append(chunk, static_cast<std::size_t>(count));
    }
    return received_;
}

std::chrono::milliseconds RawClient::wait_for_end() {
    auto const begin = std::chrono::steady_clock::now();
    char chunk[4096];
    while (BIO_read(bio(tls_), chunk, sizeof(chunk)) > 0) {
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 begin);
}

}  // namespace intake_tests
