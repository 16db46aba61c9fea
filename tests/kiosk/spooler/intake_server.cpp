#include "tests/kiosk/spooler/intake_server.hpp"

#include "kiosk/crypto/digest.hpp"
#include "kiosk/crypto/jws.hpp"
#include "tests/kiosk/spooler/pki.hpp"

#include <cstdlib>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/http/write.hpp>
#include <nlohmann/json.hpp>
#include <sys/socket.h>

namespace spooler_test {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
namespace http = boost::beast::http;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

}  // namespace

struct IntakeServer::Inside {
    asio::io_context context;
    ssl::context tls{ssl::context::tls_server};
    Tcp::acceptor acceptor{context};
    mutable std::mutex mutex;
    std::vector<Request> requests;
    std::map<std::string, std::string> stored;  // hash by id
    std::set<int> open;                         // descriptors
    int connections = 0;
    bool ending = false;
    bool keeps_bodies = true;
    Script script;
    crypto::PrivateKey receipt_key;
    std::list<std::thread> threads;
    std::thread accepting;

    explicit Inside(crypto::PrivateKey key) : receipt_key(std::move(key)) {}

    void serve(IntakeServer& server, Tcp::socket socket, int connection);
    Reply answer(IntakeServer& server, http::request<http::vector_body<std::uint8_t>> request,
                 int connection);
};

namespace {

crypto::PrivateKey read_key(std::filesystem::path const& path) {
    auto key = crypto::PrivateKey::read(path);
    if (!key) std::abort();
    return *key;
}

std::string receipt_text(ReceiptFields const& fields, crypto::PrivateKey const& key) {
    nlohmann::json const payload{{"v", fields.version},
                                 {"id", fields.id},
                                 {"kiosk", fields.kiosk},
                                 {"sha256", fields.sha256},
                                 {"received_at", "2026-06-17T09:30:00Z"},
                                 {"node", "test"},
                                 {"replay", fields.replay}};
    auto receipt = crypto::sign_jws(payload.dump(), key);
    if (!receipt) std::abort();
    return *receipt;
}

}  // namespace

std::string signed_receipt(ReceiptFields const& fields, std::filesystem::path const& key) {
    return receipt_text(fields, read_key(key));
}

IntakeServer::IntakeServer()
    : IntakeServer({pki().server_key, pki().server_certificate, pki().authority}) {}

IntakeServer::IntakeServer(Certificates const& certificates, int port)
    : inside_(std::make_unique<Inside>(read_key(pki().receipt_key))) {
    auto& inside = *inside_;
    inside.script = [](IntakeServer& server, Request const& request) {
        return server.take(request);
    };
    inside.tls.use_private_key_file(certificates.key.native(), ssl::context::pem);
    inside.tls.use_certificate_chain_file(certificates.certificate.native());
    inside.tls.load_verify_file(certificates.client_authority.native());
    inside.tls.set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
    Tcp::endpoint const endpoint{asio::ip::address_v4::loopback(),
                                 static_cast<unsigned short>(port)};
    inside.acceptor.open(endpoint.protocol());
    inside.acceptor.set_option(Tcp::acceptor::reuse_address{true});
    inside.acceptor.bind(endpoint);
    inside.acceptor.listen();
    inside.accepting = std::thread{[this] {
        auto& in = *inside_;
        for (;;) {
            error_code problem;
            auto socket = in.acceptor.accept(problem);
            if (problem) return;
            std::lock_guard const lock{in.mutex};
            if (in.ending) return;
            in.open.insert(socket.native_handle());
            auto const connection = ++in.connections;
            in.threads.emplace_back([this, accepted = std::move(socket), connection]() mutable {
                inside_->serve(*this, std::move(accepted), connection);
            });
        }
    }};
}

IntakeServer::~IntakeServer() {
    {
        std::lock_guard const lock{inside_->mutex};
        inside_->ending = true;
        for (int descriptor : inside_->open)
            ::shutdown(descriptor, SHUT_RDWR);
    }
    ::shutdown(inside_->acceptor.native_handle(), SHUT_RDWR);
    inside_->accepting.join();
    for (auto& thread : inside_->threads)
        thread.join();
}

void IntakeServer::Inside::serve(IntakeServer& server, Tcp::socket socket, int connection) {
    auto const descriptor = socket.native_handle();
    ssl::stream<Tcp::socket> stream{std::move(socket), tls};
    error_code problem;
    stream.next_layer().set_option(Tcp::no_delay{true}, problem);
    stream.handshake(ssl::stream_base::server, problem);
    boost::beast::flat_buffer buffer;
    while (!problem) {
        http::request<http::vector_body<std::uint8_t>> request;
        http::read(stream, buffer, request, problem);
        if (problem) break;
        auto const reply = answer(server, std::move(request), connection);
        if (reply.cut) break;
        http::response<http::string_body> response{static_cast<http::status>(reply.status), 11};
        if (!reply.retry_after.empty()) response.set(http::field::retry_after, reply.retry_after);
        if (!reply.location.empty()) response.set(http::field::location, reply.location);
        response.body() = reply.body;
        response.keep_alive(true);
        response.prepare_payload();
        std::ostringstream text;
        text << response;
        auto answer_text = reply.raw.value_or(text.str());
        if (reply.cut_after) answer_text.resize(std::min(answer_text.size(), *reply.cut_after));
        asio::write(stream, asio::buffer(answer_text), problem);
        if (reply.raw || reply.cut_after) break;
    }
    std::lock_guard const lock{mutex};
    open.erase(descriptor);
    stream.next_layer().close(problem);
}

IntakeServer::Reply IntakeServer::Inside::answer(
    IntakeServer& server, http::request<http::vector_body<std::uint8_t>> request, int connection) {
    Request seen;
    Script now;
    {
        std::lock_guard const lock{mutex};
        seen.number = static_cast<int>(requests.size()) + 1;
        seen.connection = connection;
        seen.method = std::string{request.method_string()};
        seen.target = std::string{request.target()};
        seen.content_type = std::string{request[http::field::content_type]};
        seen.content_digest = std::string{request["Content-Digest"]};
        seen.id = seen.target.substr(seen.target.rfind('/') + 1);
        seen.body = std::move(request.body());
        requests.push_back(seen);
        if (!keeps_bodies) requests.back().body.clear();
        now = script;
    }
    return now(server, seen);
}

std::string IntakeServer::url() const { return "https://127.0.0.1:" + std::to_string(port()); }

int IntakeServer::port() const { return inside_->acceptor.local_endpoint().port(); }

void IntakeServer::script(Script script) {
    std::lock_guard const lock{inside_->mutex};
    inside_->script = std::move(script);
}

void IntakeServer::forget_bodies() {
    std::lock_guard const lock{inside_->mutex};
    inside_->keeps_bodies = false;
}

IntakeServer::Reply IntakeServer::take(Request const& request) {
    if (request.method == "GET") return {404};  // it knows no outcomes
    auto const hash = base::to_hex(crypto::sha256(request.body));
    std::lock_guard const lock{inside_->mutex};
    auto const [known, added] = inside_->stored.emplace(request.id, hash);
    if (known->second != hash) return {409};
    return {added ? 201 : 200,
            receipt_text({1, request.id, kiosk_name, hash, !added}, inside_->receipt_key)};
}

std::vector<IntakeServer::Request> IntakeServer::requests() const {
    std::lock_guard const lock{inside_->mutex};
    return inside_->requests;
}

int IntakeServer::connections() const {
    std::lock_guard const lock{inside_->mutex};
    return inside_->connections;
}

std::size_t IntakeServer::stored() const {
    std::lock_guard const lock{inside_->mutex};
    return inside_->stored.size();
}

}  // namespace spooler_test
