// The service: who asks, one act at a time, and its lines. Ends by itself when nobody has asked
// for a while; the service manager starts it again for the next one.
#pragma once

#include "drivers/base/line_server.hpp"
#include "kiosk/machine/acts.hpp"
#include "kiosk/workers/mailbox.hpp"

#include <optional>
#include <thread>
#include <variant>

namespace machine {

class Server {
  public:
    // `listener` is a listening Unix socket. `stop` becomes readable when the program is to end; it
    // must outlive this.
    Server(base::Descriptor listener, Settings settings, base::Descriptor const& stop);
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    // Until `stop` is readable or nobody was there for the time of Settings::idle. An act under way
    // is ended by `stop` and waited for.
    base::Result<void> run();

  private:
    using Client = base::LineServer::Client;
    using News = std::variant<std::string, Outcome>;  // how far it is; how it ended

    struct Running {
        Request request;
        uid_t user;
        Client client;
        std::string last;  // said
        std::thread thread;
    };

    void answer(Client client, std::string_view line);
    std::optional<Refusal> judge(Request const& request, base::Peer const& peer) const;
    void begin(Request request, uid_t user, Client client);
    void take(News const& news);
    void end(Outcome const& outcome);
    std::string running_sentence() const;

    Settings settings_;
    base::Descriptor const& stop_;
    Programs programs_;
    workers::Mailbox<News> news_;
    std::optional<Running> running_;
    std::optional<Verb> going_down_;  // the machine does, for this
    base::LineServer server_;
};

}  // namespace machine
