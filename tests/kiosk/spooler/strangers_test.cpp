// Who stands between the kiosk and its receiver: captive portals of every kind get nothing that
// could be read, make nothing be erased, and are named to staff.
#include "tests/kiosk/spooler/desk.hpp"
#include "tests/kiosk/spooler/pki.hpp"

#include "kiosk/spooler/staff.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

using namespace spooler_test;

namespace {

// Answers every connection with a page in plain HTTP, as portals do that take over all of a
// network, and remembers what it was told.
class PlainPortal {
  public:
    explicit PlainPortal(int port) {
        int const yes = 1;
        ::setsockopt(socket_.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        REQUIRE(::bind(socket_.number(), reinterpret_cast<sockaddr*>(&address), sizeof address) ==
                0);
        REQUIRE(::listen(socket_.number(), 8) == 0);
        thread_ = std::thread{[this] { serve(); }};
    }
    PlainPortal(PlainPortal const&) = delete;
    PlainPortal& operator=(PlainPortal const&) = delete;
    ~PlainPortal() {
        ::shutdown(socket_.number(), SHUT_RDWR);
        thread_.join();
    }
    std::string heard() const {
        std::lock_guard const lock{mutex_};
        return heard_;
    }

  private:
    void serve() {
        for (;;) {
            base::Descriptor const client{::accept(socket_.number(), nullptr, nullptr)};
            if (!client) return;
            std::string bytes(16384, '\0');
            auto const size = ::recv(client.number(), bytes.data(), bytes.size(), 0);
            {
                std::lock_guard const lock{mutex_};
                heard_.append(bytes, 0, size > 0 ? static_cast<std::size_t>(size) : 0);
            }
            std::string_view const page = "HTTP/1.1 302 Found\r\nLocation: http://portal/login\r\n"
                                          "Content-Length: 0\r\n\r\n";
            ::send(client.number(), page.data(), page.size(), MSG_NOSIGNAL);
            ::shutdown(client.number(), SHUT_WR);
        }
    }

    base::Descriptor socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    mutable std::mutex mutex_;
    std::string heard_;
    std::thread thread_;
};

struct Behind {
    Desk desk;
    int port = desk.server->port();
    std::vector<spooler::SealedRequest> recorded;

    Behind() {
        desk.server.reset();
        desk.open_day();
    }
    void record_and_be_told() {
        for (int i = 0; i < 5; ++i)
            recorded.push_back(desk.enqueue());
        // Between two tries: while one is under way, that is what is told.
        json told;
        REQUIRE(desk.eventually([&](json const& now) {
            told = now;
            if (now["uplink"]["state"] == "sending") return false;
            if (now["uplink"]["cause"] == "stranger") return true;
            desk.clock.advance(1min);
            return false;
        }));
        auto const sentences = spooler::status_sentences(told.dump());
        REQUIRE(sentences);
        CHECK(sentences->find("something other than the receiver answers. Look at the network of "
                              "the site: it may ask for a login") != std::string::npos);
        for (auto const& request : recorded)
            CHECK(desk.state(request) == "ready");
    }
    void leave() {
        desk.server = std::make_unique<IntakeServer>(
            IntakeServer::Certificates{pki().server_key, pki().server_certificate, pki().authority},
            port);
        REQUIRE(desk.ask(R"({"do":"retry_now"})")["ok"] == true);
        REQUIRE(desk.eventually(all_sent));
        for (auto const& request : recorded)
            CHECK(desk.state(request) == "receipted");
        CHECK(desk.server->stored() == recorded.size());
    }
};

}  // namespace

TEST_CASE("a portal with an authority of its own gets no request at all", "[strangers]") {
    Behind behind;
    behind.desk.server = std::make_unique<IntakeServer>(
        IntakeServer::Certificates{pki().foreign_server_key, pki().foreign_server_certificate,
                                   pki().authority},
        behind.port);
    behind.record_and_be_told();
    CHECK(behind.desk.server->requests().empty());
    behind.desk.server.reset();
    behind.leave();
}

TEST_CASE("a portal that answers in plain HTTP gets no request at all", "[strangers]") {
    Behind behind;
    {
        PlainPortal const portal{behind.port};
        behind.record_and_be_told();
        auto const heard = portal.heard();
        CHECK(heard.find('\x16') == 0);  // the first byte of a TLS handshake
        CHECK(heard.find("/v1/requests") == std::string::npos);
        for (auto const& request : behind.recorded)
            CHECK(heard.find(base::to_text(base::ByteView{request.sealed}.first(32))) ==
                  std::string::npos);
    }
    behind.leave();
}

TEST_CASE("a page or a redirect in the place of a receipt erases nothing", "[strangers]") {
    // The worst case: whoever answers has a certificate of our own authority.
    auto const reply = GENERATE(
        IntakeServer::Reply{.status = 200, .body = "<html>Welcome to the guest network</html>"},
        IntakeServer::Reply{.status = 302, .location = "http://portal/login"},
        IntakeServer::Reply{.status = 204});
    Behind behind;
    behind.desk.server = std::make_unique<IntakeServer>(
        IntakeServer::Certificates{pki().server_key, pki().server_certificate, pki().authority},
        behind.port);
    behind.desk.server->script(
        [reply](IntakeServer&, IntakeServer::Request const&) { return reply; });
    behind.record_and_be_told();
    CHECK(behind.desk.status()["uplink"]["unproven"] >= 1);
    behind.desk.server.reset();
    behind.leave();
}
