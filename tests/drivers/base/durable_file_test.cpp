#include "drivers/base/durable_file.hpp"

#include "drivers/base/unix_socket.hpp"
#include "tests/catch.hpp"

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using base::Descriptor;

TEST_CASE("what a pipe takes only in parts arrives whole", "[durable_file]") {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    Descriptor const from{ends[0]};
    Descriptor to{ends[1]};
    std::string const text(1 << 20, 'x');  // more than any pipe holds
    std::string arrived;
    std::thread reader{[&] {
        char piece[4096];
        for (ssize_t count = 0; (count = ::read(from.number(), piece, sizeof piece)) > 0;)
            arrived.append(piece, static_cast<std::size_t>(count));
    }};
    CHECK(base::write_all(to.number(), text));
    to = Descriptor{};
    reader.join();
    CHECK(arrived == text);
}

TEST_CASE("what cannot be written or synced is told by errno", "[durable_file]") {
    Descriptor const full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
    REQUIRE(full);
    CHECK_FALSE(base::write_and_sync(full.number(), std::string_view{"text"}));
    CHECK(errno == ENOSPC);
    CHECK_FALSE(base::sync_folder("/nowhere"));
    CHECK(errno == ENOENT);
    CHECK_FALSE(base::sync_folder("/dev/null"));
    CHECK(errno == ENOTDIR);
    CHECK(base::sync_folder("/tmp"));
}
