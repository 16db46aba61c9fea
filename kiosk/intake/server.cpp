#include "kiosk/intake/server.hpp"

#include "drivers/base/files.hpp"
#include "kiosk/intake/admin.hpp"
#include "kiosk/intake/connection.hpp"
#include "kiosk/intake/reading.hpp"

#include <csignal>
#include <set>

#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

namespace intake {

namespace net = boost::asio;
using base::failure;
using boost::system::error_code;
using net::ip::tcp;

namespace {

constexpr std::chrono::milliseconds end_limit{1500};
constexpr std::chrono::milliseconds pause_without_descriptors{100};
constexpr rlim_t other_descriptors = 64;

base::Result<void> allow_connections(Settings const& settings) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return failure(base::system_error("getrlimit"));
    auto const needed = settings.connections + other_descriptors;
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < needed)
        return failure(setting_error(settings, "limits.connections",
                                     "this system allows " + std::to_string(limit.rlim_max) +
                                         " open files, " + std::to_string(needed) + " are needed"));
    if (limit.rlim_cur >= needed) return {};
    limit.rlim_cur = needed;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) return failure(base::system_error("setrlimit"));
    return {};
}

base::Result<tcp::acceptor> listen(net::io_context& context, Settings const& settings) {
    error_code code;
    auto const address = net::ip::make_address(settings.address, code);
    if (code) return failure(setting_error(settings, "listen.address", "not an IP address"));
    tcp::acceptor acceptor{context};
    tcp::endpoint const endpoint{address, settings.port};
    acceptor.open(endpoint.protocol(), code);
    if (!code) acceptor.set_option(net::socket_base::reuse_address{true}, code);
    if (!code) acceptor.bind(endpoint, code);
    if (!code) acceptor.listen(net::socket_base::max_listen_connections, code);
    if (code)
        return failure(setting_error(
            settings, code == net::error::address_in_use ? "listen.port" : "listen.address",
            settings.address + ":" + std::to_string(settings.port) + ": " + code.message()));
    return acceptor;
}

base::Result<std::unique_ptr<StoreWorker>> start_store(Settings const& settings,
                                                       ReceiptSigner const& signer) {
    if (auto folder = base::private_folder(settings.database.parent_path()); !folder)
        return failure(setting_error(settings, "store.database", folder.error().detail));
    auto store = open_store(settings);
    if (!store) return failure(store.error());
    auto admin = base::LineServer::listen(settings.admin_socket, longest_admin_line,
                                          {{}, [](base::Peer const& peer) {
                                               spdlog::warn("admin socket: user {} was turned away",
                                                            peer.user);
                                           }});
    if (!admin) return failure(setting_error(settings, "store.admin_socket", admin.error().detail));
    return StoreWorker::start(std::move(*store), std::move(*admin), signer);
}

}  // namespace

struct Server::Parts {
    Parts(Settings const& settings, Credentials credentials, std::unique_ptr<StoreWorker> worker)
        : most_connections(settings.connections),
          store(std::move(worker)), service{std::move(credentials.signer),
                                            *store,
                                            settings.node,
                                            settings.idle_limit,
                                            settings.request_limit,
                                            RateLimit{settings.requests_per_minute}},
          tls{retained(credentials.tls.get())} {}

    static SSL_CTX* retained(SSL_CTX* context) {
        SSL_CTX_up_ref(context);
        return context;
    }

    net::awaitable<void> accept_all() {
        while (!service.ending) {
            error_code code;
            auto socket =
                co_await acceptor.async_accept(net::redirect_error(net::use_awaitable, code));
            if (code && !service.ending) {
                // Without a free descriptor accept() would fail again at once.
                net::steady_timer pause{context, pause_without_descriptors};
                co_await pause.async_wait(net::redirect_error(net::use_awaitable, code));
                continue;
            }
            if (code || connections.size() >= most_connections)
                continue;  // closed: come back later
            net::co_spawn(context, serve(std::move(socket)), net::detached);
        }
    }

    net::awaitable<void> serve(tcp::socket socket) {
        Connection connection{std::move(socket), tls, service};
        Presence const presence{*this, connection};
        co_await connection.run();
    }

    // Known as long as it lives, however its coroutine ends.
    struct Presence {
        Presence(Parts& of, Connection& present) : parts(of), connection(present) {
            parts.connections.insert(&connection);
        }
        Presence(Presence const&) = delete;
        Presence& operator=(Presence const&) = delete;
        ~Presence() {
            parts.connections.erase(&connection);
            if (parts.service.ending && parts.connections.empty()) parts.context.stop();
        }
        Parts& parts;
        Connection& connection;
    };

    void end() {
        error_code code;
        service.ending = true;
        acceptor.close(code);
        for (auto* connection : connections)
            connection->end();
        if (connections.empty()) return context.stop();
        deadline.expires_after(end_limit);
        deadline.async_wait([this](error_code) { context.stop(); });
    }

    // In the order in which they must outlive each other: suspended connections live in the
    // context.
    std::size_t most_connections;
    std::unique_ptr<StoreWorker> store;
    Service service;
    net::ssl::context tls;
    std::set<Connection*> connections;
    net::io_context context{1};
    tcp::acceptor acceptor{context};
    net::steady_timer deadline{context};
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

base::Result<Server> Server::open(Settings const& settings, Credentials credentials) {
    if (auto allowed = allow_connections(settings); !allowed) return failure(allowed.error());
    auto store = start_store(settings, credentials.signer);
    if (!store) return failure(store.error());
    auto parts = std::make_unique<Parts>(settings, std::move(credentials), std::move(*store));
    auto acceptor = listen(parts->context, settings);
    if (!acceptor) return failure(acceptor.error());
    parts->acceptor = std::move(*acceptor);
    return Server{std::move(parts)};
}

std::uint16_t Server::port() const {
    error_code code;
    return parts_->acceptor.local_endpoint(code).port();
}

void Server::run() {
    auto& parts = *parts_;
    net::signal_set signals{parts.context, SIGTERM, SIGINT};
    signals.async_wait([&](error_code code, int) {
        if (!code) parts.end();
    });
    net::co_spawn(parts.context, parts.accept_all(), net::detached);
    parts.context.run();
    // What the store still holds is committed here; its answers find no connection any more.
    parts.store.reset();
}

}  // namespace intake
