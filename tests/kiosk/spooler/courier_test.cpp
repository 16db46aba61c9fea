#include "kiosk/spooler/courier.hpp"

#include "kiosk/crypto/base64.hpp"
#include "tests/kiosk/spooler/couriers.hpp"
#include "tests/kiosk/spooler/intake_server.hpp"

#include <future>
#include <thread>

using namespace spooler;
using namespace spooler_test;
using Result = Delivery::Result;

namespace {

IntakeServer::Script always(IntakeServer::Reply reply) {
    return [reply](IntakeServer&, IntakeServer::Request const&) { return reply; };
}

}  // namespace

TEST_CASE("a request goes out as the protocol says and its receipt comes back", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    auto const sent = parcel();
    auto const delivery = courier.deliver(sent);
    CHECK(delivery.result == Result::delivered);
    CHECK(delivery.status == 201);
    CHECK(delivery.id == sent.id);
    REQUIRE(server.requests().size() == 1);
    auto const seen = server.requests().front();
    CHECK(seen.method == "PUT");
    CHECK(seen.target == "/v1/requests/" + sent.id.text());
    CHECK(seen.content_type == "application/cms");
    CHECK(seen.content_digest == "sha-256=:" + crypto::to_base64(sent.sha256) + ":");
    CHECK(seen.body == sent.sealed);
    auto const verifier = ReceiptVerifier::open(pki().receipt_public, kiosk_name);
    REQUIRE(verifier);
    CHECK(verifier->verify(delivery.receipt, sent.id, sent.sha256));
}

TEST_CASE("a repeated request is answered 200 and counts as delivered", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    auto const sent = parcel();
    CHECK(courier.deliver(sent).status == 201);
    auto const again = courier.deliver(sent);
    CHECK(again.status == 200);
    CHECK(again.result == Result::delivered);
    CHECK(server.stored() == 1);
}

TEST_CASE("one connection is kept for many requests", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    for (int i = 0; i < 20; ++i)
        CHECK(courier.deliver(parcel()).result == Result::delivered);
    CHECK(server.connections() == 1);
}

TEST_CASE("each answer of the receiver has its own meaning", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    struct Row {
        int status;
        Result result;
        bool stops;
    };
    for (auto const& row : {Row{409, Result::conflict, false}, Row{400, Result::rejected, false},
                            Row{413, Result::rejected, false}, Row{422, Result::rejected, false},
                            Row{401, Result::refused, true}, Row{403, Result::refused, true},
                            Row{429, Result::overloaded, true}, Row{503, Result::overloaded, true},
                            Row{500, Result::failed, true}, Row{404, Result::failed, true},
                            Row{204, Result::unproven, true}, Row{302, Result::unproven, true}}) {
        server.script(always({row.status}));
        auto const delivery = courier.deliver(parcel());
        CAPTURE(row.status, delivery.detail);
        CHECK(delivery.result == row.result);
        CHECK(delivery.stops_queue() == row.stops);
        CHECK(delivery.status == row.status);
        CHECK(delivery.receipt.empty());
        CHECK_FALSE(delivery.retry_after);
    }
}

TEST_CASE("Retry-After is read in both its forms", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    server.script(always({.status = 503, .retry_after = "120"}));
    CHECK(courier.deliver(parcel()).retry_after == 120s);
    server.script(always({.status = 429, .retry_after = "Fri, 31 Dec 2199 23:59:59 GMT"}));
    auto const delivery = courier.deliver(parcel());
    REQUIRE(delivery.retry_after);
    CHECK(*delivery.retry_after > 24h);
}

TEST_CASE("a 200 without a receipt that verifies proves nothing", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    auto const sent = parcel();
    ReceiptFields const right{1, sent.id.text(), kiosk_name, base::to_hex(sent.sha256)};
    auto body = GENERATE_COPY(
        std::string{}, std::string{"<html>Welcome to the guest network</html>"},
        std::string(4000, 'a'), signed_receipt(right, pki().foreign_receipt_key),
        signed_receipt({1, crypto::Uuid::random().text(), right.kiosk, right.sha256},
                       pki().receipt_key),
        signed_receipt({1, right.id, "kiosk-0002", right.sha256}, pki().receipt_key),
        signed_receipt({1, right.id, right.kiosk, std::string(64, '0')}, pki().receipt_key),
        signed_receipt({2, right.id, right.kiosk, right.sha256}, pki().receipt_key));
    server.script(always({200, body}));
    auto const delivery = courier.deliver(sent);
    CAPTURE(delivery.detail);
    CHECK(delivery.result == Result::unproven);
    CHECK(delivery.stops_queue());
    CHECK(delivery.receipt.empty());
    // The control: the same way, with the right receipt.
    server.script(always({200, signed_receipt(right, pki().receipt_key)}));
    CHECK(courier.deliver(sent).result == Result::delivered);
}

TEST_CASE("an answer without end is cut off", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    server.script(always({200, std::string(1024 * 1024, 'a')}));
    CHECK(courier.deliver(parcel()).result == Result::failed);
}

TEST_CASE("a redirect is not followed", "[courier]") {
    IntakeServer elsewhere;
    IntakeServer server;
    auto courier = courier_to(intake_at(server.url()));
    server.script(always({.status = 307, .location = elsewhere.url() + "/v1/requests/x"}));
    CHECK(courier.deliver(parcel()).result == Result::unproven);
    CHECK(elsewhere.requests().empty());
}

TEST_CASE("nothing is sent to a server of a foreign authority", "[courier]") {
    IntakeServer stranger{
        {pki().foreign_server_key, pki().foreign_server_certificate, pki().authority}};
    auto courier = courier_to(intake_at(stranger.url()));
    auto const delivery = courier.deliver(parcel());
    CAPTURE(delivery.detail);
    CHECK(delivery.result == Result::stranger);
    CHECK(stranger.requests().empty());
}

TEST_CASE("nothing is sent to a server of ours under another name", "[courier]") {
    IntakeServer server;
    auto courier = courier_to(intake_at("https://localhost:" + std::to_string(server.port())));
    CHECK(courier.deliver(parcel()).result == Result::stranger);
    CHECK(server.requests().empty());
}

TEST_CASE("a receiver that turns our certificate away refuses this kiosk", "[courier]") {
    IntakeServer server;
    auto intake = intake_at(server.url());
    intake.client_key = pki().other_client_key;
    intake.client_certificate = pki().other_client_certificate;
    auto courier = courier_to(intake);
    auto const delivery = courier.deliver(parcel());
    CAPTURE(delivery.detail);
    CHECK(delivery.result == Result::refused);
    CHECK(server.requests().empty());
}

TEST_CASE("a connection cut after the receiver stored is not a delivery, the repeat is",
          "[courier]") {
    IntakeServer server;
    server.script([](IntakeServer& here, IntakeServer::Request const& request) {
        auto reply = here.take(request);
        reply.cut = request.number == 1;
        return reply;
    });
    auto courier = courier_to(intake_at(server.url()));
    auto const sent = parcel();
    CHECK(courier.deliver(sent).result == Result::failed);
    auto const again = courier.deliver(sent);
    CHECK(again.result == Result::delivered);
    CHECK(again.status == 200);
    CHECK(server.stored() == 1);
}

TEST_CASE("without anybody at the address nothing was sent", "[courier]") {
    std::string url;
    {
        IntakeServer server;
        url = server.url();
    }
    auto courier = courier_to(intake_at(url));
    CHECK(courier.deliver(parcel()).result == Result::unreachable);
}

TEST_CASE("a proxy in the environment is not used", "[courier]") {
    IntakeServer server;
    ::setenv("https_proxy", "http://127.0.0.1:9", 1);
    ::setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
    auto courier = courier_to(intake_at(server.url()));
    auto const delivery = courier.deliver(parcel());
    ::unsetenv("https_proxy");
    ::unsetenv("ALL_PROXY");
    CHECK(delivery.result == Result::delivered);
}

TEST_CASE("a delivery that gets no answer can be interrupted", "[courier]") {
    IntakeServer server;
    std::promise<void> arrived;
    std::promise<void> may_end;
    server.script(
        [&, may = may_end.get_future().share()](IntakeServer&, IntakeServer::Request const&) {
            arrived.set_value();
            may.wait();
            return IntakeServer::Reply{.status = 500, .cut = true};
        });
    auto courier = courier_to(intake_at(server.url()));
    std::thread interrupter{[&] {
        arrived.get_future().wait();
        courier.interrupt();
    }};
    auto const begin = std::chrono::steady_clock::now();
    // It had left: nobody knows whether it arrived.
    auto const cut = courier.deliver(parcel());
    CHECK(cut.result == Result::failed);
    CHECK_FALSE(cut.stayed());
    CHECK(std::chrono::steady_clock::now() - begin < 1s);
    may_end.set_value();
    interrupter.join();
    CHECK(courier.deliver(parcel()).result == Result::not_sent);
}
