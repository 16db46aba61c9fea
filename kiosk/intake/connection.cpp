#include "kiosk/intake/connection.hpp"

#include "kiosk/intake/names.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http.hpp>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace intake {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Response = Connection::Response;

namespace {

// In this file nothing with a destructor is made inside an expression that awaits: g++ 12 destroys
// such temporaries twice (https://gcc.gnu.org/PR99576).
constexpr std::chrono::seconds handshake_limit{10};
constexpr std::chrono::seconds leave_limit{2};
constexpr std::chrono::milliseconds hurried_leave_limit{200};
constexpr std::size_t read_size = 16 * 1024;
constexpr std::size_t most_drained = 256 * 1024;
// A floor for the kiosks, which add their own jitter.
constexpr char retry_after_seconds[] = "120";

auto into(error_code& code) { return net::redirect_error(net::use_awaitable, code); }

Response text_response(http::status status, char const* content_type, std::string body) {
    Response response{status, 11};
    response.set(http::field::content_type, content_type);
    response.body() = std::move(body);
    return response;
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

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

std::string_view only_one(Connection::Request const& request, char const* field) {
    return request.count(field) == 1 ? view(request[field]) : std::string_view{};
}

std::string common_name(SSL* ssl) {
    std::unique_ptr<X509, decltype(&X509_free)> const peer{SSL_get1_peer_certificate(ssl),
                                                           X509_free};
    unsigned char* der = nullptr;
    auto const size = peer ? i2d_X509(peer.get(), &der) : 0;
    if (size <= 0) return {};
    auto const certificate = crypto::Certificate::from_der({der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    return certificate ? certificate->common_name() : std::string{};
}

}  // namespace

Connection::Connection(net::ip::tcp::socket socket, net::ssl::context& tls, Service& service)
    : stream_(std::move(socket), tls), buffer_(largest_header + read_size), service_(service) {}

void Connection::end() {
    if (!in_exchange_) boost::beast::get_lowest_layer(stream_).cancel();
}

net::awaitable<void> Connection::run() {
    auto next = Next::another_request;
    if (!co_await shake_hands()) co_return;
    while (next == Next::another_request) {
        if (service_.ending || !co_await wait_for_request()) break;
        in_exchange_ = true;
        next = co_await exchange();
        in_exchange_ = false;
    }
    co_await leave(next == Next::drain);
}

net::awaitable<bool> Connection::shake_hands() {
    error_code code;
    auto& tcp = boost::beast::get_lowest_layer(stream_);
    tcp.socket().set_option(net::ip::tcp::no_delay{true}, code);
    tcp.expires_after(handshake_limit);
    co_await stream_.async_handshake(net::ssl::stream_base::server, into(code));
    if (code) {
        auto const verified = SSL_get_verify_result(stream_.native_handle());
        spdlog::info("handshake refused: {}", verified == X509_V_OK
                                                  ? code.message()
                                                  : X509_verify_cert_error_string(verified));
        co_return false;
    }
    kiosk_ = common_name(stream_.native_handle());
    if (is_machine_name(kiosk_)) co_return true;
    spdlog::warn("a client certificate of our authority has no usable common name");
    co_return false;
}

// The first bytes of the next request: until then the connection may be idle, afterwards not.
net::awaitable<bool> Connection::wait_for_request() {
    if (buffer_.size() > 0) co_return true;
    error_code code;
    boost::beast::get_lowest_layer(stream_).expires_after(service_.idle_limit);
    auto const count =
        co_await stream_.async_read_some(buffer_.prepare(largest_header), into(code));
    buffer_.commit(count);
    co_return !code;
}

net::awaitable<Connection::Next> Connection::exchange() {
    error_code code;
    auto& tcp = boost::beast::get_lowest_layer(stream_);
    tcp.expires_after(service_.request_limit);
    http::request_parser<http::vector_body<std::uint8_t>> parser;
    parser.header_limit(largest_header);
    parser.body_limit(largest_body);
    co_await http::async_read_header(stream_, buffer_, parser, into(code));
    if (code) co_return co_await refuse_unread(code);
    if (parser.get()[http::field::expect] == "100-continue") {
        Response go_on{http::status::continue_, 11};
        co_await http::async_write(stream_, go_on, into(code));
        if (code) co_return Next::close;
    }
    co_await http::async_read(stream_, buffer_, parser, into(code));
    if (code) co_return co_await refuse_unread(code);
    auto const keep = parser.get().keep_alive();
    auto deposit = examine(parser.release());
    Response response;
    if (deposit) {
        auto const outcome = co_await store(std::move(deposit->arrival));
        response = acknowledge(*deposit, outcome);
    } else {
        response = std::move(deposit.error());
    }
    auto const another = keep && !service_.ending;
    response.keep_alive(another);
    auto const sent = co_await send(std::move(response));
    co_return sent&& another ? Next::another_request : Next::close;
}

// What could not be read as a request. Only HTTP's own errors are worth an answer.
net::awaitable<Connection::Next> Connection::refuse_unread(error_code problem) {
    static auto const& category = make_error_code(http::error::bad_method).category();
    if (problem.category() != category || problem == http::error::end_of_stream ||
        problem == http::error::partial_message)
        co_return Next::close;
    Refusal refusal{400, "bad_request", "not an HTTP/1.1 request"};
    if (problem == http::error::body_limit)
        refusal = {413, "too_large", "a sealed request has at most 65536 bytes"};
    if (problem == http::error::header_limit)
        refusal = {431, "header_too_large", "the header has at most 8192 bytes"};
    auto response = refused(refusal);
    response.keep_alive(false);
    auto const sent = co_await send(std::move(response));
    co_return sent ? Next::drain : Next::close;
}

// Everything that can be judged without the store.
tl::expected<Connection::Deposit, Response> Connection::examine(Request request) const {
    auto const path = std::string{view(request.target())};
    auto const target = target_of(path);
    switch (target.kind) {
    case Target::Kind::unknown:
        return tl::unexpected(
            refused({404, "not_found", "see PUT /v1/requests/{uuid} and GET /v1/health"}));
    case Target::Kind::health:
        return tl::unexpected(request.method() == http::verb::get ? healthy(service_.node)
                                                                  : not_allowed("GET"));
    case Target::Kind::request: break;
    }
    if (request.method() != http::verb::put) return tl::unexpected(not_allowed("PUT"));
    if (auto const wait = service_.rate_limit.one_more(kiosk_, std::chrono::steady_clock::now())) {
        spdlog::warn("{}: more requests than its share: to come back in {} s", kiosk_,
                     wait->count());
        return tl::unexpected(too_many(*wait));
    }
    auto const id = accept_id(target.id);
    if (!id) return tl::unexpected(refused(id.error()));
    if (!is_cms(only_one(request, "Content-Type")) ||
        request.count(http::field::content_encoding) > 0)
        return tl::unexpected(
            refused({400, "bad_content_type", "a sealed request is plain application/cms"}));
    auto const hash = accept_digest(only_one(request, "Content-Digest"), request.body());
    if (!hash) return tl::unexpected(refused(hash.error()));
    if (request.body().empty())
        return tl::unexpected(refused({400, "empty", "the body is missing"}));

    Receipt const receipt{*id, kiosk_, *hash, utc_text(std::chrono::system_clock::now()), false};
    auto const signed_receipt = service_.signer.sign(receipt);
    if (!signed_receipt) {
        spdlog::error("{}: not signed: {}", id->text(), signed_receipt.error().detail);
        return tl::unexpected(unavailable());
    }
    return Deposit{receipt, *signed_receipt,
                   Arrival{*id, kiosk_, *hash, receipt.received_at, *signed_receipt,
                           std::move(request.body())}};
}

Response Connection::acknowledge(Deposit const& deposit,
                                 base::Result<Outcome> const& outcome) const {
    auto receipt = deposit.receipt;
    auto const id = receipt.id.text();
    if (!outcome) {
        spdlog::error("{} from {}: not stored: {}", id, kiosk_, describe(outcome.error()));
        return unavailable();
    }
    switch (outcome->kind) {
    case Outcome::Kind::conflicting:
        spdlog::warn("{} from {}: refused, another request has this id", id, kiosk_);
        return refused({409, "conflict", "another request has this id"});
    case Outcome::Kind::stored:
        return text_response(http::status::created, "application/jose", deposit.signed_receipt);
    case Outcome::Kind::replayed: break;
    }
    receipt.received_at = outcome->received_at;
    receipt.replay = true;
    auto const signed_receipt = service_.signer.sign(receipt);
    if (!signed_receipt) return unavailable();
    return text_response(http::status::ok, "application/jose", *signed_receipt);
}

// Hands the arrival to the store's thread and comes back to this one with its answer.
net::awaitable<base::Result<Outcome>> Connection::store(Arrival arrival) {
    auto const initiate = [this](auto handler, Arrival handed_over) {
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        auto executor = net::get_associated_executor(*kept);
        auto work = net::make_work_guard(executor);
        service_.store.put(std::move(handed_over), [kept = std::move(kept), executor,
                                                    work](base::Result<Outcome> outcome) mutable {
            net::post(executor, [kept = std::move(kept), outcome = std::move(outcome)]() mutable {
                (*kept)(std::move(outcome));
            });
        });
    };
    co_return co_await net::async_initiate<net::use_awaitable_t<> const,
                                           void(base::Result<Outcome>)>(
        initiate, net::use_awaitable, std::move(arrival));
}

net::awaitable<bool> Connection::send(Response response) {
    error_code code;
    boost::beast::get_lowest_layer(stream_).expires_after(service_.request_limit);
    response.prepare_payload();
    co_await http::async_write(stream_, response, into(code));
    co_return !code;
}

net::awaitable<void> Connection::leave(bool drain) {
    error_code code;
    auto& tcp = boost::beast::get_lowest_layer(stream_);
    if (!tcp.socket().is_open()) co_return;
    // Closing with bytes unread resets the connection, and the answer could be lost with it.
    tcp.expires_after(leave_limit);
    for (std::size_t drained = 0; drain && !code && drained < most_drained;) {
        buffer_.clear();
        drained += co_await stream_.async_read_some(buffer_.prepare(read_size), into(code));
    }
    if (service_.ending) tcp.expires_after(hurried_leave_limit);
    co_await stream_.async_shutdown(into(code));
}

}  // namespace intake
