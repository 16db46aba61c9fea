#include "kiosk/workers/mailbox.hpp"

#include "tests/catch.hpp"

#include <thread>

#include <poll.h>

using workers::Mailbox;

TEST_CASE("facts come out in the order in which they went in, once") {
    Mailbox<int> mailbox;
    for (int i = 0; i < 3; ++i)
        mailbox.post(i);
    CHECK(mailbox.take() == std::vector{0, 1, 2});
    CHECK(mailbox.take().empty());
}

TEST_CASE("a post wakes whoever sleeps on the descriptor, and taking all lets it sleep again") {
    Mailbox<int> mailbox;
    std::jthread const other{[&] { mailbox.post(7); }};
    pollfd polled{mailbox.descriptor(), POLLIN, 0};
    REQUIRE(::poll(&polled, 1, 5000) == 1);
    CHECK(mailbox.take() == std::vector{7});
    CHECK(::poll(&polled, 1, 0) == 0);
}

TEST_CASE("no fact of several threads is lost") {
    Mailbox<int> mailbox;
    {
        std::vector<std::jthread> posters;
        for (int t = 0; t < 4; ++t)
            posters.emplace_back([&] {
                for (int i = 0; i < 1000; ++i)
                    mailbox.post(i);
            });
    }
    CHECK(mailbox.take().size() == 4000);
}
