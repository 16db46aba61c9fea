#include "kiosk/intake/connection.hpp"

#include "kiosk/config/machine_name.hpp"
#include "kiosk/intake/from_store.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http.hpp>
#include <spdlog/spdlog.h>

namespace intake {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

// In this file nothing with a destructor is made inside an expression that awaits: g++ 12 destroys
// such temporaries twice (https://gcc.gnu.org/PR99576).
constexpr std::chrono::seconds handshake_limit{10};
constexpr std::chrono::seconds leave_limit{2};
constexpr std::chrono::milliseconds hurried_leave_limit{200};
constexpr std::size_t read_size = 16 * 1024;
constexpr std::size_t most_drained = 256 * 1024;

auto into(error_code& code) { return net::redirect_error(net::use_awaitable, code); }

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
    if (config::is_machine_name(kiosk_)) co_return true;
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
    auto asked = examine(parser.release());
    Response response;
    if (auto* const deposit = std::get_if<Deposit>(&asked)) {
        auto const outcome = co_await store(std::move(deposit->arrival));
        response = acknowledge(*deposit, outcome);
    } else if (auto const* const question = std::get_if<AfterPosition>(&asked)) {
        auto outcomes = co_await outcomes_after(question->position);
        response = tell(question->position, std::move(outcomes));
    } else {
        response = std::move(std::get<Response>(asked));
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
    auto response = refuse(refusal);
    response.keep_alive(false);
    auto const sent = co_await send(std::move(response));
    co_return sent ? Next::drain : Next::close;
}

// Everything that can be judged without the store.
Connection::Asked Connection::examine(Request request) {
    auto const path = std::string{view(request.target())};
    auto const target = target_of(path);
    auto const health = target.kind == Target::Kind::health;
    if (health && request.method() == http::verb::get) return healthy(service_.node);
    if (auto const wait = service_.rate_limit.one_more(kiosk_, std::chrono::steady_clock::now()))
        return slow_down(*wait);
    switch (target.kind) {
    case Target::Kind::unknown:
        return refuse({404, "not_found",
                       "see PUT /v1/requests/{uuid}, GET /v1/outcomes?after=0 and GET /v1/health"});
    case Target::Kind::health: break;
    case Target::Kind::outcomes:
        if (request.method() == http::verb::get) return examine_position(target.after);
        break;
    case Target::Kind::request:
        if (request.method() == http::verb::put)
            return examine_deposit(target.id, std::move(request));
        service_.store.note({"refused", kiosk_, {}, "method_not_allowed"});
        return not_allowed("PUT");
    }
    service_.store.note({"refused", kiosk_, {}, "method_not_allowed"});
    return not_allowed("GET");
}

Connection::Asked Connection::examine_position(std::string_view after) {
    auto const position = accept_after(after);
    if (!position) return refuse(position.error());
    return AfterPosition{*position};
}

Connection::Asked Connection::examine_deposit(std::string_view written_id, Request request) {
    auto const id = accept_id(written_id);
    if (!id) return refuse(id.error());
    if (!is_cms(only_one(request, "Content-Type")) ||
        request.count(http::field::content_encoding) > 0)
        return refuse({400, "bad_content_type", "a sealed request is plain application/cms"}, *id);
    auto const hash = accept_digest(only_one(request, "Content-Digest"), request.body());
    if (!hash) return refuse(hash.error(), *id);
    if (request.body().empty()) return refuse({400, "empty", "the body is missing"}, *id);

    Receipt const receipt{*id, kiosk_, *hash, utc_text(std::chrono::system_clock::now()), false};
    auto const signed_receipt = service_.signer.sign(receipt);
    if (!signed_receipt) {
        spdlog::error("{}: not signed: {}", id->text(), signed_receipt.error().detail);
        return unavailable();
    }
    return Deposit{receipt, *signed_receipt,
                   Arrival{*id, kiosk_, *hash, receipt.received_at, *signed_receipt,
                           std::move(request.body())}};
}

Response Connection::refuse(Refusal const& refusal, std::optional<crypto::Uuid> const& id) {
    service_.store.note(
        {"refused", kiosk_, id ? id->text() : std::string{}, std::string{refusal.error}});
    return refused(refusal);
}

Response Connection::slow_down(std::chrono::seconds wait) {
    if (auto const times = service_.slowed.one_more(kiosk_, std::chrono::steady_clock::now())) {
        spdlog::warn("{}: more requests than its share: to come back in {} s", kiosk_,
                     wait.count());
        service_.store.note({"rate_limited", kiosk_, {}, std::to_string(*times) + " requests"});
    }
    return too_many(wait);
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
        return signed_response(http::status::created, deposit.signed_receipt);
    case Outcome::Kind::replayed: break;
    }
    receipt.received_at = outcome->received_at;
    receipt.replay = true;
    auto const signed_receipt = service_.signer.sign(receipt);
    if (!signed_receipt) return unavailable();
    return signed_response(http::status::ok, *signed_receipt);
}

Response Connection::tell(std::int64_t after,
                          base::Result<std::vector<DmpOutcomeAt>> outcomes) const {
    if (!outcomes) {
        spdlog::error("outcomes of {}: {}", kiosk_, describe(outcomes.error()));
        return unavailable();
    }
    auto const page = service_.signer.sign(OutcomePage{kiosk_, after, std::move(*outcomes)});
    if (!page) return unavailable();
    return signed_response(http::status::ok, *page);
}

net::awaitable<base::Result<Outcome>> Connection::store(Arrival arrival) {
    FromStore<base::Result<Outcome>> const hand_over =
        [this, arrival = std::make_shared<Arrival>(std::move(arrival))](auto answer) {
            service_.store.put(std::move(*arrival), std::move(answer));
        };
    co_return co_await from_store(hand_over);
}

net::awaitable<base::Result<std::vector<DmpOutcomeAt>>>
Connection::outcomes_after(std::int64_t position) {
    FromStore<base::Result<std::vector<DmpOutcomeAt>>> const hand_over = [this,
                                                                          position](auto answer) {
        service_.store.ask({kiosk_, position, OutcomePage::longest, std::move(answer)});
    };
    co_return co_await from_store(hand_over);
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
