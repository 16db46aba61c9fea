// One kiosk's connection: handshake, then request after request until it ends or is told to.
#pragma once

#include "kiosk/intake/rate_limit.hpp"
#include "kiosk/intake/receipt.hpp"
#include "kiosk/intake/responses.hpp"
#include "kiosk/intake/rules.hpp"
#include "kiosk/intake/store_worker.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/vector_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace intake {

// What all connections share.
struct Service {
    ReceiptSigner signer;
    StoreWorker& store;
    std::string node;
    std::chrono::seconds idle_limit;
    std::chrono::seconds request_limit;
    RateLimit rate_limit;
    OnceAMinute slowed = {};
    bool ending = false;  // answers say "Connection: close"
};

class Connection {
  public:
    using Request = boost::beast::http::request<boost::beast::http::vector_body<std::uint8_t>>;

    Connection(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context& tls,
               Service& service);
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    // Never throws; the object must outlive it. All on the thread of the socket's executor.
    boost::asio::awaitable<void> run();

    // Ends it now, or after the answer to the request being read or stored.
    void end();

  private:
    enum class Next { another_request, close, drain };

    struct Deposit {
        Receipt receipt;
        std::string signed_receipt;
        Arrival arrival;
    };
    struct AfterPosition {
        std::int64_t position;
    };
    using Asked = std::variant<Response, Deposit, AfterPosition>;

    boost::asio::awaitable<bool> shake_hands();
    boost::asio::awaitable<bool> wait_for_request();
    boost::asio::awaitable<Next> exchange();
    boost::asio::awaitable<Next> refuse_unread(boost::system::error_code problem);
    Asked examine(Request request);
    Asked examine_deposit(std::string_view written_id, Request request);
    Asked examine_position(std::string_view after);
    Response refuse(Refusal const& refusal, std::optional<crypto::Uuid> const& id = std::nullopt);
    Response slow_down(std::chrono::seconds wait);
    Response acknowledge(Deposit const& deposit, base::Result<Outcome> const& outcome) const;
    Response tell(std::int64_t after, base::Result<std::vector<DmpOutcomeAt>> outcomes) const;
    boost::asio::awaitable<base::Result<Outcome>> store(Arrival arrival);
    boost::asio::awaitable<base::Result<std::vector<DmpOutcomeAt>>>
    outcomes_after(std::int64_t position);
    boost::asio::awaitable<bool> send(Response response);
    boost::asio::awaitable<void> leave(bool drain);

    boost::beast::ssl_stream<boost::beast::tcp_stream> stream_;
    boost::beast::flat_buffer buffer_;
    Service& service_;
    std::string kiosk_;  // common name of the client's certificate
    bool in_exchange_ = false;
};

}  // namespace intake
