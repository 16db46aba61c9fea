// One line in, one line out, over a Unix socket with several clients: the form in which the
// simulator's control, the spooler and the robot are spoken to. It has no thread and no loop: the
// owner polls its descriptors with its own and calls serve().
#pragma once

#include "drivers/base/unix_socket.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <poll.h>

namespace base {

// Who may connect, besides this program's own user and root: asked of the kernel (SO_PEERCRED)
// before anything is read. Anybody else is hung up on at once, and `turned_away` is told.
struct Admission {
    std::vector<uid_t> guests = {};  // with guests the socket is open to its group too (0660)
    std::function<void(Peer const&)> turned_away = {};

    bool admits(Peer const& peer) const;
};

class LineServer {
  public:
    using Client = std::uint64_t;  // never used twice
    using Handler = std::function<void(Client, std::string_view line)>;

    // A longer line ends the client's connection: nobody honest sends one.
    static Result<LineServer> listen(std::filesystem::path const& path,
                                     std::size_t longest_line = 65536, Admission admission = {});

    // On a socket that listens already, such as the service manager's; its file is not ours to
    // remove.
    static LineServer adopt(Descriptor listener, std::size_t longest_line, Admission admission);

    LineServer(LineServer&&) noexcept = default;
    LineServer& operator=(LineServer&& other) noexcept;
    ~LineServer();

    void add_to(std::vector<pollfd>& polled) const;

    // Accepts, reads and writes whatever is ready, without blocking, and hands over each whole
    // line. The handler may call send(), also for other clients.
    void serve(Handler const& handler);

    // The line end is added here. A client that left, or does not read, is dropped silently.
    void send(Client client, std::string_view line);

    bool connected(Client client) const { return connections_.contains(client); }
    bool has_clients() const { return !connections_.empty(); }
    Result<Peer> peer(Client client) const;

    // Waits, for at most the given time, until what was sent has left: for a last answer before
    // the program ends.
    void flush(int timeout_ms);

  private:
    struct Connection {
        Descriptor descriptor;
        std::string received;
        std::string unsent;
        bool ended = false;
    };

    LineServer(Descriptor listener, std::filesystem::path path, std::size_t longest_line,
               Admission admission)
        : listener_(std::move(listener)), path_(std::move(path)), longest_line_(longest_line),
          admission_(std::move(admission)) {}

    void accept_all();
    void receive(Connection& connection) const;
    static void transmit(Connection& connection);
    void hand_over(Client client, Handler const& handler);

    Descriptor listener_;
    std::filesystem::path path_;
    std::size_t longest_line_;
    Admission admission_;
    std::map<Client, Connection> connections_;
    Client next_ = 1;
};

}  // namespace base
