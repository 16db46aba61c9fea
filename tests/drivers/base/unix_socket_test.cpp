#include "drivers/base/unix_socket.hpp"

#include "tests/catch.hpp"
#include "tests/drivers/base/temporary_folder.hpp"

#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using base::Errc;

TEST_CASE("a descriptor closes itself once, and moves", "[unix_socket]") {
    int const number = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    auto const is_open = [number] { return ::fcntl(number, F_GETFD) >= 0; };
    base::Descriptor first{number};
    base::Descriptor second{std::move(first)};
    CHECK_FALSE(first);  // NOLINT(bugprone-use-after-move): that is the promise
    CHECK(is_open());
    second = base::Descriptor{};
    CHECK_FALSE(is_open());
    CHECK_FALSE(second);
}

TEST_CASE("a socket may be opened by its owner alone and knows who is at the other end",
          "[unix_socket]") {
    TemporaryFolder const folder;
    auto const listener = base::listen_at(folder / "socket");
    REQUIRE(listener);
    struct stat status {};
    REQUIRE(::stat((folder / "socket").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);

    auto const client = base::connect_to(folder / "socket");
    REQUIRE(client);
    auto const peer = base::peer_of(client->number());
    REQUIRE(peer);
    CHECK(peer->user == ::geteuid());
    CHECK(peer->process == ::getpid());
}

TEST_CASE("listening leaves the mask of new files as it was", "[unix_socket]") {
    TemporaryFolder const folder;
    auto const before = ::umask(022);
    REQUIRE(base::listen_at(folder / "socket"));
    CHECK(::umask(before) == 022);
}

TEST_CASE("a socket somebody answers at is not taken, one left behind is", "[unix_socket]") {
    TemporaryFolder const folder;
    {
        auto const first = base::listen_at(folder / "socket");
        REQUIRE(first);
        CHECK(base::listen_at(folder / "socket").error().code == Errc::conflict);
    }
    REQUIRE(std::filesystem::exists(folder / "socket"));  // nobody answers any more
    CHECK(base::listen_at(folder / "socket"));
}

TEST_CASE("a file in the place of a socket is kept", "[unix_socket]") {
    TemporaryFolder const folder;
    std::ofstream{folder / "precious"} << "content";
    CHECK(base::listen_at(folder / "precious").error().code == Errc::conflict);
    CHECK(std::filesystem::file_size(folder / "precious") == 7);
}

TEST_CASE("a path that cannot be a socket is an error with its reason", "[unix_socket]") {
    TemporaryFolder const folder;
    auto const longest = folder / std::string(120, 'x').c_str();
    CHECK(base::listen_at(longest).error().detail.find("107") != std::string::npos);
    CHECK(base::connect_to(longest).error().code == Errc::system_failed);
    CHECK(base::listen_at(folder / "no/such/folder").error().code == Errc::system_failed);
    CHECK(base::connect_to(folder / "nobody").error().code == Errc::connection_lost);
}
