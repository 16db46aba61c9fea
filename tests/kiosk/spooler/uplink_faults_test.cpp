// What can be wrong between a kiosk and its receiver, each told by its own name.
#include "kiosk/spooler/courier.hpp"

#include "drivers/base/process.hpp"
#include "tests/kiosk/spooler/couriers.hpp"
#include "tests/kiosk/spooler/intake_server.hpp"

#include <random>

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;

namespace {

Delivery delivery_to(Intake const& intake) { return courier_to(intake).deliver(parcel()); }

}  // namespace

TEST_CASE("a name without an address is told as such", "[courier]") {
    // Longer than a label may be, so that no resolver is asked for it.
    auto const delivery = delivery_to(intake_at("https://" + std::string(70, 'a') + ".invalid"));
    CAPTURE(delivery.detail);
    CHECK(delivery.result == Result::unreachable);
    CHECK(delivery.cause == Cause::name_not_found);
}

TEST_CASE("nobody at the address is told as no answer", "[courier]") {
    std::string url;
    {
        IntakeServer server;
        url = server.url();
    }
    CHECK(delivery_to(intake_at(url)).cause == Cause::no_answer);
}

TEST_CASE("a machine without any network is told as such", "[courier]") {
    TemporaryFolder const folder;
    auto const output = folder / "output";
    auto const self = fs::read_symlink("/proc/self/exe").native();
    auto const start = [&](std::vector<std::string> command) {
        command.insert(command.begin(), {"unshare", "--user", "--map-root-user", "--net"});
        auto started = base::Process::start({command, {}, output});
        REQUIRE(started);
        auto const ended = started->wait(20s);
        REQUIRE(ended);
        return *ended;
    };
    if (start({"true"}) != 0) {
        WARN("no network name spaces here: a machine without network was not tried");
        return;
    }
    auto const code = start({self, "[.no_network_inside]"});
    INFO(content_of(output));
    CHECK(code == 0);
    CHECK(content_of(output).find("All tests passed") != std::string::npos);
}

TEST_CASE("inside a machine without network", "[.no_network_inside]") {
    auto const delivery = delivery_to(intake_at("https://127.0.0.1:9"));
    CAPTURE(delivery.detail);
    CHECK(delivery.result == Result::unreachable);
    CHECK(delivery.cause == Cause::no_link);
}

TEST_CASE("certificates out of their time are told as a matter of clocks", "[courier]") {
    IntakeServer const expired{
        {pki().expired_server_key, pki().expired_server_certificate, pki().authority}};
    IntakeServer const future{
        {pki().future_server_key, pki().future_server_certificate, pki().authority}};
    for (auto const* server : {&expired, &future}) {
        auto const delivery = delivery_to(intake_at(server->url()));
        CAPTURE(delivery.detail);
        CHECK(delivery.result == Result::stranger);
        CHECK(delivery.cause == Cause::clock);
        CHECK(server->requests().empty());
    }
    IntakeServer const server;
    auto intake = intake_at(server.url());
    intake.client_key = pki().expired_client_key;
    intake.client_certificate = pki().expired_client_certificate;
    auto const delivery = delivery_to(intake);
    CAPTURE(delivery.detail);
    CHECK(delivery.cause == Cause::clock);
    CHECK(server.requests().empty());
}

TEST_CASE("each answer has its cause", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    struct Row {
        int status;
        Cause cause;
    };
    for (auto const& row :
         {Row{409, Cause::rejected}, Row{400, Cause::rejected}, Row{413, Cause::rejected},
          Row{422, Cause::rejected}, Row{401, Cause::refused}, Row{403, Cause::refused},
          Row{429, Cause::busy}, Row{503, Cause::busy}, Row{500, Cause::broken},
          Row{404, Cause::broken}, Row{200, Cause::stranger}, Row{204, Cause::stranger},
          Row{302, Cause::stranger}}) {
        CAPTURE(row.status);
        server.script([&](IntakeServer&, IntakeServer::Request const&) {
            return IntakeServer::Reply{row.status};
        });
        CHECK(courier.deliver(parcel()).cause == row.cause);
    }
    server.script([](IntakeServer& here, IntakeServer::Request const& request) {
        return here.take(request);
    });
    CHECK(courier.deliver(parcel()).cause == std::nullopt);
    IntakeServer const stranger{
        {pki().foreign_server_key, pki().foreign_server_certificate, pki().authority}};
    CHECK(delivery_to(intake_at(stranger.url())).cause == Cause::stranger);
}

TEST_CASE("an answer cut off after any of its bytes is no delivery, and the repeat is one",
          "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    std::size_t length = 1;
    for (std::size_t bytes = 0; bytes < length; ++bytes) {
        server.script([&](IntakeServer& here, IntakeServer::Request const& request) {
            auto reply = here.take(request);
            reply.cut_after = bytes;
            return reply;
        });
        auto const sent = parcel();
        auto const delivery = courier.deliver(sent);
        CAPTURE(bytes, delivery.detail);
        // The last byte of the receipt is the last of the answer.
        if (delivery.result == Result::delivered) break;
        CHECK((delivery.result == Result::failed || delivery.result == Result::unproven));
        CHECK(delivery.receipt.empty());
        server.script([](IntakeServer& here, IntakeServer::Request const& request) {
            return here.take(request);
        });
        auto const again = courier.deliver(sent);
        REQUIRE(again.result == Result::delivered);
        CHECK(again.status == 200);
        // Status line, header and receipt are a little longer than the receipt.
        length = again.receipt.size() + 400;
    }
    CHECK(server.stored() > 400);
}

TEST_CASE("garbage instead of an answer is never a delivery", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    std::mt19937 random{11};
    for (int i = 0; i < 200; ++i) {
        std::string noise(random() % 600, '\0');
        for (auto& byte : noise)
            byte = static_cast<char>(random());
        if (i % 2 == 0) noise = "HTTP/1.1 201 Created\r\n" + noise;
        server.script([&](IntakeServer&, IntakeServer::Request const&) {
            IntakeServer::Reply reply{200};
            reply.raw = noise;
            return reply;
        });
        auto const delivery = courier.deliver(parcel());
        CAPTURE(i, delivery.detail);
        CHECK(delivery.result != Result::delivered);
        CHECK(delivery.cause.has_value());
        CHECK(delivery.stops_queue());
    }
}
