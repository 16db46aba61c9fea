#include "drivers/simulator/connection.hpp"

#include "tests/catch.hpp"

using namespace simulator;

TEST_CASE("an address is a socket's path or a numeric one with its port", "[simulator]") {
    CHECK(std::get<std::filesystem::path>(parse_address("/run/card").value()) == "/run/card");
    CHECK(std::get<std::filesystem::path>(parse_address("./card:1").value()) == "./card:1");
    auto const address = std::get<TcpAddress>(parse_address("127.0.0.1:2001").value());
    CHECK(address.host == "127.0.0.1");
    CHECK(address.port == 2001);
    for (auto const* text : {"", "card", "localhost:1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0",
                             "127.0.0.1:65536", "127.0.0.1:1x", "::1:2001"}) {
        INFO(text);
        CHECK_FALSE(parse_address(text));
    }
}

TEST_CASE("an address to which no connection can be is refused at once", "[simulator]") {
    CHECK_FALSE(Connection::open(TcpAddress{"localhost", 1}));
    CHECK_FALSE(Connection::open(std::filesystem::path{std::string(200, 'x')}));
    CHECK_FALSE(Connection::open(std::filesystem::path{}));
    auto const nobody = Connection::open(std::filesystem::path{"/nowhere/card"});
    REQUIRE(nobody);
    CHECK(nobody->lost());
}
