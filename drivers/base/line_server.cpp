#include "drivers/base/line_server.hpp"

#include "drivers/base/deadline.hpp"

#include <algorithm>
#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

namespace base {
namespace {

constexpr std::size_t most_clients = 32;
constexpr std::size_t most_unsent = 4 * 1024 * 1024;

}  // namespace

bool Admission::admits(Peer const& peer) const {
    return peer.user == 0 || peer.user == ::geteuid() ||
           std::ranges::find(guests, peer.user) != guests.end();
}

Result<LineServer> LineServer::listen(std::filesystem::path const& path, std::size_t longest_line,
                                      Admission admission) {
    auto listener = listen_at(path, admission.guests.empty() ? 0600 : 0660);
    if (!listener) return failure(listener.error());
    return LineServer{std::move(*listener), path, longest_line, std::move(admission)};
}

LineServer LineServer::adopt(Descriptor listener, std::size_t longest_line, Admission admission) {
    return LineServer{std::move(listener), {}, longest_line, std::move(admission)};
}

LineServer& LineServer::operator=(LineServer&& other) noexcept {
    // Swapped whole, so that the socket file of the old one goes with it.
    std::swap(listener_, other.listener_);
    std::swap(path_, other.path_);
    std::swap(longest_line_, other.longest_line_);
    std::swap(admission_, other.admission_);
    std::swap(connections_, other.connections_);
    std::swap(next_, other.next_);
    return *this;
}

LineServer::~LineServer() {
    if (listener_ && !path_.empty()) ::unlink(path_.c_str());
}

void LineServer::add_to(std::vector<pollfd>& polled) const {
    polled.push_back({listener_.number(), POLLIN, 0});
    for (auto const& [client, connection] : connections_) {
        auto const events = connection.unsent.empty() ? POLLIN : POLLIN | POLLOUT;
        polled.push_back({connection.descriptor.number(), static_cast<short>(events), 0});
    }
}

void LineServer::serve(Handler const& handler) {
    accept_all();
    std::vector<Client> clients;
    for (auto& [client, connection] : connections_) {
        receive(connection);
        clients.push_back(client);
    }
    for (auto client : clients)
        hand_over(client, handler);
    for (auto& [client, connection] : connections_)
        transmit(connection);
    std::erase_if(connections_, [](auto const& entry) { return entry.second.ended; });
}

void LineServer::send(Client client, std::string_view line) {
    auto const found = connections_.find(client);
    if (found == connections_.end()) return;
    auto& connection = found->second;
    if (connection.unsent.size() + line.size() > most_unsent) {
        connection.ended = true;
        return;
    }
    connection.unsent.append(line).push_back('\n');
    transmit(connection);
}

Result<Peer> LineServer::peer(Client client) const {
    auto const found = connections_.find(client);
    if (found == connections_.end()) return failure(Errc::connection_lost, "client left");
    return peer_of(found->second.descriptor.number());
}

void LineServer::flush(int timeout_ms) {
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{timeout_ms};
    for (auto& [client, connection] : connections_) {
        while (!connection.unsent.empty() && !connection.ended) {
            pollfd polled{connection.descriptor.number(), POLLOUT, 0};
            auto const ready = ::poll(&polled, 1, milliseconds_until(deadline));
            if (ready < 0 && errno == EINTR) continue;
            if (ready <= 0) break;
            transmit(connection);
        }
    }
}

void LineServer::accept_all() {
    for (;;) {
        Descriptor descriptor{
            ::accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
        if (!descriptor) return;
        auto const peer = peer_of(descriptor.number());
        if (!peer) continue;
        if (!admission_.admits(*peer)) {
            if (admission_.turned_away) admission_.turned_away(*peer);
            continue;
        }
        if (connections_.size() >= most_clients) continue;
        connections_[next_++].descriptor = std::move(descriptor);
    }
}

void LineServer::receive(Connection& connection) const {
    char chunk[16384];
    for (;;) {
        auto const count = ::recv(connection.descriptor.number(), chunk, sizeof(chunk), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            if (errno != EAGAIN) connection.ended = true;
            return;
        }
        if (count == 0) {
            connection.ended = true;
            return;
        }
        connection.received.append(chunk, static_cast<std::size_t>(count));
        // Whole lines are taken out between calls, so more than this without one is an overlong
        // line.
        if (connection.received.size() > longest_line_ + sizeof(chunk)) {
            connection.ended = connection.received.find('\n') == std::string::npos;
            return;
        }
    }
}

void LineServer::transmit(Connection& connection) {
    while (!connection.unsent.empty()) {
        auto const count = ::send(connection.descriptor.number(), connection.unsent.data(),
                                  connection.unsent.size(), MSG_NOSIGNAL);
        if (count < 0) {
            if (errno == EINTR) continue;
            if (errno != EAGAIN) connection.ended = true;
            return;
        }
        connection.unsent.erase(0, static_cast<std::size_t>(count));
    }
}

void LineServer::hand_over(Client client, Handler const& handler) {
    for (;;) {
        auto const found = connections_.find(client);
        if (found == connections_.end()) return;
        auto& received = found->second.received;
        auto const end = received.find('\n');
        if (end == std::string::npos) return;
        if (end > longest_line_) {
            found->second.ended = true;
            received.clear();
            return;
        }
        auto const line = received.substr(0, end);
        received.erase(0, end + 1);
        handler(client, line);
    }
}

}  // namespace base
