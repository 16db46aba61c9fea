#include "drivers/base/line_client.hpp"
#include "drivers/base/line_server.hpp"
#include "tests/drivers/base/other_user.hpp"
#include "tests/drivers/base/temporary_folder.hpp"

#include <future>

#include <sys/stat.h>

using base::Admission;
using base::LineClient;
using base::LineServer;
using namespace std::chrono_literals;

namespace {

enum Outcome { answered, hung_up, not_let_in, silent };

// What becomes of a user who connects and says a line. The socket's folder is open to all.
Outcome outcome_for(uid_t user, LineServer& server, std::filesystem::path const& socket) {
    auto const talk = [&]() -> int {
        auto client = LineClient::connect(socket);
        if (!client) return not_let_in;
        static_cast<void>(client->send("hello"));
        auto const answer = client->receive(5s);
        if (answer) return answered;
        return answer.error().code == base::Errc::connection_lost ? hung_up : silent;
    };
    auto coming = std::async(std::launch::async, [&] { return as_user(user, talk); });
    while (coming.wait_for(0ms) != std::future_status::ready) {
        std::vector<pollfd> polled;
        server.add_to(polled);
        ::poll(polled.data(), polled.size(), 20);
        server.serve(
            [&](LineServer::Client client, std::string_view) { server.send(client, "hi"); });
    }
    return static_cast<Outcome>(coming.get());
}

mode_t mode_of(std::filesystem::path const& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("a user who is no guest is hung up on whatever the modes of the socket say",
          "[line_server]") {
    if (!run_as_root()) return;
    TemporaryFolder const folder;
    auto const socket = folder / "s";
    REQUIRE(::chmod(socket.parent_path().c_str(), 0755) == 0);
    constexpr uid_t guest = 64001;
    std::vector<base::Peer> turned_away;
    auto server =
        LineServer::listen(socket, 1000,
                           {{guest}, [&](base::Peer const& peer) { turned_away.push_back(peer); }})
            .value();
    CHECK(mode_of(socket) == 0660);
    CHECK(outcome_for(nobody, server, socket) == not_let_in);
    CHECK(turned_away.empty());
    REQUIRE(::chmod(socket.c_str(), 0666) == 0);
    CHECK(outcome_for(nobody, server, socket) == hung_up);
    REQUIRE(turned_away.size() == 1);
    CHECK(turned_away.front().user == nobody);
    // The negative control, and the server goes on.
    CHECK(outcome_for(guest, server, socket) == answered);
    CHECK(outcome_for(::geteuid(), server, socket) == answered);
    CHECK(turned_away.size() == 1);
}

TEST_CASE("without guests the socket is its owner's and only the owner and root are admitted",
          "[line_server]") {
    TemporaryFolder const folder;
    auto const server = LineServer::listen(folder / "s").value();
    CHECK(mode_of(folder / "s") == 0600);
    Admission const none;
    CHECK(none.admits({::geteuid(), 0, 0}));
    CHECK(none.admits({0, 0, 0}));
    CHECK_FALSE(none.admits({nobody, 0, 0}));
    CHECK(Admission{{nobody}, {}}.admits({nobody, 0, 0}));
}
