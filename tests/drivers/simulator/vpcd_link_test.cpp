#include "drivers/simulator/vpcd_link.hpp"

#include "tests/drivers/simulator/vpcd_peer.hpp"

using namespace simulator;

namespace {

struct Pair {
    VpcdPeer driver;
    VpcdLink link{Connection::open(TcpAddress{"127.0.0.1", driver.port()}).value()};

    Pair() {
        REQUIRE(driver.accept([&] { link.serve(); }));
        while (!link.connected())
            link.serve();
    }

    std::string next() {
        for (int i = 0; i < 5000; ++i) {
            link.serve();
            if (auto const message = link.next()) return base::to_hex(*message);
            if (link.lost()) return "lost";
            ::poll(nullptr, 0, 1);
        }
        return "nothing";
    }
};

}  // namespace

TEST_CASE("messages arrive whole however they were cut", "[simulator][vpcd]") {
    Pair pair;
    pair.driver.send({0x04});
    CHECK(pair.next() == "04");
    pair.driver.send({0x00, 0xB0, 0x82, 0x00, 0x00}, true);
    CHECK(pair.next() == "00b0820000");
    pair.driver.send({0x01});
    pair.driver.send({0x04});
    CHECK(pair.next() == "01");
    CHECK(pair.next() == "04");
    pair.driver.send(base::Bytes(300, 0xAB), true);
    CHECK(pair.next().size() == 600);
}

TEST_CASE("an empty message is passed over", "[simulator][vpcd]") {
    Pair pair;
    pair.driver.send({});
    pair.driver.send({0x02});
    CHECK(pair.next() == "02");
}

TEST_CASE("what is sent carries its length", "[simulator][vpcd]") {
    Pair pair;
    pair.link.send(base::Bytes{0x90, 0x00});
    pair.link.send(base::Bytes(258, 0x11));
    auto const run = [&] { pair.link.serve(); };
    CHECK(pair.driver.receive(run) == "9000");
    CHECK(pair.driver.receive(run).size() == 516);
}

TEST_CASE("a driver that ends, or is not there, is noticed", "[simulator][vpcd]") {
    Pair pair;
    CHECK(pair.link.connected());
    pair.driver.close();
    CHECK(pair.next() == "lost");
    CHECK_FALSE(pair.link.connected());
    VpcdLink nobody{Connection::open(TcpAddress{"127.0.0.1", pair.driver.port()}).value()};
    for (int i = 0; i < 5000 && !nobody.lost(); ++i)
        nobody.serve();
    CHECK(nobody.lost());
}
